/** A catalogue from official files of any origin: its goals are those of the setup, or those that upstream makes. */
import type { Result } from '../../../core/failure.ts'
import { checkedRecord } from './checked-record.ts'
import { type GoalKind, upstreamGoals } from './goals.ts'
import type { CatalogueFiles } from './official-files.ts'
import { type Catalogue, type ReadOptions, readCatalogue } from './read-catalogue.ts'
import { setupGoals } from './setup-goals.ts'

export type { Catalogue } from './read-catalogue.ts'

export interface CatalogueOptions extends ReadOptions {
  /** Which goals to make where no setup lists them; by default human ones if their file is there. */
  readonly goals?: GoalKind
}

/** Failures: those of `readCatalogue`. */
export function loadCatalogue(files: CatalogueFiles, options: CatalogueOptions = {}): Result<Catalogue> {
  const catalogue = readCatalogue(files, options, checkedRecord, (sources, setup) =>
    setup === undefined ? upstreamGoals(sources, options.goals, options.seed ?? 0) : setupGoals(sources, setup),
  )
  // Of a million products it takes seconds: while they are read, and not in the middle of a run.
  if (catalogue.ok) void catalogue.value.index
  return catalogue
}
