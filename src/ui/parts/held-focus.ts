/**
 * Keeps the focus near where it was when the control that has it goes away with what it was pressed for, or cannot be used while
 * that is done: then it waits.
 */

export interface HeldFocus {
  /** Before the next picture. */
  before(): void
  /** After it. */
  after(): void
}

/** @param places where a control may go (a selector), and which controls of the host are next to it, the nearest first */
export function heldFocus(host: HTMLElement, places: readonly (readonly [string, readonly string[]])[]): HeldFocus {
  let held: HTMLElement | undefined
  let nearest: readonly string[] = []
  /** It was lost, and has not come back to anything. */
  let waiting = false
  const lost = (): boolean => held !== undefined && (!held.isConnected || held.matches(':disabled'))
  /** Nobody has it: a control that cannot be used any more may be called active for a moment. */
  const free = (): boolean => document.activeElement === document.body || document.activeElement === held

  function give(): void {
    if (!waiting) return
    waiting = free()
    if (!waiting) return
    const controls = nearest.map((selector) => host.querySelector<HTMLElement>(`${selector}:not(:disabled)`))
    const next = lost() ? controls.find((control) => control !== null) : held
    next?.focus()
    waiting = next === undefined
  }

  return {
    before() {
      if (waiting && free()) return
      const { activeElement } = document
      waiting = false
      held = activeElement instanceof HTMLElement && host.contains(activeElement) ? activeElement : undefined
      nearest = places.find(([place]) => held?.closest(place))?.[1] ?? []
    },
    after() {
      waiting ||= lost()
      // What stands inside of it draws itself later than it does.
      if (waiting) requestAnimationFrame(give)
    },
  }
}
