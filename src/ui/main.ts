/** The page's beginning. */
import { Desk } from './desk.ts'
import { connectLab } from './lab-client.ts'
import { RroApp } from './rro-app.ts'
import { startTheme } from './theme.ts'

startTheme()
const desk = new Desk(connectLab)
void desk.begin(location.hash)
addEventListener('hashchange', () => desk.travel(location.hash))

// Takes the place of the static shell in one go.
const app = new RroApp()
app.desk = desk
document.querySelector('#shell')?.replaceWith(app)
