/** Every row of `npm run bench`: what it measures, by the name under which its numbers stand in the results. */
import type { BenchOptions } from './arguments.ts'
import { benchCollect } from './collect.ts'
import { comparisonRows } from './compare-methods.ts'
import { growthRows } from './cost-growth.ts'
import { benchDatasetMemory } from './dataset-memory.ts'
import { engineRows } from './engine.ts'
import { benchKeptShop } from './kept-shop.ts'
import { benchLanguageModel } from './language-model.ts'
import { benchMerge, benchSmallMerge } from './merge-memory.ts'
import { modelLoopRows } from './model-loop/overhead.ts'
import { pageRows } from './page.ts'
import { benchPageDatasetMemory } from './page-dataset-memory.ts'
import { benchPageEngine } from './page-engine.ts'
import { benchPageLanguageModel } from './page-language-model.ts'
import { benchPageShop } from './page-shop.ts'
import { benchPageWebGpu } from './page-web-gpu.ts'
import { benchPeerLanguageModel } from './peers/language-model.ts'
import { benchPeerSearch } from './peers/search.ts'
import { benchPeerSql } from './peers/sql.ts'
import { sqlRows } from './sql.ts'

/** Numbers by name, nested, or undefined where what a row looks at is not there. */
export type Row = () => Promise<unknown>

type RowOptions = Pick<BenchOptions, 'hostile' | 'mergeTasks' | 'official'>

/** Whatever the options are. */
export const ROW_NAMES: readonly string[] = Object.keys(rowsOf({ hostile: 1, mergeTasks: 1, official: '' }))

export function rowsOf(options: RowOptions): Readonly<Record<string, Row>> {
  return {
    ...engineRows,
    ...comparisonRows,
    ...growthRows,
    ...sqlRows(options),
    'shop.kept': () => benchKeptShop(),
    languageModel: benchLanguageModel,
    ...modelLoopRows,
    'collect.requests': () => benchCollect(),
    'collect.merge': () => benchMerge(),
    'collect.mergeSmall': () => benchSmallMerge(options.mergeTasks),
    datasets: () => benchDatasetMemory(),
    'peers.search': benchPeerSearch,
    'peers.languageModel': benchPeerLanguageModel,
    'peers.sql': () => benchPeerSql(options.official),
    ...pageRows,
    pageEngine: benchPageEngine,
    pageLanguageModel: benchPageLanguageModel,
    pageWebGpu: benchPageWebGpu,
    pageDatasets: () => benchPageDatasetMemory(),
    pageShop: () => benchPageShop(),
  }
}

/** The results with one row more, whose name may lead inside: `engine.fold`. */
export function withRow(results: object, name: string, value: unknown): object {
  const [first = '', ...rest] = name.split('.')
  const held = (results as Readonly<Record<string, unknown>>)[first]
  if (rest.length === 0) return { ...results, [first]: value }
  const inside = typeof held === 'object' && held !== null ? held : {}
  return { ...results, [first]: withRow(inside, rest.join('.'), value) }
}
