/**
 * Demonstrations on WebShop for the small language model, on train goals and on goals of catalogues made with other seeds.
 * Two show, whose choices follow from what the compact view shows: the log-linear policy, sharpened, and a shopper who
 * compares a few products. Only episodes of good reward are kept. Deterministic: the same seed gives the same stream, however
 * much of it is taken.
 *
 *     npx tsx src/scripts/make/language-model/webshop-demonstrations.ts EPISODES [SEED] > episodes.jsonl
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { unwrap } from '../../../core/failure.ts'
import { type RandomStream, stream } from '../../../core/random.ts'
import { type Catalogue, loadCatalogue } from '../../../environments/webshop/catalogue/catalogue.ts'
import { readOfficialFiles } from '../../../environments/webshop/catalogue/official-files.ts'
import type { Goal } from '../../../environments/webshop/types.ts'
import { createWebShop } from '../../../environments/webshop/webshop.ts'
import { createLinearActor } from '../../../policies/linear/linear-actor.ts'
import { WEBSHOP_FEATURES } from '../../../policies/linear/webshop/features.ts'
import { createWebShopActions } from '../../../policies/linear/webshop/webshop-actions.ts'
import { parseWeights } from '../../../policies/linear/weights.ts'
import { createWebShopView } from '../../../policies/transformer/webshop/webshop-view.ts'
import { CATALOGUE_SEED, makeCatalogue } from '../catalogue.ts'
import { MOST_LOOKS, shopCarefully } from './careful-shopper.ts'

export interface Turn {
  /** What the model reads: the opening, or the text after the action before. */
  readonly seen: string
  /** What it writes. */
  readonly action: string
}

export interface Episode {
  /** The instruction in full, to tell tasks apart. */
  readonly task: string
  readonly turns: readonly Turn[]
  /** The same as the environment takes them. */
  readonly actions: readonly string[]
  readonly reward: number
}

/** How episodes are shown, and which are kept. */
export interface Demonstrating {
  /** Of the log-linear policy. */
  readonly temperature: number
  /** Share of the tries of the shopper who compares products. */
  readonly careful: number
  /** Share of the tries of the same shopper in a hurry, who buys the best of the first page. */
  readonly hurried: number
  /** Share of the shopper's actions that the policy takes instead, so that ways back are shown, too. */
  readonly stray: number
  readonly stepLimit: number
  /** Tries at a goal; the first with at least `goodReward` is kept. */
  readonly tries: number
  readonly goodReward: number
}

export const DEMONSTRATING: Demonstrating = {
  temperature: 0.2,
  careful: 0.15,
  hurried: 0.6,
  stray: 0.1,
  stepLimit: 10,
  tries: 4,
  goodReward: 0.75,
}

/** The shipped data, and its policy. */
const DATA = fileURLToPath(new URL('../../../../public/data/webshop/', import.meta.url))

function catalogueOf(files: Readonly<Record<string, string>>): Catalogue {
  const data = Object.entries(files).filter(([name]) => name.endsWith('.json'))
  return unwrap(loadCatalogue(unwrap(readOfficialFiles(data.map(([name, text]) => ({ name, text }))))))
}

export function shippedCatalogue(): Catalogue {
  const names = ['items_shuffle.json', 'items_ins_v2.json', 'items_human_ins.json', 'nouns.json', 'setup.json']
  return catalogueOf(Object.fromEntries(names.map((name) => [name, readFileSync(`${DATA}${name}`, 'utf8')])))
}

/** A made-up catalogue like the shipped one, with other products and goals. */
export function otherCatalogue(index: number): Catalogue {
  return catalogueOf(makeCatalogue(CATALOGUE_SEED + 1 + index))
}

/** Texts that no demonstration may have: tasks that agents are measured on. */
export function heldOutTexts(shipped: Catalogue): ReadonlySet<string> {
  return new Set(shipped.goals.filter(({ split }) => split !== 'train').map(({ instruction }) => plain(instruction)))
}

export function plain(instruction: string): string {
  return instruction.toLowerCase().replace(/\s+/g, ' ').trim()
}

/** The shipped weights; a sentence is never searched for, since the view shows no filler words to copy. */
export function demonstratorWeights(): Float64Array {
  const file: unknown = JSON.parse(readFileSync(`${DATA}policy.json`, 'utf8'))
  const { weights } = unwrap(parseWeights(file, WEBSHOP_FEATURES))
  return weights.map((weight, i) => (WEBSHOP_FEATURES[i]?.name === 'search.sentence' ? -20 : weight))
}

/** A shop in which episodes are shown. */
export interface Stage {
  readonly catalogue: Catalogue
  /** One episode, or nothing where none of the tries was good. */
  show(goal: Goal, random: RandomStream, how?: Demonstrating): Episode | undefined
}

export function createStage(catalogue: Catalogue, weights: Readonly<Float64Array>): Stage {
  const shop = createWebShop(catalogue)
  const space = createWebShopActions(catalogue.products)
  const view = createWebShopView(space)
  const actor = createLinearActor(shop, space, weights)

  /** The turns of an episode; undefined if an action has no words. */
  function turnsOf(goal: Goal, actions: readonly string[]): readonly Turn[] | undefined {
    let state = shop.reset(goal)
    let memory = view.begin(state)
    let seen = view.opening(state, memory)
    const turns: Turn[] = []
    for (const action of actions) {
      const words = view.write(state, memory, action)
      if (words === undefined) return undefined
      turns.push({ seen, action: words })
      state = shop.step(state, action).state
      memory = view.advance(memory, state)
      seen = view.seen(state, memory)
    }
    return turns
  }

  function play(goal: Goal, random: RandomStream, how: Demonstrating) {
    const start = actor.begin({ id: goal.id, instruction: goal.instruction })
    const who = random.child('who').next()
    const looks = who < how.careful ? MOST_LOOKS : who < how.careful + how.hurried ? 1 : 0
    const actions: string[] = []
    let node = start
    while (node.reward === undefined && actions.length < how.stepLimit) {
      const drawn = random.child('step', actions.length)
      const action =
        looks > 0 && drawn.child('stray').next() >= how.stray
          ? shopCarefully(node.state, node.memory, how.stepLimit, looks)
          : actor.rollouts(node, 1, how.temperature, [drawn])[0]?.actions[0]
      if (action === undefined) break
      actions.push(action)
      node = actor.execute(node, { action, text: '' }) as typeof node // never a promise
    }
    return { actions, reward: node.reward ?? 0 }
  }

  return {
    catalogue,
    show(goal, random, how = DEMONSTRATING) {
      for (let attempt = 0; attempt < how.tries; attempt++) {
        const { actions, reward } = play(goal, random.child(attempt), how)
        const turns = reward < how.goodReward ? undefined : turnsOf(goal, actions)
        if (turns !== undefined) return { task: goal.instruction, turns, actions, reward }
      }
      return undefined
    },
  }
}

/**
 * Demonstrations without end: rounds over the train goals, and after each round over all goals of one more catalogue.
 * None has a text that is held out.
 */
export function* webshopDemonstrations(seed: number, how: Demonstrating = DEMONSTRATING): Generator<Episode, never> {
  const shipped = shippedCatalogue()
  const heldOut = heldOutTexts(shipped)
  const weights = demonstratorWeights()
  const random = stream(seed).child('webshop-demonstrations')
  const own = createStage(shipped, weights)
  const train = shipped.goals.filter(({ split }) => split === 'train')
  for (let round = 0; ; round++) {
    yield* shown(own, train, random.child('shipped', round))
    const other = createStage(otherCatalogue(round), weights)
    yield* shown(other, other.catalogue.goals, random.child('other', round))
  }

  function* shown(stage: Stage, goals: readonly Goal[], drawn: RandomStream): Generator<Episode> {
    for (const goal of drawn.child('order').shuffled(goals)) {
      if (heldOut.has(plain(goal.instruction))) continue
      const episode = stage.show(goal, drawn.child('goal', goal.id), how)
      if (episode !== undefined) yield episode
    }
  }
}

const ownPath = fileURLToPath(import.meta.url)
if (process.argv[1] === ownPath) {
  const [count = Number.NaN, seed = 1] = process.argv.slice(2).map(Number)
  if (!(count >= 0)) throw new Error('Say how many episodes.')
  let left = count
  for (const episode of webshopDemonstrations(seed)) {
    if (left-- <= 0) break
    process.stdout.write(`${JSON.stringify(episode)}\n`)
  }
}
