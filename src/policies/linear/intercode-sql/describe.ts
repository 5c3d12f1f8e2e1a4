/** The features of every action of a state, row by row in the order of the actions. */
import { SQL_COLUMN as COLUMN, SQL_WIDTH } from './features.ts'
import { type Fit, overall } from './fit.ts'
import { fitIn, type SqlMemory, workedOf } from './memory.ts'
import type { Offer, Scene } from './offer.ts'
import { offersOf } from './offers.ts'

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
  const { shown } = memory
  let missing = 0
  let overlap = 0
  let bestFit = 0
  for (const offer of list) {
    if (offer.kind === 'describe') {
      overlap = Math.max(overlap, offer.overlap)
      if (offer.overlap > 0.4) missing++
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
  const { shown, last, asked, steps } = memory
  const ran = last.went === 'one' || last.went === 'many'
  switch (offer.kind) {
    case 'show':
      rows[at + COLUMN['show.tables']] = 1
      break
    case 'guess':
      rows[at + COLUMN['show.guess']] = 1
      break
    case 'describe': {
      const { overlap } = offer
      rows[at + COLUMN['describe.table']] = 1
      rows[at + COLUMN['describe.overlap']] = overlap
      if (offer.linked) rows[at + COLUMN['describe.linked']] = 1
      if (overlap > 0 && overlap === scene.overlap) rows[at + COLUMN['describe.first']] = 1
      rows[at + COLUMN['describe.known']] = Math.min(1, shown.described.length / 4)
      if (scene.missing === 0 && shown.described.length > 0) rows[at + COLUMN['describe.enough']] = 1
      if (asked.length > 0) rows[at + COLUMN['describe.after-query']] = 1
      break
    }
    case 'peek':
      rows[at + COLUMN['peek.rows']] = 1
      if (last.went === 'empty') rows[at + COLUMN['peek.after-empty']] = 1
      break
    case 'compose':
    case 'repair': {
      rows[at + (offer.kind === 'compose' ? COLUMN['query.compose'] : COLUMN['query.repair'])] = 1
      if (offer.kind === 'compose') rows[at + COLUMN['query.prior']] = Math.max(-2, offer.prior / 4)
      if (asked.includes(offer.action)) rows[at + COLUMN['query.asked']] = 1
      if (ran) rows[at + COLUMN['query.after-rows']] = 1
      rows[at + COLUMN['query.missing']] = Math.min(3, scene.missing)
      const { fit } = offer
      if (fit === undefined) break
      describeFit(fit, rows, at)
      if (offer.kind === 'compose') break
      const poor = last.went === 'empty' || last.went === 'error'
      if (poor && (offer.edit === 'where' || offer.edit === 'join' || offer.edit === 'aggregate'))
        rows[at + COLUMN['repair.poor']] = 1
      rows[at + COLUMN['repair.gain']] = clamp((overall(fit) - lastFit) / 2)
      if (offer.edit === 'order' || offer.edit === 'limit' || offer.edit === 'distinct')
        rows[at + COLUMN['repair.tidy']] = 1
      break
    }
    case 'submit': {
      rows[at + COLUMN['submit.now']] = 1
      if (last.went === 'error') rows[at + COLUMN['submit.error']] = 1
      else if (last.went === 'empty') rows[at + COLUMN['submit.empty']] = 1
      else if (!ran) rows[at + COLUMN['submit.schema']] = 1
      if (last.plan !== undefined) rows[at + COLUMN['submit.values']] = fitIn(workedOf(memory), last.plan).values
      rows[at + COLUMN['submit.fit']] = clamp(lastFit / FULL_FIT)
      rows[at + COLUMN['submit.falls-short']] = clamp((scene.bestFit - lastFit) / 2)
      rows[at + COLUMN['submit.late']] = Math.min(1, Math.max(0, (steps - 5) / 4))
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
