/** What is behind the stored cells of the open comparison: runs that explore the same, and the policies of all who explored. */
import type { Cell } from '../../core/comparison/cell.ts'
import type { Comparison } from '../../core/comparison/comparison.ts'
import { failure, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import type { Stretch } from '../../training/study/retrace.ts'
import type { CellPlace, CellStretch } from '../protocol/comparisons.ts'
import { agentBehind, type CellAgent, toldOf } from './cell-agent.ts'
import { type CellRun, exploredByOne, runBehind, type Way } from './cell-run.ts'
import { keyOf } from './cells.ts'
import type { ComparisonPorts } from './comparison-session.ts'
import { type GroundPorts, groundOf, loadedFor } from './ground.ts'

/** Of the open comparison, whose id it has. */
export interface StoredCell {
  readonly id: string
  readonly comparison: Comparison
  readonly cell: Cell
}

export interface BehindCellsPorts extends GroundPorts, Pick<ComparisonPorts, 'emit' | 'busy'> {
  stored(place: CellPlace): Result<StoredCell>
}

const NOT_KEPT = failure(
  'cell-language',
  'The weights of a language model are not kept for each cell: they are too many. Train it on a run, in “Agents”, to keep one.',
)

export class BehindCells {
  readonly #ports: BehindCellsPorts
  /** The way to the cell that somebody asked about last. */
  #last:
    | {
        readonly key: string
        readonly stretches: Promise<Result<readonly Stretch[]>>
        readonly left: AbortController
      }
    | undefined

  constructor(ports: BehindCellsPorts) {
    this.#ports = ports
  }

  /** The run that explores what is behind a cell. @param stretch its number, where several policies explored the cell */
  async run(place: CellPlace, stretch?: number): Promise<Result<CellRun>> {
    const stored = this.#ports.stored(place)
    if (!stored.ok) return stored
    const { id, comparison, cell } = stored.value
    const byOne = exploredByOne(comparison, cell)
    if (!byOne.ok) return byOne
    if (comparison.policy === 'transformer' && !byOne.value) return NOT_KEPT
    const way = byOne.value ? success(undefined) : await this.#way(stored.value, stretch)
    if (!way.ok) return way
    const loaded = await loadedFor(this.#ports, comparison)
    return loaded.ok ? runBehind(id, comparison, cell, way.value) : loaded
  }

  /** What was explored for a cell, policy by policy. */
  async stretches(place: CellPlace): Promise<Result<readonly CellStretch[]>> {
    const stored = this.#ports.stored(place)
    if (!stored.ok) return stored
    const { comparison, cell } = stored.value
    const explored = comparison.policy === 'transformer' ? NOT_KEPT : exploredByOne(comparison, cell)
    const stretches = explored.ok ? await this.#stretches(stored.value) : explored
    return stretches.ok ? success(toldOf(cell, stretches.value)) : stretches
  }

  /** The policy that came of a cell. @param stretch or of the way until there */
  async agent(place: CellPlace, stretch?: number): Promise<Result<CellAgent>> {
    const stored = this.#ports.stored(place)
    if (!stored.ok) return stored
    const { comparison, cell } = stored.value
    if (comparison.policy === 'transformer') return NOT_KEPT
    const way = stretch === undefined ? success(undefined) : await this.#way(stored.value, stretch)
    return way.ok ? success(agentBehind(comparison, cell, way.value)) : way
  }

  /** What is under way is broken off; what is known stays. */
  leave(): Result<true> {
    this.#last?.left.abort()
    return success(true)
  }

  async #way(stored: StoredCell, number: number | undefined): Promise<Result<Way>> {
    const stretches = await this.#stretches(stored)
    if (!stretches.ok) return stretches
    if (number !== undefined && stretches.value[number] !== undefined)
      return success({ stretches: stretches.value, number })
    const words = 'Several policies explored this cell, one after the other.'
    return failure('cell-stretch', `${words} Choose which of its rounds or updates it shall be.`)
  }

  /** What failed is tried again by the next who asks: the connection may be back. */
  async #stretches({ id, comparison, cell }: StoredCell): Promise<Result<readonly Stretch[]>> {
    const key = `${id} ${keyOf(cell)}`
    if (this.#last?.key !== key || this.#last.left.signal.aborted) {
      this.leave()
      const left = new AbortController()
      this.#last = { key, left, stretches: this.#retrace(comparison, cell, left.signal) }
    }
    const last = this.#last
    const stretches = await last.stretches.catch(() => undefined)
    if (!stretches?.ok && this.#last === last) this.#last = undefined
    return stretches ?? last.stretches
  }

  async #retrace(comparison: Comparison, cell: Cell, left: AbortSignal): Promise<Result<readonly Stretch[]>> {
    const ground = await groundOf(this.#ports, comparison)
    if (!ground.ok) return ground
    const code = await fetched(() => import('./retraced.ts'))
    return code.ok ? code.value.retraced(this.#ports, comparison, ground.value, cell, left) : code
  }
}
