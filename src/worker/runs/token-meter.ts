/** What a run of a small language model has read and written since it was opened, and how fast. */
import type { TokenCounts } from '../../policies/transformer/reader.ts'
import type { RunTokens } from '../protocol/runs.ts'

export class TokenMeter {
  readonly #now: () => number
  #read = 0
  #saved = 0
  #seconds = 0
  /** While it explores: where the model's own counts stood, and when. */
  #since: { readonly counts: TokenCounts; readonly atMs: number; now(): TokenCounts } | undefined

  /** @param now milliseconds from any origin */
  constructor(now: () => number) {
    this.#now = now
  }

  /** @param counts of the model that explores; others may use it, too, while this does not */
  begin(counts: () => TokenCounts): void {
    this.#since = { counts: counts(), atMs: this.#now(), now: counts }
  }

  end(): void {
    const { read, saved, seconds } = this.#sum()
    this.#read = read
    this.#saved = saved
    this.#seconds = seconds
    this.#since = undefined
  }

  /** Undefined where nothing was read. */
  get tokens(): RunTokens | undefined {
    const { read, saved, seconds } = this.#sum()
    if (read === 0) return undefined
    return { read, saved, perSecond: seconds > 0 ? read / seconds : undefined }
  }

  #sum() {
    const since = this.#since
    const now = since?.now()
    return {
      read: this.#read + (now?.read ?? 0) - (since?.counts.read ?? 0),
      saved: this.#saved + (now?.saved ?? 0) - (since?.counts.saved ?? 0),
      seconds: this.#seconds + (since === undefined ? 0 : (this.#now() - since.atMs) / 1000),
    }
  }
}
