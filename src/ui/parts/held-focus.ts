/** Keeps the focus near where it was when the control that has it goes away with what it was pressed for. */

export interface HeldFocus {
  /** Before the next picture. */
  before(): void
  /** After it. */
  after(): void
}

/** @param places where a control may go (a selector), and which controls of the host are next to it, the nearest first */
export function heldFocus(host: HTMLElement, places: readonly (readonly [string, readonly string[]])[]): HeldFocus {
  let held: Element | undefined
  let nearest: readonly string[] = []
  return {
    before() {
      const { activeElement } = document
      held = activeElement !== null && host.contains(activeElement) ? activeElement : undefined
      nearest = places.find(([place]) => held?.closest(place))?.[1] ?? []
    },
    after() {
      const [gone, next] = [held, nearest]
      if (gone === undefined || gone.isConnected) return
      // What stands inside of it draws itself later than it does.
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return
        const controls = next.map((selector) => host.querySelector<HTMLElement>(`${selector}:not(:disabled)`))
        controls.find((control) => control !== null)?.focus()
      })
    },
  }
}
