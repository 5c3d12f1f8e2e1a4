/**
 * Trains the embedded policy of WebShop on careless expert demonstrations and writes public/data/webshop/policy.json.
 * Deterministic: the same catalogue and code give the same file. Run: npx tsx src/scripts/make-policy.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { stream } from '../core/random.ts'
import { loadCatalogue } from '../environments/webshop/catalogue.ts'
import { readOfficialFiles } from '../environments/webshop/official-files.ts'
import { createWebShop } from '../environments/webshop/webshop.ts'
import { createLinearActor } from '../policies/linear/linear-actor.ts'
import { createWebShopActions } from '../policies/linear/webshop/webshop-actions.ts'
import { writeWeights } from '../policies/linear/weights.ts'
import { demonstrate } from '../training/demonstrations.ts'
import { evaluate } from '../training/evaluation.ts'
import { fineTune, meanLogLikelihood } from '../training/sft.ts'

const SEED = 2505
const DEMONSTRATIONS = 1500

const folder = process.env.WEBSHOP_DATA ?? fileURLToPath(new URL('../../public/data/webshop/', import.meta.url))
const names = ['items_shuffle.json', 'items_ins_v2.json', 'items_human_ins.json', 'nouns.json', 'setup.json']

function must<T>(result: { ok: true; value: T } | { ok: false; failure: { message: string } }): T {
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}

const files = must(readOfficialFiles(names.map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }))))
const catalogue = must(loadCatalogue(files))
const shop = createWebShop(catalogue)
const space = createWebShopActions(catalogue.products)
const random = stream(SEED).child('make-policy')

const train = catalogue.goals.filter((goal) => goal.split === 'train')
const shown = Array.from({ length: DEMONSTRATIONS }, (_, i) => {
  const goal = train[i % train.length]
  return goal === undefined ? undefined : demonstrate(shop, space, goal, random.child('demonstration', i))
}).filter((demonstration) => demonstration !== undefined)
const decisions = shown.flatMap((demonstration) => demonstration.decisions)
const expert = shown.reduce((sum, { reward }) => sum + reward, 0) / shown.length

const zero = new Float64Array(space.features.length)
const fitted = fineTune(decisions, zero, random.child('sft'))
const weights = fitted.map((weight) => Math.round(weight * 1e4) / 1e4)

const actor = createLinearActor(shop, space, weights)
const dev = shop.tasks('dev')
const options = { stepLimit: 10, episodesPerTask: 10 }
const sampled = await evaluate(actor, dev, random, { ...options, temperature: 1 })
const greedy = await evaluate(actor, dev, random, { ...options, temperature: 0, episodesPerTask: 1 })

const round = (value: number): number => Math.round(value * 1e4) / 1e4
const trained = {
  method: 'SFT on noisy expert demonstrations',
  data: catalogue.data.fingerprint,
  seed: SEED,
  demonstrations: shown.length,
  decisions: decisions.length,
  expertReward: round(expert),
  logLikelihoodBefore: round(meanLogLikelihood(decisions, zero)),
  logLikelihood: round(meanLogLikelihood(decisions, weights)),
  devTasks: dev.length,
  devReward: round(sampled.mean),
  devRewardStandardError: round(sampled.standardError ?? 0),
  devGreedyReward: round(greedy.mean),
  devGreedyRewardStandardError: round(greedy.standardError ?? 0),
  devSteps: round(sampled.steps),
}
const target = process.env.POLICY_FILE ?? `${folder}/policy.json`
writeFileSync(target, writeWeights(space.features, { weights, trained }))
console.log(trained)
console.table(space.features.map(({ name }, i) => ({ name, weight: weights[i] })))
