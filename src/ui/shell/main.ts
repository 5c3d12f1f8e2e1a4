/** The page's beginning. */
import { fetchFilesCode } from '../data/with-files.ts'
import { visit } from '../explore/act/visit.ts'
import { PageState } from '../state/page-state.ts'
import { connectLab } from './lab-client.ts'
import { RroApp } from './rro-app.ts'
import { startTheme } from './theme.ts'

startTheme()
const page = new PageState(connectLab, visit)
void page.begin(location.hash)
addEventListener('hashchange', () => page.address.travel(location.hash))

// Takes the place of the static shell in one go.
const app = new RroApp()
app.page = page
document.querySelector('#shell')?.replaceWith(app)

// As the worker does: the rest a moment later, for a page that is still open when the network is not.
setTimeout(() => void fetchFilesCode(), 3_000)
