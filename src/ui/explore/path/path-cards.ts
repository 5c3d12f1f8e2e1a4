/** How the cards of a path are drawn, those that wait with the frames that follow. */
import { drawn } from '../../state/frames.ts'
import type { Selection } from '../../state/selection.ts'
import { CardRoom, type Drawn, isInView, type Steps } from './cards-at-once.ts'
import type { InView } from './keep-in-view.ts'
import type { PathSizes } from './path-layout.ts'

export class PathCards {
  readonly #room = new CardRoom()
  readonly #again: () => void
  /** Whether more of them come with the next frame. */
  waits = false

  /** @param again draws the path again, for more of them */
  constructor(again: () => void) {
    this.#again = again
  }

  /** @see CardRoom.grows */
  get grows(): boolean {
    return this.#room.grows
  }

  /**
   * @param of which task it is
   * @param view where tasks come and go by themselves: what is seen of them, where cards are drawn as a whole
   * @see CardRoom.take
   */
  take(
    of: unknown,
    steps: Steps,
    selection: Selection,
    sizes: PathSizes,
    view: InView | undefined,
  ): readonly (readonly Drawn[])[] {
    const wanted = view && ((place: Selection) => isInView(view, place, sizes))
    const drawn = this.#room.take(JSON.stringify(of), steps, selection, wanted)
    if (!this.#room.whole && !this.waits) void this.#more()
    return drawn
  }

  async #more(): Promise<void> {
    this.waits = true
    await drawn()
    this.waits = false
    this.#room.widen()
    this.#again()
  }
}
