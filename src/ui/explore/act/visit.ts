/** The way to what a visitor does themselves: its code is fetched when they first ask for it. */
import type { PageState, Visit } from '../../state/page-state.ts'

export async function visit(page: PageState, how: Visit): Promise<void> {
  const wish = page.intentions.wish()
  try {
    const code = await import('./visit-code.ts')
    await code[how](page, wish)
  } catch {
    page.notices.fail('Acting could not be fetched. Check the connection and try again.')
  }
}
