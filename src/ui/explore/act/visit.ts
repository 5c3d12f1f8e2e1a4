/** The way to what a visitor does themselves: its code is fetched when they first ask for it. */
import type { PageState, Visit } from '../../state/page-state.ts'

const CODE: Record<Visit, () => Promise<(page: PageState, wish: number) => unknown>> = {
  actHere: async () => (await import('./visit-code.ts')).actHere,
  openTries: async () => (await import('./visit-code.ts')).openTries,
  editWorld: async () => (await import('../edit/rro-edit.ts')).editWorld,
  openKnobs: async () => (await import('../knobs/rro-knobs.ts')).openKnobs,
}

export async function visit(page: PageState, how: Visit): Promise<void> {
  const wish = page.intentions.wish()
  try {
    const begin = await CODE[how]()
    await begin(page, wish)
  } catch {
    page.notices.fail('Acting could not be fetched. Check the connection and try again.')
  }
}
