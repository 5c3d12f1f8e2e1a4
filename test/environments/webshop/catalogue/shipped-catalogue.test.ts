/**
 * The catalogue that ships with the page (public/data/webshop): it loads, it is what its script makes, every goal can
 * be met within ten actions, and a shopper who only matches words is left with something to learn.
 */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Split } from '../../../../src/environments/environment.ts'
import { type Catalogue, loadCatalogue } from '../../../../src/environments/webshop/catalogue/catalogue.ts'
import { readOfficialFiles } from '../../../../src/environments/webshop/catalogue/official-files.ts'
import { CATEGORIES, type Goal } from '../../../../src/environments/webshop/types.ts'
import { createWebShop, type WebShop } from '../../../../src/environments/webshop/webshop.ts'
import { CATALOGUE_SEED, makeCatalogue } from '../../../../src/scripts/make/catalogue.ts'

const FOLDER = new URL('../../../../public/data/webshop/', import.meta.url)
const FILES = ['items_shuffle.json', 'items_ins_v2.json', 'items_human_ins.json', 'nouns.json', 'setup.json'] as const
const SPLITS: readonly Split[] = ['train', 'dev', 'test']
const MOST_ACTIONS = 10

interface HumanRecord {
  readonly instruction: string
  readonly assignment_id: string
}

let catalogue: Catalogue
let shop: WebShop
let human: readonly HumanRecord[]

beforeAll(() => {
  const texts = FILES.map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), 'utf8') }))
  const files = readOfficialFiles(texts)
  if (!files.ok) throw new Error(files.failure.message)
  const loaded = loadCatalogue(files.value)
  if (!loaded.ok) throw new Error(loaded.failure.message)
  catalogue = loaded.value
  shop = createWebShop(catalogue)
  // our own file, in the shape that the loader has just checked
  const table = JSON.parse(texts[2]?.text ?? '{}') as Record<string, readonly HumanRecord[]>
  human = Object.values(table).flat()
})

function outcome(goal: Goal, actions: readonly string[]): { reward: number; actions: number } {
  let state = shop.reset(goal)
  let used = 0
  for (const action of actions) {
    const next = shop.step(state, action)
    used++
    state = next.state
    if (next.done) return { reward: next.reward, actions: used }
  }
  return { reward: 0, actions: used }
}

/** Knows the goal: searches its title, opens it, chooses what was wished, buys. */
function expert(goal: Goal): readonly string[] {
  const actions = [`search[${goal.title.replace(/[[\]]/g, ' ')}]`]
  let state = shop.step(shop.reset(goal), actions[0] ?? '').state
  const click = `click[${goal.asin.toLowerCase()}]`
  while (!shop.clickables(state).includes(goal.asin.toLowerCase()) && actions.length < MOST_ACTIONS) {
    actions.push('click[next >]')
    state = shop.step(state, 'click[next >]').state
  }
  const options = [...goal.options.values()].map((option) => `click[${option}]`)
  return [...actions, click, ...options, 'click[buy now]']
}

/** Searches the instruction as it is, opens the first hit, clicks every option that the instruction names, buys. */
function greedy(goal: Goal): readonly string[] {
  const search = `search[${goal.instruction.replace(/[[\]]/g, ' ')}]`
  const [first = ''] = shop.step(shop.reset(goal), search).state.hits
  const options = [...(catalogue.products.get(first)?.options.values() ?? [])].flatMap((values) => {
    const named = values.filter((value) => goal.instruction.includes(value))
    const [longest] = named.sort((a, b) => b.length - a.length)
    return longest === undefined ? [] : [`click[${longest}]`]
  })
  return [search, `click[${first.toLowerCase()}]`, ...options, 'click[buy now]']
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

describe('the shipped catalogue', () => {
  it('is what its script makes, byte for byte', () => {
    for (const [name, content] of Object.entries(makeCatalogue(CATALOGUE_SEED)))
      expect(readFileSync(new URL(name, FOLDER), 'utf8') === content, name).toBe(true)
  })

  it('has at least 1,000 products over the five categories, recognisable and unique', () => {
    expect(catalogue.products.size).toBeGreaterThanOrEqual(1000)
    expect(new Set(catalogue.products.asins()).size).toBe(catalogue.products.size)
    for (const category of CATEGORIES)
      expect(catalogue.products.having('category', category).length).toBeGreaterThan(150)
    for (const product of catalogue.products) {
      expect(product.asin).toMatch(/^B0RRO[0-9A-Z]{5}$/)
      expect(product.titleNouns.length).toBeGreaterThan(1)
      expect(product.attributes.length).toBeGreaterThanOrEqual(3)
      expect(product.bulletPoints.length).toBeGreaterThanOrEqual(3)
      expect(product.bulletPoints.length).toBeLessThanOrEqual(6)
    }
  })

  it('never offers one option value twice, nor one that is a button', () => {
    const buttons = [
      'description',
      'features',
      'reviews',
      'attributes',
      'buy now',
      'back to search',
      '< prev',
      'search',
    ]
    for (const product of catalogue.products) {
      const values = [...product.options.values()].flat()
      expect(new Set(values).size).toBe(values.length)
      expect(values.filter((value) => buttons.includes(value))).toEqual([])
    }
  })

  it('has at least 1,000 goals, 200 of them in dev and 200 in test', () => {
    const sizes = SPLITS.map((split) => shop.tasks(split).length)
    console.log(`goals: ${SPLITS.map((split, i) => `${split} ${sizes[i]}`).join(', ')}`)
    expect(catalogue.goals.length).toBeGreaterThanOrEqual(1000)
    for (const size of sizes) expect(size).toBeGreaterThanOrEqual(200)
    expect(new Set(catalogue.goals.map((goal) => goal.instruction)).size).toBe(catalogue.goals.length)
  })

  it('keeps a brand’s line of one kind of product, its family, within one split', () => {
    const splits = new Map<string, string>()
    const sizes = new Map<string, number>()
    for (const product of catalogue.products) {
      const family = familyOf(product.title, product.query)
      sizes.set(family, (sizes.get(family) ?? 0) + 1)
    }
    for (const goal of catalogue.goals) {
      const family = familyOf(goal.title, goal.query)
      expect(splits.get(family) ?? goal.split, family).toBe(goal.split)
      splits.set(family, goal.split)
    }
    expect(sizes.size).toBeGreaterThan(150)
    for (const [family, size] of sizes) {
      expect(size, family).toBeGreaterThanOrEqual(4)
      expect(size, family).toBeLessThanOrEqual(8)
    }
  })

  it('asks in many ways: no sentence shape makes more than three in a hundred instructions', () => {
    const shapes = new Map<string, number>()
    for (const { assignment_id } of human) shapes.set(assignment_id, (shapes.get(assignment_id) ?? 0) + 1)
    expect(shapes.size).toBeGreaterThan(100)
    expect(Math.max(...shapes.values()) / human.length).toBeLessThan(0.03)
    const starts = new Map<string, number>()
    for (const { instruction } of human) {
      const start = instruction.split(' ').slice(0, 4).join(' ')
      starts.set(start, (starts.get(start) ?? 0) + 1)
    }
    expect(Math.max(...starts.values()) / human.length).toBeLessThan(0.05)
  })

  it('names a limit in most instructions and none in a share of them', () => {
    const free = catalogue.goals.filter((goal) => goal.priceUpper === 1_000_000).length / catalogue.goals.length
    expect(free).toBeGreaterThan(0.1)
    expect(free).toBeLessThan(0.25)
  })

  it('lets an expert earn exactly 1 on every goal within ten actions', () => {
    const missed = catalogue.goals
      .map((goal) => ({ goal, ...outcome(goal, expert(goal)) }))
      .filter(({ reward, actions }) => reward !== 1 || actions > MOST_ACTIONS)
      .map(({ goal, reward, actions }) => `${goal.asin} ${reward} in ${actions}: ${goal.instruction}`)
    expect(missed).toEqual([])
  })

  it('leaves a shopper who only matches words between 0.45 and 0.75', () => {
    const rewards = new Map(catalogue.goals.map((goal) => [goal, outcome(goal, greedy(goal)).reward]))
    const all = [...rewards.values()]
    const bySplit = SPLITS.map((split) => {
      const own = catalogue.goals.filter((goal) => goal.split === split).map((goal) => rewards.get(goal) ?? 0)
      return `${split} ${mean(own).toFixed(3)}`
    })
    const perfect = all.filter((reward) => reward === 1).length / all.length
    console.log(`greedy shopper: mean ${mean(all).toFixed(3)} (${bySplit.join(', ')}), perfect ${perfect.toFixed(3)}`)
    expect(mean(all)).toBeGreaterThan(0.45)
    expect(mean(all)).toBeLessThan(0.75)
  })
})

const BRANDS = new Map<string, string>()

/** Brand and query: within one kind of product each brand has one family. */
function familyOf(title: string, query: string): string {
  let brand = BRANDS.get(title)
  if (brand === undefined) {
    const items = JSON.parse(readFileSync(new URL('items_shuffle.json', FOLDER), 'utf8')) as readonly {
      readonly name: string
      readonly brand: string
    }[]
    for (const item of items) BRANDS.set(item.name, item.brand)
    brand = BRANDS.get(title) ?? ''
  }
  return `${brand} / ${query}`
}
