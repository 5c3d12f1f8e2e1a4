/** The engine on one core in Node: environment, policy, search, exploration, fold. */
import type { RunEvent } from '../../core/log/events.ts'
import { foldRun } from '../../core/log/fold-run.ts'
import { stream } from '../../core/random.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { Environment } from '../../environments/environment.ts'
import { search } from '../../environments/webshop/search/search.ts'
import { buildIndex } from '../../environments/webshop/search/search-index.ts'
import type { Product } from '../../environments/webshop/types.ts'
import { asBuilt } from './as-built.ts'
import { type Explored, explored, firstAndLater, type Speeds } from './explored.ts'
import { measured, quantile, repeated, rounded, timed } from './measure.ts'
import { loadShippedParts, type ShippedParts } from './shipped.ts'

const REPETITIONS = 7

const TASKS = 200
/** Explorations of a process that has just begun, and of the same one later. */
const FIRST = 8
const LATER = 16
let seed = 0
let loaded: Promise<ShippedParts> | undefined

function shipped(): Promise<ShippedParts> {
  loaded ??= loadShippedParts()
  return loaded
}

async function explore(settings: Partial<RunConfig> = {}): Promise<Explored> {
  return explored((await shipped()).world, { tasks: TASKS, ...settings })
}

export const engineRows = {
  'engine.environment': async () => {
    const parts = await shipped()
    return { stepsPerSecond: await environmentSteps(parts.environment, (await explore()).events) }
  },
  'engine.rollouts': async () => {
    const { stepsPerSecond } = (await asBuilt('speeds.ts', ['webshop', `${TASKS}`, `${FIRST + LATER}`])) as Speeds
    return { stepsPerSecond: firstAndLater(stepsPerSecond, FIRST) }
  },
  'engine.rro': async () => {
    const tasksPerSecond = await repeated(REPETITIONS, async () => {
      const { elapsedMs } = await explore({ seed: ++seed })
      return (1000 * TASKS) / elapsedMs
    })
    return { tasksPerSecond }
  },
  'engine.fold': async () => ({ of100kEventsMs: await foldTime((await explore()).events) }),
  'engine.exploration': async () => {
    const { steps, cost, pairs } = foldRun((await explore()).events)
    const fixed = foldRun((await explore({ method: 'fixed-size' })).events)
    return {
      note: 'defaults, 200 train tasks; fixed-size draws the same K = 5',
      candidatesPerStepRro: rounded(cost.candidates / steps),
      policyCallsPerTaskRro: rounded(cost.policyCalls / TASKS),
      pairsPer1000PolicyCallsRro: rounded((1000 * pairs) / cost.policyCalls),
      pairsPer1000PolicyCallsFixed: rounded((1000 * fixed.pairs) / fixed.cost.policyCalls),
      policyCallsRroToFixed: rounded(cost.policyCalls / fixed.cost.policyCalls),
    }
  },
  'engine.search': async () => {
    const { products, instructions } = await shipped()
    return searchTimes(products, instructions)
  },
}

/** Replays the trajectories and rollouts of a run through the environment alone. */
async function environmentSteps(environment: Environment, events: readonly RunEvent[]) {
  const episodes: { taskId: string; actions: string[] }[] = []
  let taskId = ''
  let path: string[] = []
  const proposed = new Map<number, string>()
  for (const event of events) {
    if (event.type === 'task-started') {
      taskId = event.taskId
      path = []
    } else if (event.type === 'candidate-proposed') proposed.set(event.candidate, event.action)
    else if (event.type === 'rollout-finished')
      episodes.push({ taskId, actions: [...path, proposed.get(event.candidate) ?? '', ...event.actions] })
    else if (event.type === 'step-decided') path = [...path, proposed.get(event.continued) ?? '']
  }
  return repeated(REPETITIONS, async () => {
    let steps = 0
    const elapsedMs = await timed(() => {
      for (const { taskId, actions } of episodes) {
        const task = environment.task(taskId)
        if (task === undefined) throw new Error(`no task ${taskId}`)
        let state = environment.reset(task)
        for (const action of actions) state = environment.step(state, action).state
        steps += actions.length
      }
    })
    return (1000 * steps) / elapsedMs
  })
}

function foldTime(events: readonly RunEvent[]) {
  const log = Array.from({ length: 100_000 }, (_, i) => events[i % events.length] as RunEvent) // never empty
  return repeated(REPETITIONS, () => timed(() => foldRun(log)))
}

/** Microseconds per query; the queries are whole instructions, each asked once per repetition (no cache helps). */
async function searchTimes(products: readonly Product[], instructions: readonly string[]) {
  const texts = products.map(
    ({ title, description, bulletPoints }) => `${title} ${description} ${bulletPoints[0] ?? ''}`,
  )
  const random = stream(1).child('bench', 'documents')
  const pick = (): string => texts[random.below(texts.length)] ?? ''
  /** Documents of the catalogue's own length and words: each half of one product and half of another. */
  const mixed = (count: number) =>
    Array.from({ length: count }, (_, i) => {
      const [a, b] = [pick(), pick()]
      return { id: `D${String(i).padStart(7, '0')}`, text: a.slice(0, a.length / 2) + b.slice(b.length / 2) }
    })
  const times = async (count: number) => {
    const index = buildIndex(mixed(count))
    const queries = instructions.slice(0, 300)
    const ask = (query: string): number => {
      const start = performance.now()
      search(index, query.toLowerCase(), 50)
      return 1000 * (performance.now() - start)
    }
    queries.map(ask)
    const p50s: number[] = []
    const p95s: number[] = []
    for (let i = 0; i < REPETITIONS; i++) {
      const all = queries.map(ask)
      p50s.push(quantile(all, 0.5))
      p95s.push(quantile(all, 0.95))
    }
    return { p50Us: measured(p50s), p95Us: measured(p95s) }
  }
  const small = await times(1_000)
  const large = await times(100_000)
  return { products1000: small, products100000: large, ratioP50: rounded(large.p50Us.median / small.p50Us.median) }
}
