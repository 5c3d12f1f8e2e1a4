/** What the embedded policy sees of an action on WebShop: every feature by name, with its meaning. */
import type { Feature } from '../action-space.ts'

/**
 * "Covered" counts the instruction's content words (stems) found in what has been read of a product: its title, the
 * options chosen, and the description and features if their pages were opened.
 */
const MEANINGS = {
  'search.coverage': "share of the instruction's words in the query",
  'search.first': 'the query has the first phrase of the instruction, usually the thing itself',
  'search.single': 'the query is one phrase and nothing else',
  'search.sentence': 'the query is the instruction as it stands, filler words and all',
  'search.asked': 'this query was asked before',

  'product.overlap': "share of the instruction's words in the title",
  'product.first': 'share of the first phrase in the title',
  'product.best': 'no other title on the page shares more words',
  'product.over-limit': 'the price is above the limit named',
  'product.rank': 'place on the page, 0 to 0.9',
  'product.opened': 'was opened before',

  'page.next': 'go to the next page of results',
  'page.next-best': 'next page, times the best overlap on this one',
  'page.next-depth': 'next page, times the number of this one',
  'page.prev': 'go to the previous page of results',
  'page.back': 'back from the results to a new search',
  'page.back-best': 'new search, times the best overlap on this page',

  'option.click': 'choose some option',
  'option.named': 'the value stands in the instruction word for word',
  'option.share': "share of the value's words in the instruction",
  'option.best': 'no other value of its group shares more words with the instruction (and it shares some)',
  'option.other-chosen': 'another value of its group is chosen already',
  'option.chosen': 'this very value is chosen already',

  'buy.click': 'buy the product',
  'buy.coverage': "share of the instruction's words covered",
  'buy.first': 'share of the first phrase in the title',
  'buy.over-limit': 'the price is above the limit named',
  'buy.unchosen': 'option groups with a value that stands in the instruction, none chosen (count)',
  'buy.falls-short': 'overlap of the best title seen in the episode minus that of this one',
  'buy.late': 'how far past the sixth action, 0 to 1',

  'read.description': 'open the description',
  'read.features': 'open the features',
  'read.again': 'this page of this product was read before',
  'read.uncovered': "share of the instruction's words not covered yet",

  'leave.prev': 'back from the product to the results',
  'leave.back': 'back from the product to a new search',
  'leave.coverage': "share of the instruction's words covered",
  'leave.over-limit': 'the price is above the limit named',
  'leave.falls-short': 'overlap of the best title seen in the episode minus that of this one',
  'leave.late': 'how far past the sixth action, 0 to 1',
} as const

export type FeatureName = keyof typeof MEANINGS

export const WEBSHOP_FEATURES: readonly Feature[] = Object.entries(MEANINGS).map(([name, meaning]) => ({
  name,
  meaning,
}))

/** Changes whenever a feature or the list of actions changes its meaning. */
export const WEBSHOP_VERSION = 'webshop 1'

export const WIDTH = WEBSHOP_FEATURES.length

/** Column of each feature. */
export const COLUMN = Object.fromEntries(WEBSHOP_FEATURES.map(({ name }, i) => [name, i])) as Readonly<
  Record<FeatureName, number>
> // made from the same table
