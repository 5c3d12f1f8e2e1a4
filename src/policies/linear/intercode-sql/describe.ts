/** The features of every action of a state, row by row in the order of the actions. */
import { SQL_COLUMN as COLUMN, SQL_WIDTH } from './features.ts'
import { type Fit, overall } from './fit.ts'
import { fitIn, mentionIn, type SqlMemory, workedOf } from './memory.ts'
import type { Offer, Scene } from './offer.ts'
import { isLinked, offersOf } from './offers.ts'

/** `overall` of a query that agrees in every aspect is about this. */
const FULL_FIT = 6

export function describeSqlActions(memory: SqlMemory, actions: readonly string[], rows: Float64Array): void {
  const offers = offersOf(memory)
  const { list } = offers
  offers.scene ??= sceneOf(memory, list)
  const { plan } = memory.last
  const lastFit = plan === undefined || memory.shown.described.length === 0 ? 0 : overall(fitIn(workedOf(memory), plan))
  for (let i = 0, at = 0; i < actions.length; i++, at += SQL_WIDTH) {
    // Callers hand back the very list they were given; others are looked up.
    const offer = list[i]?.action === actions[i] ? list[i] : list.find(({ action }) => action === actions[i])
    if (offer !== undefined) describeOffer(memory, offers.scene, lastFit, offer, rows, at)
  }
}

function sceneOf(memory: SqlMemory, list: readonly Offer[]): Scene {
  const { shown, reading } = memory
  let missing = 0
  let overlap = 0
  let bestFit = 0
  for (const offer of list) {
    if (offer.kind === 'describe' && offer.table !== undefined) {
      const { score } = mentionIn(reading, offer.table)
      overlap = Math.max(overlap, score)
      if (score > 0.4) missing++
    }
    if (offer.plan === undefined || shown.described.length === 0) continue
    offer.fit ??= fitIn(workedOf(memory), offer.plan)
    bestFit = Math.max(bestFit, overall(offer.fit))
  }
  return { missing, overlap, bestFit }
}

function describeOffer(
  memory: SqlMemory,
  scene: Scene,
  lastFit: number,
  offer: Offer,
  rows: Float64Array,
  at: number,
): void {
  const { shown, reading, last, asked, steps } = memory
  const set = (name: keyof typeof COLUMN, value: number): void => {
    rows[at + COLUMN[name]] = value
  }
  const ran = last.went === 'one' || last.went === 'many'
  switch (offer.kind) {
    case 'show':
      set('show.tables', 1)
      break
    case 'guess':
      set('show.guess', 1)
      break
    case 'describe': {
      const { score } = mentionIn(reading, offer.table ?? '')
      set('describe.table', 1)
      set('describe.overlap', score)
      if (isLinked(shown.described, offer.table ?? '')) set('describe.linked', 1)
      if (score > 0 && score === scene.overlap) set('describe.first', 1)
      set('describe.known', Math.min(1, shown.described.length / 4))
      if (scene.missing === 0 && shown.described.length > 0) set('describe.enough', 1)
      if (asked.length > 0) set('describe.after-query', 1)
      break
    }
    case 'peek':
      set('peek.rows', 1)
      if (last.went === 'empty') set('peek.after-empty', 1)
      break
    case 'compose':
    case 'repair': {
      set(offer.kind === 'compose' ? 'query.compose' : 'query.repair', 1)
      if (offer.kind === 'compose') set('query.prior', Math.max(-2, offer.prior / 4))
      if (asked.includes(offer.action)) set('query.asked', 1)
      if (ran) set('query.after-rows', 1)
      set('query.missing', Math.min(3, scene.missing))
      const { fit } = offer
      if (fit === undefined) break
      describeFit(fit, rows, at)
      if (offer.kind === 'compose') break
      const poor = last.went === 'empty' || last.went === 'error'
      if (poor && (offer.edit === 'where' || offer.edit === 'join' || offer.edit === 'aggregate')) set('repair.poor', 1)
      set('repair.gain', clamp((overall(fit) - lastFit) / 2))
      if (offer.edit === 'order' || offer.edit === 'limit' || offer.edit === 'distinct') set('repair.tidy', 1)
      break
    }
    case 'submit': {
      set('submit.now', 1)
      if (last.went === 'error') set('submit.error', 1)
      else if (last.went === 'empty') set('submit.empty', 1)
      else if (!ran) set('submit.schema', 1)
      if (last.plan !== undefined) set('submit.values', fitIn(workedOf(memory), last.plan).values)
      set('submit.fit', clamp(lastFit / FULL_FIT))
      set('submit.falls-short', clamp((scene.bestFit - lastFit) / 2))
      set('submit.late', Math.min(1, Math.max(0, (steps - 5) / 4)))
    }
  }
}

function describeFit(fit: Fit, rows: Float64Array, at: number): void {
  rows[at + COLUMN['query.values']] = fit.values
  rows[at + COLUMN['query.aggregate']] = fit.aggregate
  rows[at + COLUMN['query.group']] = fit.group
  rows[at + COLUMN['query.order']] = fit.order
  rows[at + COLUMN['query.limit']] = fit.limit
  rows[at + COLUMN['query.negation']] = fit.negation
  rows[at + COLUMN['query.distinct']] = fit.distinct
  rows[at + COLUMN['query.average']] = fit.average
  rows[at + COLUMN['query.columns']] = fit.columns
  rows[at + COLUMN['query.unsaid']] = fit.unsaid
  rows[at + COLUMN['query.tables']] = fit.tables
  rows[at + COLUMN['query.joins']] = fit.joins
}

function clamp(value: number): number {
  return Math.max(-2, Math.min(2, value))
}
