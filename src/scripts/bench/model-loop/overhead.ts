/**
 * `modelLoop`: what a run with a language model takes of the processor beside the model, as a share of what the model takes, and how
 * many tokens of prompts it has to read. Our own model takes what it takes; the others are reckoned by their tokens.
 */

import { createHttpFetch } from '../../../collect/http-fetch.ts'
import type { TokenCost } from '../../../core/log/token-cost.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { chatWorld } from '../../../worker/models/chat-world.ts'
import { asBuilt } from '../as-built.ts'
import { collected } from '../collect.ts'
import { measured, rounded } from '../measure.ts'
import { CONTEXT, chatTokens, savings } from './chat-tokens.ts'
import { type LoopTimes, ownSavings, ownTokens } from './own-model.ts'
import { openScriptedPage } from './page-engine.ts'
import { chatRun, explored, tokenCounter } from './said.ts'

/** A small model on a graphics processor of today, in milliseconds a token. */
const READ_MS = 1
const WRITE_MS = 15

const REPETITIONS = 5
/** Of a run through a chat model. */
const CHAT_TASKS = 20
const ENVIRONMENTS = ['webshop', 'intercode-sql'] as const
type EnvironmentName = RunConfig['environment']

export const modelLoopRows = {
  'modelLoop.own': () => inBoth(ownRow),
  'modelLoop.webllm': () => inBoth(webllmRow),
  'modelLoop.endpoint': async () => ({ ...(await endpointOverhead()), tokens: await inBoth(serverTokens) }),
}

async function inBoth<T>(row: (environment: EnvironmentName) => Promise<T>): Promise<Record<string, T>> {
  const found: Record<string, T> = {}
  for (const environment of ENVIRONMENTS) found[environment] = await row(environment)
  return found
}

/** Each repetition has a seed of its own: a run that comes again finds answers and readings that were kept. */
async function ownRow(environment: EnvironmentName) {
  const times = (await asBuilt('model-loop/own-times.ts', [environment, `${REPETITIONS + 1}`])) as readonly LoopTimes[]
  const percent = (share: (times: LoopTimes) => number) =>
    measured(times.slice(1).map((one) => (100 * share(one)) / one.engineMs))
  return {
    overheadPercent: percent(({ wholeMs, engineMs }) => wholeMs - engineMs),
    environmentPercent: percent(({ environmentMs }) => environmentMs),
    tokens: ownSavings(await ownTokens({ environment, tasks: 100 })),
  }
}

async function webllmRow(environment: EnvironmentName) {
  const settings = { environment, tasks: CHAT_TASKS }
  const tokens = await chatTokens(settings)
  const { config, loaded, said } = await chatRun(settings)
  const count = await tokenCounter()
  const replies = said.map((text) => ({ text, tokens: count.reply(text) }))
  const cpuMs: number[] = []
  for (let i = 0; i <= REPETITIONS; i++) {
    const { model, end } = await openScriptedPage(replies)
    const begun = process.cpuUsage()
    await explored(config, chatWorld(loaded, model, CONTEXT))
    const { user, system } = process.cpuUsage(begun)
    cpuMs.push((user + system) / 1000)
    end()
  }
  return { ...besideEngine(cpuMs.slice(1), tokens, tokens.prefilled), tokens: savings(tokens) }
}

const serverTokens = async (environment: EnvironmentName) =>
  savings(await chatTokens({ environment, tasks: CHAT_TASKS }))

/** With the journal and the files at its end; the server keeps every prefix within a task. */
async function endpointOverhead() {
  let begun = process.cpuUsage()
  const { assembled } = await collected('--tasks 0-59 --rollouts 5 --concurrency 100', 0, createHttpFetch(), () => {
    begun = process.cpuUsage()
  })
  const { user, system } = process.cpuUsage(begun)
  if (assembled === undefined) throw new Error('The collection has no files.')
  return besideEngine([(user + system) / 1000], assembled.tokens, assembled.tokens.shared)
}

/** @param read tokens that the engine reads in the whole run */
function besideEngine(cpuMs: readonly number[], { calls, decoded }: TokenCost, read: number) {
  const engineMs = READ_MS * read + WRITE_MS * decoded
  return {
    calls,
    engineMsACall: rounded(engineMs / calls),
    cpuMsACall: measured(cpuMs.map((ms) => ms / calls)),
    overheadPercent: measured(cpuMs.map((ms) => (100 * ms) / engineMs)),
  }
}
