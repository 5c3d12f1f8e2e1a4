/** Agents and comparisons of a backup into the library. An agent is known by its weights, a cell by what it was made of. */
import { type Result, success } from '../../core/failure.ts'
import { parseAgentRecord } from '../../store/agent-record.ts'
import { parseCell, parseComparisonRecord } from '../../store/comparison-record.ts'
import type { ComparisonStore } from '../../store/comparison-store.ts'
import { MODEL_VERSION, type ModelRecord } from '../../store/model-record.ts'
import type { Store } from '../../store/store.ts'
import { cleanName, newRunId } from '../runs/run-names.ts'
import type { BackupPart } from './backup-reader.ts'
import { Pieces } from './model-pieces.ts'
import type { Tally } from './tally.ts'

/** What takes back what was added, in the order in which it was. */
export type Undo = (() => Promise<unknown>)[]

type Other = Exclude<BackupPart, { type: 'library-run' }>

export function restoreOther(
  store: Store,
  counts: { readonly agents: Tally; readonly comparisons: Tally },
  undo: Undo,
): (part: Other) => Promise<Result<unknown>> {
  /** Takes the cells that follow on a comparison. */
  let cells: ((cell: unknown) => Promise<Result<unknown>>) | undefined
  const pieces = new Pieces()
  return async (part) => {
    if (part.type === 'library-model') return success(pieces.add(part))
    if (part.type === 'library-agent') return restoreAgent(store, part.record, { counts: counts.agents, undo, pieces })
    if (part.type === 'library-cell') return (await cells?.(part.cell)) ?? success(true)
    if (part.type !== 'library-comparison') return success(true)
    const comparisons = await store.comparisons()
    if (!comparisons.ok) return comparisons
    const begun = await restoreComparison(comparisons.value, part.record, counts.comparisons, undo)
    if (begun.ok) cells = begun.value
    return begun
  }
}

async function restoreAgent(
  store: Store,
  given: unknown,
  { counts, undo, pieces }: { readonly counts: Tally; readonly undo: Undo; readonly pieces: Pieces },
): Promise<Result<unknown>> {
  const record = parseAgentRecord(given)
  if (!record.ok) return record
  const agents = store.smallRecords('agents')
  const { model } = record.value
  const zip = pieces.take(model)
  const known = await agents.get(model)
  if (!known.ok) return known
  counts[known.value === undefined ? 'added' : 'known']++
  if (known.value !== undefined) return success(true)
  if (zip !== undefined) {
    undo.push(() => store.smallRecords('models').remove(model))
    const kept = await store
      .smallRecords('models')
      .put(model, { version: MODEL_VERSION, model, zip } satisfies ModelRecord)
    if (!kept.ok) return kept
  }
  undo.push(() => agents.remove(model))
  return agents.put(model, { ...record.value, name: cleanName(record.value.name) ?? 'Restored agent' })
}

/** @returns what takes its cells */
async function restoreComparison(
  comparisons: ComparisonStore,
  given: unknown,
  counts: Tally,
  undo: Undo,
): Promise<Result<(cell: unknown) => Promise<Result<unknown>>>> {
  const record = parseComparisonRecord(given)
  if (!record.ok) return record
  const stored = await comparisons.get(record.value.id)
  if (!stored.ok) return stored
  const here = stored.value === undefined ? undefined : parseComparisonRecord(stored.value)
  const same = here?.ok === true && JSON.stringify(here.value.words) === JSON.stringify(record.value.words)
  const id = here === undefined || same ? record.value.id : newRunId()
  counts[same ? 'known' : here === undefined ? 'added' : 'copied']++
  if (!same) {
    undo.push(() => comparisons.remove(id))
    const name = cleanName(record.value.name) ?? 'Restored comparison'
    const added = await comparisons.add({ ...record.value, id, name })
    if (!added.ok) return added
  }
  const cells = await comparisons.cells(id)
  if (!cells.ok) return cells
  const known = new Set(cells.value.map(placeOf))
  return success(async (value) => {
    const cell = parseCell(value)
    if (cell === undefined || known.has(placeOf(cell))) return success(true)
    known.add(placeOf(cell))
    return comparisons.addCells(id, [cell])
  })
}

function placeOf(cell: unknown): string {
  const { arm, seed, budget } = (cell ?? {}) as Readonly<Record<string, unknown>> // looked at, not trusted
  return [arm, seed, budget].join()
}
