/**
 * Random walks of princeton-nlp/WebShop @64fa2a5's own text environment (with Flask 3.1 and BeautifulSoup 4.15) over a
 * made-up catalogue of everything that could upset a page: markup, quotes, accents, emoji, odd white space, options
 * named like buttons, page names among the keywords. upstream-walks.jsonl: the files, then one walk a line, each step
 * with a digest of both texts, search bar, address and clickables. Searches use `<c>` and `<q>`; rewards are not in it.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Digest } from '../../../src/core/digest.ts'
import type { WebShopState } from '../../../src/environments/webshop/types.ts'
import type { WebShop } from '../../../src/environments/webshop/webshop.ts'
import { createWebShop } from '../../../src/environments/webshop/webshop.ts'
import { catalogueOf, type MadeUp } from './made-up-shop.ts'

interface Walk {
  readonly showAttributes: boolean
  readonly goalIndex: number
  readonly instruction: string
  readonly steps: readonly (readonly [action: string | null, done: boolean, digest: string])[]
}

const lines = readFileSync(new URL('upstream-walks.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
const catalogue = catalogueOf(JSON.parse(lines[0] ?? '') as MadeUp) // our own file
const walks = lines.slice(1).map((line) => JSON.parse(line) as Walk)

function withoutScore(text: string): string {
  return text.replace(/(max 1\.0\)( \[SEP\] |\n))[\d.e-]+/, '$1')
}

function digest(shop: WebShop, state: WebShopState, session: string): string {
  const texts = [shop.render(state, 'text'), shop.render(state, 'text_rich')].map(withoutScore)
  const bar = String(shop.hasSearchBar(state))
  return new Digest()
    .add(...texts, bar, shop.url(state, session))
    .list(shop.clickables(state))
    .hex()
}

test.each(walks.map((walk, i) => [i, walk] as const))('walk %i reads as upstream, page by page', (_, walk) => {
  const goals = catalogue.goals.map((goal, i) =>
    i === walk.goalIndex ? { ...goal, instruction: walk.instruction } : goal,
  )
  const shop = createWebShop({ ...catalogue, goals }, { showAttributes: walk.showAttributes })
  const goal = goals[walk.goalIndex]
  if (goal === undefined) throw new Error(`There is no goal ${walk.goalIndex}.`)
  let state = shop.reset(goal)
  for (const [action, done, recorded] of walk.steps) {
    if (action !== null) {
      const next = shop.step(state, action)
      state = next.state
      expect(next.done, action).toBe(done)
    }
    expect(digest(shop, state, String(walk.goalIndex)), `after ${action}:\n${shop.render(state, 'text_rich')}`).toBe(
      recorded,
    )
  }
})
