/**
 * What a run is made from: the values and types of its settings. Apart from their table, which whoever only looks at a
 * recorded run does without.
 */

export const METHODS = ['rro', 'rro-recycled', 'fixed-size', 'uct', 'ipr', 'eto', 'groups'] as const
/** With what a log may have beside: `replay` plays again what a file says was done, and explores nothing. Nobody chooses it. */
export const LOG_METHODS = [...METHODS, 'replay'] as const
/** Those that score no step: only whole trajectories have a reward. */
export const UNSCORED_METHODS: readonly (typeof LOG_METHODS)[number][] = ['eto', 'groups', 'replay']
/** Those that learn from an expert's trajectories. */
export const EXPERT_METHODS: readonly (typeof LOG_METHODS)[number][] = ['ipr', 'eto']
export const RISE_RULES = ['>=', '>'] as const
export const FIRST_BARS = ['zero', 'value'] as const
export const NO_RISES = ['keep-best', 'keep-best-unpaired', 'end-task'] as const
export const PAIRINGS = ['all-lower', 'worst', 'previous'] as const
export const FIRST_RISES = ['skip', 'draw-one-more'] as const
export const CONTINUATIONS = ['chosen', 'first'] as const
export const ENVIRONMENT_NAMES = ['webshop', 'intercode-sql'] as const
/**
 * `transformer`: our own small language model; `browser-model`: the browser's own; `human`: the visitor proposes, the
 * embedded policy finishes the rollouts.
 */
export const POLICY_NAMES = ['linear', 'transformer', 'webllm', 'openai', 'browser-model', 'human'] as const
/** With whoever did what a file says: only `replay` has it, and has no other. */
export const LOG_POLICIES = [...POLICY_NAMES, 'file'] as const
/** Methods that ask for one candidate after the other, which a person can answer. */
export const STEPWISE_METHODS: readonly (typeof LOG_METHODS)[number][] = ['rro', 'fixed-size']
export const SQL_REWARDS = ['tau', 'iou'] as const
export const SQL_LINES = ['first', 'all'] as const
export const SQL_SUBMITS = ['anywhere', 'alone'] as const
/** Our own language models that ship, as the setting `model` names them: the small one, and one that trains in seconds. */
export const LANGUAGE_MODEL_NAMES = ['', 'tiny'] as const
export const SPLIT_NAMES = ['train', 'dev', 'test'] as const

export interface RunConfig {
  readonly seed: number
  readonly environment: (typeof ENVIRONMENT_NAMES)[number]
  readonly policy: (typeof LOG_POLICIES)[number]
  /**
   * Which one of its kind. Of our own language models: '' is the small one that ships, `tiny` the tiny one. The browser's own has no name: ''. Of the embedded policy: '' is the shipped one, `weak` and `sharp` are other shipped starts,
   * 16 hexadecimal digits are the fingerprint of one that was trained here or imported.
   */
  readonly model: string
  readonly split: (typeof SPLIT_NAMES)[number]
  /** How many tasks; more than the split has go round again with fresh draws. */
  readonly tasks: number
  /** Of the seed's order, counted from 1; those before it are left out. */
  readonly firstTask: number
  readonly method: (typeof LOG_METHODS)[number]
  /** m: rollouts that score one candidate. */
  readonly rollouts: number
  /**
   * K: most candidates a step (RRO), exactly this many (fixed-size), most that are verified (recycled), or most children
   * of a node (tree search, which runs K m simulations a step).
   */
  readonly candidates: number
  /** Recycled RRO: rollouts from the empty prefix, whose actions are the first candidates. Groups: G, the episodes of a group. */
  readonly startRollouts: number
  /** Tree search: weight of the exploration term of UCB1, in units of reward. */
  readonly uctConstant: number
  /** Of the policy, when it proposes and when it rolls out. */
  readonly temperature: number
  readonly riseRule: (typeof RISE_RULES)[number]
  /** Reward units that a rise must clear on top of the bar. */
  readonly margin: number
  readonly firstBar: (typeof FIRST_BARS)[number]
  readonly noRise: (typeof NO_RISES)[number]
  readonly pairing: (typeof PAIRINGS)[number]
  readonly firstRise: (typeof FIRST_RISES)[number]
  readonly continuation: (typeof CONTINUATIONS)[number]
  /** Actions an episode may take; reward 0 at the limit. */
  readonly stepLimit: number
  /** InterCode-SQL: IoU of the rows times Kendall's tau of their order (its code), or IoU alone (most published logs). */
  readonly sqlReward: (typeof SQL_REWARDS)[number]
  /** InterCode-SQL: lines of a statement that count. */
  readonly sqlLines: (typeof SQL_LINES)[number]
  /** InterCode-SQL: characters of an observation, then `...`. */
  readonly sqlObservation: number
  /** InterCode-SQL: whether the word `submit` anywhere in an action submits, or only alone. */
  readonly sqlSubmit: (typeof SQL_SUBMITS)[number]
}
