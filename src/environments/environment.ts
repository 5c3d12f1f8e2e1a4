/**
 * What every environment is: a pure, deterministic state machine. States are immutable, cheap to keep and to branch;
 * text is rendered only when somebody reads it. No clock, no randomness, no DOM.
 */
import type { RunConfig } from '../core/settings/settings.ts'

export type EnvironmentId = RunConfig['environment']
export type Split = RunConfig['split']

export interface Task {
  /** Stable within the data set, e.g. `train-17`. */
  readonly id: string
  readonly split: Split
  /** What the agent is asked to do, as it reads it. */
  readonly instruction: string
}

export interface Transition<S> {
  readonly state: S
  /** Outcome reward; 0 until the episode is done. */
  readonly reward: number
  readonly done: boolean
}

/** Where an environment's data came from; two with the same fingerprint behave the same. */
export interface DataSource {
  /** For people: "RRO Lab catalogue, 1,000 products". */
  readonly name: string
  /** Hex digest over the content that decides behaviour. */
  readonly fingerprint: string
}

export interface Environment<S = unknown, V = unknown> {
  readonly id: EnvironmentId
  readonly data: DataSource
  /** Least outcome reward (0 for WebShop, -1 for InterCode-SQL, whose code can punish a wrong order). */
  readonly minReward: number
  /** Largest outcome reward (1). */
  readonly maxReward: number
  /** The instructions an LLM agent gets before the first observation. */
  readonly systemPrompt: string
  /** Tasks of a split, in their own order. */
  tasks(split: Split): readonly Task[]
  /** Undefined for an id this data set does not have. */
  task(id: string): Task | undefined
  reset(task: Task): S
  /** Never throws on any string: what is no action leaves the state as it was. */
  step(state: S, action: string): Transition<S>
  /**
   * Why an action is none in a state, `no such button: the page stayed as it was`; undefined where it acts. Before the
   * colon stands what is wrong, after it what came of that.
   */
  idle(state: S, action: string): string | undefined
  /** The observation of a state as the agent reads it. */
  observe(state: S): string
  /** Characters that a state has of its own, where they may be many: by them goes who remembers states. */
  ownCharacters?(state: S): number
  /** The same state as plain data for the page's world pane. */
  view(state: S): V
}
