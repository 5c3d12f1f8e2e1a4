/** A lab that keeps toy runs and opens one at a time, as the real one does; its answers come when a test lets them. */
import { failure, type Result, success } from '../../src/core/failure.ts'
import { foldRun, type TaskSummary } from '../../src/core/log/fold-run.ts'
import type { RunConfig } from '../../src/core/settings/settings.ts'
import { SHIPPED_DATA } from '../../src/core/settings/shipped-data.ts'
import type { LabApi, LabUpdate, RunInfo, RunProgress, WorldSight } from '../../src/worker/protocol/lab-api.ts'
import { CONFIG, type STEPS, toyEvents } from './toy-task.ts'

interface Asked {
  readonly words: string
  readonly answer: () => void
  readonly fail: () => void
}

export interface SlowLab {
  readonly api: LabApi
  /** Kinds of calls that wait to be answered; the others are answered at once. */
  readonly slow: Set<string>
  /** The calls that were sent, in order: `open a`, `create 5`, `advance`. */
  readonly calls: readonly string[]
  /** The run that is open in it. */
  readonly open: () => string | undefined
  /** Answers the oldest call of this kind that waits; all else goes on until it rests. */
  readonly answer: (kind: string) => Promise<void>
  readonly fail: (kind: string) => Promise<void>
  /** Calls that wait to be answered. */
  readonly waits: () => number
  /** Gives back what the page gives back. */
  readonly tell: (update: LabUpdate) => unknown
  /** It has lost a run. */
  readonly forget: (id: string) => void
}

/** Whatever can go on without an answer has gone on: it takes a few turns of the event loop, and no time. */
export async function rested(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}

export function toyRun(id: string, config: Partial<RunConfig> = {}, origin: RunInfo['origin'] = 'here'): RunInfo {
  const { tasks, cost, pairs } = foldRun(toyEvents())
  return {
    ...{ id, name: id, createdAtMs: 1, origin, config: { ...CONFIG, tasks: 3, ...config } },
    ...{ events: toyEvents().length, tasksFinished: tasks.length, pairs, cost, finished: false },
    rewardSum: 1,
  }
}

/** @param steps of every task; of the toy by default */
export function createSlowLab(stored: readonly RunInfo[], slowly: readonly string[], steps?: typeof STEPS): SlowLab {
  const slow = new Set(slowly)
  const calls: string[] = []
  const waiting: Asked[] = []
  let runs = stored
  let open: string | undefined
  let revision = 0
  let listener: ((update: LabUpdate) => unknown) | undefined
  let queue: Promise<unknown> = Promise.resolve()
  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work)
    queue = done
    return done
  }
  const say = async <T>(words: string, value: () => T): Promise<Result<T>> => {
    calls.push(words)
    if (!slow.has(words.split(' ')[0] ?? '')) return success(value())
    return new Promise((resolve) => {
      const fail = (): void => resolve(failure('toy', `No ${words}.`))
      waiting.push({ words, fail, answer: () => resolve(success(value())) })
    })
  }
  const progressOf = (id: string): RunProgress => {
    const info = runs.find((run) => run.id === id)
    if (info === undefined) throw new Error(`No run ${id}`)
    return {
      ...{ revision: ++revision, info, status: 'paused', failure: undefined, blocked: undefined },
      data: { name: 'shipped', fingerprint: SHIPPED_DATA[info.config.environment] },
      waiting: info.config.policy === 'human',
      ...{ steps: 3, risenSteps: 3, openTaskEvents: 0, tasksPerSecond: undefined, saved: 1 },
    }
  }
  const opened = (id: string) => {
    open = id
    return { progress: progressOf(id), tasks: foldRun(toyEvents()).tasks as readonly TaskSummary[], corrections: [] }
  }
  const made = (config: RunConfig): string => {
    const id = `fresh ${config.seed}`
    runs = [{ ...toyRun(id, config), tasksFinished: 0 }, ...runs]
    return id
  }
  const explore = (): RunProgress => {
    runs = runs.map((run) => (run.id === open ? { ...run, tasksFinished: run.tasksFinished + 1 } : run))
    return progressOf(open ?? '')
  }
  const api: Partial<LabApi> = {
    subscribe: async (listen) => {
      listener = listen
    },
    runs: async () => (await say('runs', () => runs)) && runs,
    data: (environment) => say(`data ${environment}`, () => dataOf(environment, 'shipped')),
    open: (id) => exclusive(() => say(`open ${id}`, () => opened(id))),
    create: (given) => {
      const config = { ...CONFIG, ...given } as RunConfig // the page gives whole ones
      return exclusive(() => say(`create ${config.seed}`, () => opened(made(config))))
    },
    openCell: ({ seed }) => exclusive(() => say(`openCell ${seed}`, () => opened(made({ ...CONFIG, seed })))),
    library: ((call: string, ids: readonly string[]) =>
      exclusive(() => say(`${call} ${ids}`, () => ({ ids, refused: undefined })))) as unknown as LabApi['library'], // deleting
    advance: () => exclusive(() => say('advance', explore)),
    visit: ((call: string) => say(call, explore)) as unknown as LabApi['visit'], // acting is all that is done here
    importRun: (file) => say(`importRun ${file.name}`, () => toyRun(file.name, {}, 'imported')),
    loadData: (files) =>
      say(`loadData ${files === 'kept' ? files : files[0]?.name}`, () => dataOf('intercode-sql', 'yours')),
    shippedData: (environment) => say(`shippedData ${environment}`, () => dataOf(environment, 'shipped')),
    agent: (() => Promise.resolve(success([]))) as unknown as LabApi['agent'], // the list of agents, empty
    pause: async () => success(true),
    tasks: async () => [],
    start: () => say('start', () => true as const),
    taskEvents: async (task) => {
      const result = await say(`taskEvents ${open} ${task}`, () => toyEvents(steps, task))
      return result.ok ? result.value : []
    },
    world: (task) => say(`world ${task}`, () => ({ observation: `of ${open}` }) as WorldSight), // a picture of it
  }
  const settle = async (kind: string, how: 'answer' | 'fail'): Promise<void> => {
    await rested()
    const at = waiting.findIndex(({ words }) => words.startsWith(kind))
    const [asked] = waiting.splice(at, at < 0 ? 0 : 1)
    if (asked === undefined) throw new Error(`Nobody waits for "${kind}", but for ${waiting.map(({ words }) => words)}`)
    asked[how]()
    await rested()
  }
  return {
    api: api as LabApi, // the parts that opening and exploring a run need
    ...{ slow, calls },
    open: () => open,
    answer: (kind) => settle(kind, 'answer'),
    fail: (kind) => settle(kind, 'fail'),
    waits: () => waiting.length,
    tell: (update) => listener?.(update),
    forget: (id) => {
      runs = runs.filter((run) => run.id !== id)
    },
  }
}

export function dataOf(environment: RunConfig['environment'], origin: 'shipped' | 'yours') {
  return { name: origin, fingerprint: origin, environment, origin, tasks: { train: 1, dev: 1, test: 1 } }
}
