/** How quick this machine is at comparisons: measured once for each environment, data and start, when nothing else is at work. */
import type { Comparison } from '../../../core/comparison/comparison.ts'
import { formatComparison } from '../../../core/comparison/comparison-address.ts'
import type { PageState } from '../../state/page-state.ts'

export class Paces {
  readonly #page: PageState
  /** Undefined while it is being measured, or cannot be. */
  readonly #known = new Map<string, number | undefined>()

  constructor(page: PageState) {
    this.#page = page
  }

  /** Undefined until it is measured. */
  of(comparison: Comparison): number | undefined {
    return this.#known.get(placeOf(comparison))
  }

  /** @param disturbed whether something else came to work meanwhile: then the number says nothing */
  async measure(comparison: Comparison, disturbed: () => boolean): Promise<void> {
    const place = placeOf(comparison)
    if (this.#known.has(place)) return
    this.#known.set(place, undefined)
    try {
      const pace = await this.#page.lab.pace(formatComparison(comparison))
      if (pace.ok && !disturbed()) this.#known.set(place, pace.value)
    } catch {
      // The lab is gone: what it says of itself is told elsewhere.
    }
    this.#page.changes.say()
  }
}

function placeOf({ environment, data = '', start }: Comparison): string {
  return `${environment} ${data} ${start}`
}
