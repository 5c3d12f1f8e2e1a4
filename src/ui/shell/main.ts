/** The page's beginning. */
import { fetched } from '../../core/fetched.ts'
import { PageState } from '../state/page-state.ts'
import { connectLab } from './lab-client.ts'
import { RroApp } from './rro-app.ts'
import { startTheme } from './theme.ts'

startTheme()
const page = new PageState(connectLab)
void page.begin(location.hash)
addEventListener('hashchange', () => page.travel(location.hash))

// Takes the place of the static shell in one go.
const app = new RroApp()
app.page = page
document.querySelector('#shell')?.replaceWith(app)

// As the worker does: the rest a moment later, for a page that is still open when the network is not.
setTimeout(() => void fetched(() => import('../data/files.ts')), 3_000)
