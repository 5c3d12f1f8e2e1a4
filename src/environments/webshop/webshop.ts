/**
 * WebShop as an environment: a shopper's session as immutable states. Follows `WebAgentTextEnv.step` and
 * `SimServer.receive` of web_agent_site/envs/web_agent_text_env.py (princeton-nlp/WebShop @64fa2a5), quirks included:
 * a search acts on every page, even after buying; results have no last page; what is not on the page does nothing.
 *
 * A step renders nothing and builds no list: rollouts make hundreds of thousands a second.
 */
import { remembered } from '../../core/remembered.ts'
import type { Environment, Split, Task, Transition } from '../environment.ts'
import { parseAction } from './actions.ts'
import type { Catalogue } from './catalogue/catalogue.ts'
import { type ObservationMode, renderRichText, renderText } from './observation.ts'
import { clickablesOf, type ItemPage, itemPage, pageInUrl, urlOf, windowOf } from './pages.ts'
import { WEBSHOP_PROMPT } from './prompt.ts'
import { createQueries } from './queries.ts'
import { outcomeReward } from './reward/reward.ts'
import { doneState, indexState, itemState, resultsState, subPageState, turned } from './states.ts'
import type { Goal, Product, SubPage, WebShopState, WebShopView } from './types.ts'
import { viewOf } from './view.ts'

/** Item pages kept; the oldest goes first. A shop that is held whole has fewer products. */
const MOST_ITEM_PAGES = 50_000

export interface WebShopOptions {
  /** What `observe` gives; `text` (the default) is what IPR and ETO use. */
  readonly observation?: ObservationMode
  /** Whether item pages have the button `Attributes` (default false, as upstream). */
  readonly showAttributes?: boolean
}

export interface WebShop extends Environment<WebShopState, WebShopView> {
  readonly catalogue: Catalogue
  readonly observation: ObservationMode
  /** The goal behind a task, which only the reward may read. */
  goal(id: string): Goal | undefined
  /** A state's page in either mode, whatever `observe` gives. */
  render(state: WebShopState, mode: ObservationMode): string
  /** Texts that `click[...]` acts on, lower-cased, in upstream's order; a click on `search` alone does nothing. */
  clickables(state: WebShopState): readonly string[]
  /** Whether the page has a search bar. `search[...]` acts without one, too. */
  hasSearchBar(state: WebShopState): boolean
  /** Upstream's address of a state; `session` is by default the task's id. */
  url(state: WebShopState, session?: string): string
}

const SUB_PAGE_OF: ReadonlyMap<string, SubPage> = new Map([
  ['description', 'Description'],
  ['features', 'Features'],
  ['reviews', 'Reviews'],
  ['attributes', 'Attributes'],
])

/** `reset` throws for a task of another catalogue; `step` takes any string. */
export function createWebShop(catalogue: Catalogue, options: WebShopOptions = {}): WebShop {
  const observation = options.observation ?? 'text'
  const showAttributes = options.showAttributes ?? false
  const { products } = catalogue
  const find = createQueries(catalogue)
  const goals = new Map(catalogue.goals.map((goal) => [goal.id, goal]))
  const bySplit = new Map<Split, readonly Goal[]>()
  for (const split of ['train', 'dev', 'test'] as const)
    bySplit.set(
      split,
      catalogue.goals.filter((goal) => goal.split === split),
    )
  /** By ASIN. */
  const itemOfAsin = remembered((asin): ItemPage => itemPage(opened(asin), showAttributes), MOST_ITEM_PAGES)

  function opened(asin: string | undefined): Product {
    const product = asin === undefined ? undefined : products.get(asin)
    if (product === undefined) throw new Error(`The catalogue has no product ${asin}.`)
    return product
  }

  function itemOf({ page, asin }: WebShopState): ItemPage {
    if (asin === undefined) throw new Error(`State of page ${page} has no product.`)
    return itemOfAsin(asin)
  }

  function search(state: WebShopState, query: string): WebShopState {
    const found = find(query)
    return found === undefined ? state : resultsState(state, found.keywords, found.hits, 1)
  }

  function clickOnResults(state: WebShopState, text: string): WebShopState {
    if (text === 'back to search') return indexState(state.goal)
    if (text === 'next >') return turned(state, 1)
    if (text === '< prev') return state.pageNumber > 1 ? turned(state, -1) : state
    const asin = products.linked(text)
    if (asin === undefined) return state
    const [start, end] = windowOf(state.hits.length, state.pageNumber)
    for (let i = start; i < end; i++)
      if (state.hits[i] === asin) {
        const visited = state.visited.includes(asin) ? state.visited : [...state.visited, asin]
        return itemState(state, asin, visited, state.options)
      }
    return state
  }

  /** `receive` goes by the text before it looks at what was clicked, so an option called `description` opens the page. */
  function clickOnItem(state: WebShopState, text: string): WebShopState {
    const { offered, optionOf } = itemOf(state)
    const name = optionOf.get(text)
    if (name === undefined && !offered.has(text)) return state
    if (text === 'search') return state
    if (text === 'back to search') return indexState(state.goal)
    if (text === 'buy now') return bought(state)
    if (text === '< prev') return turned(state, pageInUrl(state) === 'search_results' ? -1 : 0)
    if (text === 'next >' && pageInUrl(state) === 'search_results') return turned(state, 1)
    const subPage = SUB_PAGE_OF.get(text)
    if (subPage !== undefined) return subPageState(state, subPage)
    if (name === undefined || state.options.get(name) === text) return state
    return itemState(state, state.asin, state.visited, new Map(state.options).set(name, text))
  }

  function clickOnSubPage(state: WebShopState, text: string): WebShopState {
    if (text === 'back to search') return indexState(state.goal)
    if (text !== '< prev') return state
    const believed = pageInUrl(state)
    if (believed === 'search_results') return turned(state, -1)
    if (believed === 'item_page') return turned(state, 0)
    return itemState(state, state.asin, state.visited, state.options)
  }

  function bought(state: WebShopState): WebShopState {
    const product = opened(state.asin)
    const reward = outcomeReward(product, state.goal, product.price, state.options) // what has none was refused on loading
    return doneState(state, reward)
  }

  function click(state: WebShopState, text: string): WebShopState {
    switch (state.page) {
      case 'search_results':
        return clickOnResults(state, text)
      case 'item_page':
        return clickOnItem(state, text)
      case 'item_sub_page':
        return clickOnSubPage(state, text)
      default: // `search`, the only button of the index page, is refused; the done page has none
        return state
    }
  }

  function step(state: WebShopState, action: string): Transition<WebShopState> {
    const parsed = parseAction(action)
    let next = state
    if (parsed?.name === 'search') next = search(state, parsed.argument)
    else if (parsed?.name === 'click') next = click(state, parsed.argument)
    const done = next !== state && next.page === 'done'
    return { state: next, reward: done ? (next.reward ?? 0) : 0, done }
  }

  function idle(state: WebShopState, action: string): string | undefined {
    if (step(state, action).state !== state) return undefined
    return `${idleWords(state, action)}: the page stayed as it was`
  }

  function idleWords(state: WebShopState, action: string): string {
    const { name, argument = '' } = parseAction(action) ?? {}
    if (name === 'search') return 'no such search'
    if (name !== 'click') return 'no action'
    if (!clickables(state).includes(argument)) return 'no such button'
    return argument === 'search' ? 'a search needs words' : 'already chosen'
  }

  function render(state: WebShopState, mode: ObservationMode): string {
    const context = { product: (asin: string) => products.get(asin), showAttributes }
    return mode === 'text' ? renderText(state, context) : renderRichText(state, context, url(state))
  }

  function clickables(state: WebShopState): readonly string[] {
    return clickablesOf(state, state.page === 'item_page' ? itemOf(state) : undefined)
  }

  function url(state: WebShopState, session = state.goal.id): string {
    return urlOf(state, session)
  }

  return {
    id: 'webshop',
    data: catalogue.data,
    minReward: 0,
    maxReward: 1,
    systemPrompt: WEBSHOP_PROMPT,
    catalogue,
    observation,
    tasks: (split) => bySplit.get(split) ?? [],
    task: (id) => goals.get(id),
    goal: (id) => goals.get(id),
    reset(task: Task) {
      const goal = goals.get(task.id)
      if (goal === undefined) throw new Error(`Task ${task.id} is not of this catalogue.`)
      return indexState(goal)
    },
    step,
    idle,
    observe: (state) => render(state, observation),
    view: (state) => viewOf(state, products, clickables(state)),
    render,
    clickables,
    hasSearchBar: (state) => state.page === 'index',
    url,
  }
}
