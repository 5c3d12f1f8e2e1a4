/**
 * Trains the embedded policy of WebShop on careless expert demonstrations and writes public/data/webshop/policy.json.
 * Deterministic: the same catalogue and code give the same file. Run: npx tsx src/scripts/make-policy.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { unwrap } from '../core/failure.ts'
import { stream } from '../core/random.ts'
import { loadCatalogue } from '../environments/webshop/catalogue.ts'
import { readOfficialFiles } from '../environments/webshop/official-files.ts'
import { createWebShop } from '../environments/webshop/webshop.ts'
import { createWebShopActions } from '../policies/linear/webshop/webshop-actions.ts'
import { writeWeights } from '../policies/linear/weights.ts'
import { demonstrate } from '../training/demonstrations.ts'
import { warmStart } from '../training/warm-start.ts'

const SEED = 2505
const DEMONSTRATIONS = 1500

const folder = process.env.WEBSHOP_DATA ?? fileURLToPath(new URL('../../public/data/webshop/', import.meta.url))
const names = ['items_shuffle.json', 'items_ins_v2.json', 'items_human_ins.json', 'nouns.json', 'setup.json']

const files = unwrap(
  readOfficialFiles(names.map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }))),
)
const catalogue = unwrap(loadCatalogue(files))
const shop = createWebShop(catalogue)
const space = createWebShopActions(catalogue.products)
const random = stream(SEED).child('make-policy')

const train = catalogue.goals.filter((goal) => goal.split === 'train')
const shown = Array.from({ length: DEMONSTRATIONS }, (_, i) => {
  const goal = train[i % train.length]
  return goal === undefined ? undefined : demonstrate(shop, space, goal, random.child('demonstration', i))
}).filter((demonstration) => demonstration !== undefined)
const { weights, trained } = await warmStart(shop, space, shown, random)
const report = { method: 'SFT on noisy expert demonstrations', seed: SEED, ...trained }
const target = process.env.POLICY_FILE ?? `${folder}/policy.json`
writeFileSync(target, writeWeights(space.features, { weights, trained: report }))
console.log(report)
console.table(space.features.map(({ name }, i) => ({ name, weight: weights[i] })))
