/** The page's beginning. */
import { fetched } from '../../core/fetched.ts'
import { fetchFilesCode } from '../data/with-files.ts'
import { visit } from '../explore/act/visit.ts'
import { explainWords } from '../parts/word.ts'
import { PageState } from '../state/page-state.ts'
import type { LabCare } from './lab-care.ts'
import { LabClient } from './lab-client.ts'
import { RroApp } from './rro-app.ts'
import { startTheme } from './theme.ts'

startTheme()
explainWords()
/** Keys that are pressed before anybody is there who hears them. */
const early: KeyboardEvent[] = []
document.addEventListener('keydown', keep)
// On a slow machine the code alone is a task: the page begins in another, and its elements stand there in a third.
setTimeout(begin)

function begin(): void {
  const client = new LabClient()
  let caring: LabCare | undefined
  const care = () =>
    fetched(async () => {
      const { LabCare } = await import('./lab-care.ts')
      caring ??= new LabCare(page, client)
      return caring
    })
  const page = new PageState(client.connect, visit, async (trouble) => (await page.notices.ask(care()))?.hear(trouble))
  void page.begin(location.hash)
  // Links, Back and Forward alike.
  addEventListener('popstate', ({ state }) => page.address.travel(location.hash, state))

  // Takes the place of the static shell in one go.
  setTimeout(() => {
    const app = new RroApp()
    app.page = page
    document.querySelector('#shell')?.replaceWith(app)
    document.removeEventListener('keydown', keep)
    for (const pressed of early) document.body.dispatchEvent(new KeyboardEvent('keydown', pressed))
  })

  // As the worker does: the rest a moment later, for a page that is still open when the network is not.
  setTimeout(() => {
    void fetchFilesCode()
    void care()
    if (import.meta.env.PROD) import('./offline.ts').then(({ keepOffline }) => keepOffline(page)).catch(() => {})
  }, 3_000)
}

function keep(pressed: KeyboardEvent): void {
  early.push(pressed)
}
