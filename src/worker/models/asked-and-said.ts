/** What a language model was asked and said in the open run, and what that cost: made again from the log. */

import { failure, type Result, success } from '../../core/failure.ts'
import type { RunEvent, RunStarted } from '../../core/log/events.ts'
import { addTokens, NO_TOKENS, type TokenCost, tokenCost } from '../../core/log/token-cost.ts'
import { type RawPrompt, rawPrompts } from '../../policies/chat/raw-prompts.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { OpenEnvironment } from '../worlds/loaded-environment.ts'

/** The open run, as far as it is read here. */
export interface ReadRun {
  readonly header: RunStarted
  readonly tasksFinished: number
  taskEvents(task: number): Promise<Result<readonly RunEvent[]>>
  environment(): Promise<Result<OpenEnvironment>>
}

/** Tasks between two turns of the event loop. */
const TASKS_AT_ONCE = 20

export async function promptsOf(
  run: ReadRun,
  task: number,
  step: number,
  candidate: number,
): Promise<Result<readonly RawPrompt[]>> {
  const [events, environment] = await Promise.all([run.taskEvents(task), run.environment()])
  if (!events.ok) return events
  if (!environment.ok) return environment
  const { name, fingerprint } = environment.value.data
  if (fingerprint !== run.header.data.fingerprint) {
    const words = `The prompts of this run stand on its data (${run.header.data.name}; loaded is ${name}).`
    return failure('world-other-data', `${words} Load that data to read them.`)
  }
  const all = rawPrompts(environment.value.environment, run.header, events.value)
  return success([...all].filter((prompt) => prompt.step === step && prompt.candidate === candidate))
}

export async function tokensOf(run: ReadRun): Promise<Result<TokenCost>> {
  let sum = NO_TOKENS
  for (let task = 0; task <= run.tasksFinished; task++) {
    const events = await run.taskEvents(task)
    if (!events.ok) return events
    sum = addTokens(sum, tokenCost(events.value))
    if (task % TASKS_AT_ONCE === TASKS_AT_ONCE - 1) await macrotask()
  }
  return success(sum)
}
