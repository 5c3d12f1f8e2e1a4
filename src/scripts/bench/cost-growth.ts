/**
 * What tasks, events, products and statements cost over three decades of each, and the exponents by which that grows, held against
 * n log n. Time is the processor's; memory is what stays of it after a collection. It informs, and never fails.
 */
import { exploreRun } from '../../core/exploration/explore-run.ts'
import { drawTasks, runHeader } from '../../core/exploration/run-plan.ts'
import { unwrap } from '../../core/failure.ts'
import type { RunEvent } from '../../core/log/events.ts'
import { foldRun } from '../../core/log/fold-run.ts'
import { stream } from '../../core/random.ts'
import { DEFAULT_CONFIG } from '../../core/settings/settings.ts'
import { search } from '../../environments/webshop/search/search.ts'
import { buildIndex } from '../../environments/webshop/search/search-index.ts'
import { openSession } from '../../mysql/index.ts'
import { loadShippedWorld } from '../../node/node-lab.ts'
import type { World } from '../../worker/worlds/world.ts'
import { shippedSql } from './gold-statements.ts'
import { growthOf, type Point } from './growth.ts'
import { heldBytes } from './held-bytes.ts'
import { rounded } from './measure.ts'

/** What is measured. @returns what is kept of it, whose memory counts */
type Work = () => unknown
/** What comes before it for n of something, and does not count. */
type Preparing = (n: number) => Work | Promise<Work>

/** Less than this is noise, of the clock and of the heap. */
const LEAST = { cpuMs: 2, megabytes: 0.2 } as const

export const growthRows = {
  'growth.tasks': () => growth(10, exploringTasks),
  'growth.events': async () => growth(1_000, await foldingEvents()),
  'growth.products': () => growth(100, indexingProducts),
  'growth.searches': () => growth(100, searchingProducts),
  'growth.statements': async () => growth(100, await askingStatements()),
}

/** @param first of four numbers, each ten times the one before */
async function growth(first: number, prepare: Preparing) {
  const numbers = [first, 10 * first, 100 * first, 1_000 * first]
  const costs: { n: number; cpuMs: number; megabytes: number }[] = []
  // What lingers of one is a tenth of the next.
  for (const n of numbers) costs.push({ n, ...(await costOf(prepare, n)) })
  // The smaller ones once more, with code that is compiled by now.
  for (const cost of costs.slice(0, -1)) cost.cpuMs = (await costOf(prepare, cost.n)).cpuMs
  const pointsOf = (of: 'cpuMs' | 'megabytes') => costs.map((cost): Point => ({ n: cost.n, cost: cost[of] }))
  return {
    cpuMs: told(pointsOf('cpuMs'), LEAST.cpuMs),
    megabytes: told(pointsOf('megabytes'), LEAST.megabytes),
  }
}

async function costOf(prepare: Preparing, n: number): Promise<{ readonly cpuMs: number; readonly megabytes: number }> {
  const work = await prepare(n)
  const before = await heldBytes()
  const begun = process.cpuUsage()
  const kept = [await work()]
  const { user, system } = process.cpuUsage(begun)
  const megabytes = ((await heldBytes()) - before) / 1e6
  kept.pop() // until here
  return { cpuMs: (user + system) / 1000, megabytes }
}

function told(points: readonly Point[], least: number) {
  const { exponent, nLogN, verdict } = growthOf(points, least)
  const short = (value: number | undefined) => (value === undefined ? value : rounded(value))
  const of = Object.fromEntries(points.map(({ n, cost }) => [n, rounded(cost)]))
  return { exponent: short(exponent), nLogN: short(nLogN), verdict, of }
}

/** Explored from the beginning by an agent that has read nothing yet, each event let go. */
async function exploringTasks(tasks: number): Promise<Work> {
  const world = unwrap(await loadShippedWorld())
  return async () => {
    for await (const _ of explored(world, tasks)) void _
    return world
  }
}

/** A log folded into the numbers of its run. */
async function foldingEvents(): Promise<Preparing> {
  const events: RunEvent[] = []
  for await (const event of explored(unwrap(await loadShippedWorld()), 100)) events.push(event)
  return (n) => {
    const log = Array.from({ length: n }, (_, i) => events[i % events.length] as RunEvent) // never empty
    return () => foldRun(log)
  }
}

function explored(world: World, tasks: number) {
  const config = { ...DEFAULT_CONFIG, tasks }
  const drawn = drawTasks(config, world.tasks('train'))
  return exploreRun({ header: runHeader(config, world.made), actor: world.actor, tasks: drawn })
}

const WORDS = 60

/** Made-up texts, whose words grow in number with them, as those of a language do (Heaps' law), a few of them common. */
function madeUpTexts(n: number) {
  const random = stream(1).child('bench', 'growth')
  const word = () => `w${Math.floor(20 * n ** 0.6 * random.next() ** 4)}`
  return Array.from({ length: n }, (_, i) => ({
    id: `D${String(i).padStart(7, '0')}`,
    text: Array.from({ length: WORDS }, word).join(' '),
  }))
}

function indexingProducts(n: number): Work {
  const texts = madeUpTexts(n)
  return () => buildIndex(texts)
}

/** A hundred queries of ten words, each for the 50 best of n. */
function searchingProducts(n: number): Work {
  const texts = madeUpTexts(n)
  const index = buildIndex(texts)
  const queries = texts.slice(0, 100).map(({ text }) => text.split(' ').slice(0, 10).join(' '))
  return () => queries.map((query) => search(index, query, 50).length)
}

/** Statements that a session meets for the first time; it keeps answers as far as it keeps any. */
async function askingStatements(): Promise<Preparing> {
  const { engine, data } = await shippedSql()
  return (n) => {
    const session = openSession(engine, data.databases)
    return () => {
      for (let i = 0; i < n; i++) {
        const { database, gold } = data.tasks[i % data.tasks.length] as (typeof data.tasks)[number] // never empty
        session.run({ database, writes: [] }, `${gold.replace(/;\s*$/, '')} -- ${i}`)
      }
      return session
    }
  }
}
