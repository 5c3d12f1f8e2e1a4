/**
 * Has a careless expert demonstrate WebShop, trains the embedded policy's starts on that, and writes both into
 * public/data/webshop/ (see write-starts.ts). Deterministic: the same catalogue and code give the same files.
 * Run: npx tsx src/scripts/make/webshop-policy.ts
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { unwrap } from '../../core/failure.ts'
import { loadCatalogue } from '../../environments/webshop/catalogue/catalogue.ts'
import { readOfficialFiles } from '../../environments/webshop/catalogue/official-files.ts'
import { createWebShop } from '../../environments/webshop/webshop.ts'
import { createWebShopActions } from '../../policies/linear/webshop/webshop-actions.ts'
import { demonstrate } from '../../training/demonstrations.ts'
import { warmStartStream } from '../../training/warm-start.ts'
import { writeStarts } from './write-starts.ts'

const DEMONSTRATIONS = 1500

const folder = process.env.WEBSHOP_DATA ?? fileURLToPath(new URL('../../../public/data/webshop/', import.meta.url))
const names = ['items_shuffle.json', 'items_ins_v2.json', 'items_human_ins.json', 'nouns.json', 'setup.json']

const files = unwrap(
  readOfficialFiles(names.map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }))),
)
const catalogue = unwrap(loadCatalogue(files))
const shop = createWebShop(catalogue)
const space = createWebShopActions(catalogue.products)
const random = warmStartStream('webshop')

const train = catalogue.goals.filter((goal) => goal.split === 'train')
const shown = Array.from({ length: DEMONSTRATIONS }, (_, i) => {
  const goal = train[i % train.length]
  return goal === undefined ? undefined : demonstrate(shop, space, goal, random.child('demonstration', i))
}).filter((demonstration) => demonstration !== undefined)
await writeStarts(shop, space, shown, folder, {
  expert: 'An expert who knows the goal, but searches, clicks and buys carelessly now and then',
  method: 'SFT on noisy expert demonstrations',
})
