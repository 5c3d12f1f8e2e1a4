/**
 * One method at a time stands out in all pictures: the one under the pointer or the focus, or the one that was pressed. A rule
 * of style for each place in a comparison does it; nothing is drawn anew.
 */
import { MOST_ARMS } from '../../../core/comparison/comparison-numbers.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'

/** As in `drawing.ts`, which comes with the pictures. */
const NAMES = ['start', ...Array.from({ length: MOST_ARMS }, (_, arm) => String(arm))]

adoptStyle(
  NAMES.map(
    (arm) => `[data-lit="${arm}"] svg [data-arm]:not([data-arm="${arm}"]) { opacity: 0.14 }
[data-lit="${arm}"] svg [data-arm="${arm}"].whisker { visibility: visible }
[data-lit="${arm}"] svg [data-arm="${arm}"].band { fill-opacity: 0.24 }`,
  ).join('\n'),
)

export class Lit {
  readonly #host: HTMLElement
  /** What stays lit when nothing is pointed at. */
  pinned: string | undefined

  constructor(host: HTMLElement) {
    this.#host = host
    for (const kind of ['pointerover', 'focusin']) host.addEventListener(kind, (event) => this.#show(event.target))
    for (const kind of ['pointerleave', 'focusout']) host.addEventListener(kind, () => this.#show(null))
  }

  pin(arm: string): void {
    this.pinned = this.pinned === arm ? undefined : arm
    this.#show(null)
  }

  #show(at: EventTarget | null): void {
    const met = at instanceof Element ? at.closest<HTMLElement | SVGElement>('[data-arm]') : null
    const arm = met?.dataset.arm ?? this.pinned
    if (arm === undefined) delete this.#host.dataset.lit
    else this.#host.dataset.lit = arm
  }
}
