/**
 * What a chapter of Learn is: text, one thing to do, a fast motion, a pause; then on to the next. A chapter draws nothing
 * of its own: it moves the real parts of the page, on a real run, and looks at them to see what the visitor did.
 */
import type { Scene } from './scene.ts'

/** The parts of the page that a chapter may set up beside its text. */
export const PARTS = [
  ...['world', 'path', 'inspector', 'duel', 'training', 'contest', 'theory'],
  ...['spoken', 'probabilities', 'moved', 'learning', 'outcome'],
] as const
export type Part = (typeof PARTS)[number]

export interface Beat {
  /** Those that stand beside it; by default the chapter's. */
  readonly parts?: readonly Part[] | undefined
  /** Those that stand there until the visitor has answered, where the others would give the answer away. */
  readonly before?: readonly Part[] | undefined
  /** Whether the world leaves what the agent did next unsaid until then. */
  readonly unsaid?: boolean | undefined
  /** A selector of what in them is talked about: where they scroll, it is brought into view. */
  readonly view?: string
  /** Brings about what it tells of. */
  readonly set?: (scene: Scene) => unknown
  readonly tell: (scene: Scene) => unknown
  /** What the visitor is asked to do; a beat without is only read. */
  readonly ask?: Ask | undefined
}

export interface Ask {
  readonly words: (scene: Scene) => unknown
  /** Answers to press; where there are none, the visitor acts in the parts themselves. */
  readonly choices?: (scene: Scene) => readonly Choice[]
  /** What comes of an answer, and goes to it by itself where the visitor goes on without one. */
  readonly show: (scene: Scene) => unknown
  /** The answer to what they did, told from what stands there; undefined until it is done. */
  readonly heard: (scene: Scene) => unknown
}

export interface Choice {
  /** As `Scene.said`. */
  readonly value: string
  readonly words: unknown
}

export interface Chapter {
  /** In the address. */
  readonly name: string
  readonly title: string
  readonly parts: readonly Part[]
  /** Whether it is told with a run of its own, which it brings; else the example stands there. */
  readonly ownRun?: boolean
  /** Brings the code of its beats, where that comes late: they say nothing before. */
  readonly fetch?: () => Promise<unknown>
  readonly beats: readonly [Beat, ...Beat[]]
}
