/** All of `collect` but the command line: the data, the server, the journal, the exploration, the files. */
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { drawTasks, runHeader } from '../core/exploration/run-plan.ts'
import { failure, messageOf, type Result, success } from '../core/failure.ts'
import type { TaskFinished } from '../core/log/events.ts'
import { diskLoader } from '../node/disk-loader.ts'
import { rememberingModel } from '../policies/chat/remembering.ts'
import { systemPlaceOf } from '../policies/chat/system-place.ts'
import type { EndpointStats } from '../policies/openai/endpoint.ts'
import { type ListedModel, windowOf } from '../policies/openai/listing.ts'
import { createOpenAIModel, listModels, NO_THINKING } from '../policies/openai/openai-model.ts'
import type { EndpointPorts } from '../policies/openai/ports.ts'
import { chatWorld } from '../worker/models/chat-world.ts'
import { type BroughtFile, broughtSource } from '../worker/worlds/brought-source.ts'
import { shippedSource, type WorldSource } from '../worker/worlds/world-source.ts'
import type { CollectOptions } from './arguments.ts'
import { type Assembled, assemble, journalPath } from './assemble.ts'
import { exploreTasks, type TasksOutcome } from './explore-tasks.ts'
import { openJournal } from './journal.ts'

export interface CollectPorts extends EndpointPorts {
  readonly key: string | undefined
  /** A sentence on the way. */
  say(words: string): void
  /** Told once, when requests begin. */
  onStart(of: number, stats: () => EndpointStats): void
  onFinished(event: TaskFinished): void
}

export interface Collected extends TasksOutcome {
  /** Undefined for a shard: its tasks are put together with the others' by `--merge`. */
  readonly assembled: Assembled | undefined
}

export async function collectRun(
  options: CollectOptions,
  ports: CollectPorts,
  signal: AbortSignal,
): Promise<Result<Collected>> {
  const source = await sourceOf(options)
  if (!source.ok) return source
  const loaded = await source.value.loadedEnvironment(options.config)
  if (!loaded.ok) return loaded
  const { environment } = options.config
  if (loaded.value.data.environment !== environment)
    return failure(
      'collect-data',
      `The files in ${options.data} are for ${loaded.value.data.environment}, not ${environment}.`,
    )

  const { endpoint: address, model: name, concurrency, timeoutMs, retries, budgetRequests, budgetTokens } = options
  const server = { address, concurrency, timeoutMs, retries, ...(ports.key !== undefined && { key: ports.key }) }
  const budget = {
    ...(budgetRequests !== undefined && { requests: budgetRequests }),
    ...(budgetTokens !== undefined && { tokens: budgetTokens }),
  }
  const extra = options.noThinking ? { ...NO_THINKING, ...options.extra } : options.extra
  const model = createOpenAIModel(
    { ...server, model: name, budget, ...(extra && { extra }), notice: (words: string) => ports.say(words) },
    ports,
  )
  if (!model.ok) return model
  const listed = await listModels(server, ports, signal)
  if (!listed.ok && NO_SERVER.has(listed.failure.code)) return listed
  if (!listed.ok) ports.say(`It does not list its models; it is asked all the same. ${listed.failure.message}`)
  if (listed.ok && !listed.value.some(({ id }) => id === name)) {
    const names = listed.value.slice(0, 10).map(({ id }) => id)
    ports.say(`The server does not list ${name}. It has: ${names.join(', ') || 'nothing'}.`)
  }
  const contextTokens = options.contextTokens ?? windowSaid(name, listed)
  const how = {
    ...{ example: options.example, reading: options.reading, timings: options.timings },
    ...{ system: options.system ?? systemPlaceOf(name), concurrency: options.config.rollouts },
    ...(contextTokens !== undefined && { contextTokens }),
    ...(options.maxTokens !== undefined && { maxTokens: options.maxTokens }),
  }
  const world = chatWorld(loaded.value, model.value, how)
  const tasks = drawTasks(options.config, world.tasks(options.config.split))
  if (tasks.length === 0) return failure('collect-data', `The data has no tasks in the split ${options.config.split}.`)
  const header = runHeader(options.config, world.made)

  try {
    await mkdir(options.out, { recursive: true })
  } catch (thrown) {
    return failure('journal-disk', `The folder ${options.out} could not be made: ${messageOf(thrown)}.`)
  }
  const path = journalPath(options.out, options.name, options.shard)
  const opened = await openJournal(path, header, options.takeOver)
  if (!opened.ok) return opened
  const journal = opened.value
  if (journal.torn > 0) ports.say(`${journal.torn} bytes of a line that was not written to its end were cut off.`)
  try {
    const { number, of } = options.shard
    const mine = Array.from({ length: options.to - options.from + 1 }, (_, i) => options.from + i)
    const indices = mine.filter((index) => index % of === number - 1 && !journal.finished.has(index))
    if (journal.finished.size > 0) ports.say(`${journal.finished.size} tasks are there already.`)
    ports.onStart(indices.length, () => model.value.endpoint.stats)
    const outcome = await exploreTasks({
      actor: (memory) => chatWorld(loaded.value, rememberingModel(model.value, memory), how).actor,
      ...{ header, tasks, indices, width: concurrency, journal, signal },
      onFinished: ports.onFinished,
    })
    await journal.commit()
    if (of > 1) return success({ ...outcome, assembled: undefined })
    const assembled = await assemble(options.out, options.name, 0, options.rowsWithExample)
    return assembled.ok ? success({ ...outcome, assembled: assembled.value }) : assembled
  } catch (thrown) {
    return failure(
      'journal-disk',
      `${path} could not be written: ${messageOf(thrown)}. What was written before is safe.`,
    )
  } finally {
    await journal.close()
  }
}

/** Larger windows than this only cost memory. */
const MOST_CONTEXT = 32_768

/** Undefined where the server says nothing. */
function windowSaid(name: string, listed: Result<readonly ListedModel[]>): number | undefined {
  if (!listed.ok) return undefined // it does not list its models; whatever is wrong, the first request says it
  const window = windowOf(name, listed.value)
  return window === undefined ? undefined : Math.min(window, MOST_CONTEXT)
}

/** Failures of the list that the first request would meet, too; many servers refuse the list and answer all the same. */
const NO_SERVER = new Set(['endpoint-unreachable', 'endpoint-timeout', 'model-cancelled'])

async function sourceOf({ data, config }: CollectOptions): Promise<Result<WorldSource>> {
  const loader = diskLoader()
  if (data === undefined) return success(shippedSource(loader, config.environment))
  try {
    const names = (await readdir(data)).filter((name) => /\.(json|sql|sqlite|db)$/i.test(name))
    if (names.length === 0) return failure('collect-data', `There are no official files in ${data}.`)
    const files = names.map(async (name): Promise<BroughtFile> => {
      const bytes = await readFile(join(data, name))
      return { name, content: /\.(sqlite|db)$/i.test(name) ? new Uint8Array(bytes) : bytes.toString('utf8') }
    })
    return success(broughtSource(loader, await Promise.all(files)))
  } catch (thrown) {
    return failure('collect-data', `The files in ${data} could not be read: ${messageOf(thrown)}.`)
  }
}
