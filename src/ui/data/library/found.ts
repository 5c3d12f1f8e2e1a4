/** Which of the runs are listed, and in which order. */
import type { AgentInfo, RunConfig, RunInfo } from '../../../worker/protocol/lab-api.ts'
import { agentName, languageAgentName } from '../../words/agent-name.ts'
import { ENVIRONMENT_WORDS } from '../../words/environment-words.ts'
import { METHOD_WORDS } from '../../words/method-words.ts'

/** An empty text lets everything through. */
export interface Search {
  /** All of them must be found: in name, tags, note, settings. */
  readonly words: string
  readonly environment: RunConfig['environment'] | ''
  readonly method: RunConfig['method'] | ''
  /** As `agentOf` says. */
  readonly agent: string
  readonly tag: string
  readonly state: 'finished' | 'unfinished' | ''
  /** Made within as many days. */
  readonly days: '1' | '7' | '30' | ''
  /** Of the mean reward. */
  readonly least: string
}

export const EVERYTHING: Search = {
  ...{ words: '', environment: '', method: '', agent: '', tag: '', state: '', days: '', least: '' },
}

export const SORT_WORDS = {
  newest: 'newest first',
  oldest: 'oldest first',
  name: 'by name',
  reward: 'best reward first',
  tasks: 'most tasks first',
  pairs: 'most pairs first',
  size: 'largest first',
} as const
export type Sort = keyof typeof SORT_WORDS

export function meanReward({ rewardSum, tasksFinished }: RunInfo): number | undefined {
  return tasksFinished === 0 ? undefined : rewardSum / tasksFinished
}

/** Those of each environment, as far as they are known. */
type KnownAgents = Partial<Readonly<Record<RunConfig['environment'], readonly AgentInfo[]>>>

/** Who acted, in a few words: an agent that was trained or imported by the name that it was given. */
export function agentOf({ config: { environment, policy, model } }: RunInfo, known: KnownAgents = {}): string {
  const own = known[environment]?.find((agent) => agent.origin !== 'shipped' && agent.model === model)
  if (policy === 'linear') return own?.name ?? `${agentName(model, known[environment])} agent`
  if (policy === 'transformer') return languageAgentName(model, known[environment])
  if (policy === 'browser-model') return 'the browser’s own model'
  return policy === 'human' ? 'you' : model || 'a language model'
}

/**
 * @param sizes of runs in bytes, as far as they are known
 * @param known whose names are searched, too
 */
export function found(
  runs: readonly RunInfo[],
  search: Search,
  sort: Sort,
  nowMs: number,
  sizes: ReadonlyMap<string, number> = new Map(),
  known: KnownAgents = {},
): readonly RunInfo[] {
  const words = search.words.toLowerCase().split(/\s+/).filter(Boolean)
  const since = search.days === '' ? Number.NEGATIVE_INFINITY : nowMs - Number(search.days) * 86_400_000
  const least = search.least === '' ? Number.NEGATIVE_INFINITY : Number(search.least)
  const fits = (run: RunInfo): boolean =>
    (search.environment === '' || run.config.environment === search.environment) &&
    (search.method === '' || run.config.method === search.method) &&
    (search.agent === '' || agentOf(run, known) === search.agent) &&
    (search.tag === '' || run.labels?.tags.includes(search.tag) === true) &&
    (search.state === '' || run.finished === (search.state === 'finished')) &&
    run.createdAtMs >= since &&
    (least === Number.NEGATIVE_INFINITY || (meanReward(run) ?? Number.NEGATIVE_INFINITY) >= least) &&
    words.every((word) => textOf(run, known).includes(word))
  const order = orderOf(sort, sizes)
  const pinned = (run: RunInfo): number => Number(run.labels?.pinned ?? false)
  return runs.filter(fits).toSorted((a, b) => pinned(b) - pinned(a) || order(a, b))
}

function textOf({ name, labels, config, ...run }: RunInfo, known: KnownAgents): string {
  const settings = [ENVIRONMENT_WORDS[config.environment], METHOD_WORDS[config.method](config), `seed ${config.seed}`]
  const own = [name, ...(labels?.tags ?? []), labels?.note ?? '']
  return [...own, ...settings, agentOf({ name, config, ...run }, known)].join(' ').toLowerCase()
}

/** Where it has nothing to say, the order in which they came stays. */
function orderOf(sort: Sort, sizes: ReadonlyMap<string, number>): (a: RunInfo, b: RunInfo) => number {
  const by: Record<Exclude<Sort, 'name' | 'oldest'>, (run: RunInfo) => number> = {
    newest: ({ createdAtMs }) => createdAtMs,
    reward: (run) => meanReward(run) ?? -1,
    tasks: ({ tasksFinished }) => tasksFinished,
    pairs: ({ pairs }) => pairs,
    size: ({ id }) => sizes.get(id) ?? -1,
  }
  if (sort === 'name') return (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })
  if (sort === 'oldest') return (a, b) => a.createdAtMs - b.createdAtMs
  return (a, b) => by[sort](b) - by[sort](a)
}
