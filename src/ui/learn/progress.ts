/** How far a visitor has come in Learn. The browser keeps it, so that a lesson goes on where it was left. */

export interface Progress {
  /** The chapter that was left. */
  readonly chapter: string
  /** Its beat, from 0. */
  readonly beat: number
  /** Names of the chapters that were gone through. */
  readonly done: readonly string[]
}

const KEY = 'rro-lab:learn'
const MOST = 100

export function keepProgress(progress: Progress): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(progress))
  } catch {
    // Storage is refused here: the next visit begins at the first chapter.
  }
}

export function recallProgress(): Progress | undefined {
  try {
    return parseProgress(JSON.parse(localStorage.getItem(KEY) ?? 'null'))
  } catch {
    return undefined
  }
}

export function parseProgress(value: unknown): Progress | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { chapter, beat, done } = value as Partial<Record<keyof Progress, unknown>>
  const whole = Number.isSafeInteger(beat) && (beat as number) >= 0 && (beat as number) < MOST
  if (typeof chapter !== 'string' || !whole || !Array.isArray(done)) return undefined
  return { chapter, beat: beat as number, done: done.filter((name) => typeof name === 'string').slice(0, MOST) }
}
