/** What is behind the stored cells of the open comparison: runs that explore the same, and the policies of all who explored. */
import type { Cell } from '../../core/comparison/cell.ts'
import type { Comparison } from '../../core/comparison/comparison.ts'
import { failure, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import type { Stretch } from '../../training/study/retrace.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import type { CellPlace, CellStretch } from '../protocol/comparisons.ts'
import type { DataInfo } from '../protocol/data.ts'
import type { OwnAgent } from '../worlds/world.ts'
import { agentBehind, type CellAgent, toldOf } from './cell-agent.ts'
import { type CellRun, exploredByOne, runBehind, type Way } from './cell-run.ts'
import { keyOf } from './cells.ts'

/** Of the open comparison, whose id it has. */
export interface StoredCell {
  readonly id: string
  readonly comparison: Comparison
  readonly cell: Cell
}

export interface BehindCellsPorts {
  readonly loader: DataLoader
  stored(place: CellPlace): Result<StoredCell>
  /** The policy that a comparison starts from; undefined for one that ships with the page. */
  startOf(comparison: Comparison): Promise<Result<OwnAgent | undefined>>
  /** Of the data at hand. */
  origin(environment: Comparison['environment']): Promise<DataInfo['origin']>
}

export class BehindCells {
  readonly #ports: BehindCellsPorts
  /** The way to the cell that somebody asked about last. */
  #last: { readonly key: string; readonly stretches: Promise<Result<readonly Stretch[]>> } | undefined

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
    const way = byOne.value ? success(undefined) : await this.#way(stored.value, stretch)
    if (!way.ok) return way
    if ((await this.#ports.origin(comparison.environment)) === 'yours') {
      const words = 'This was explored on the data that ships with the page, and other data is loaded.'
      return failure('cell-other-data', `${words} Go back to the shipped data to open it.`)
    }
    return runBehind(id, comparison, cell, way.value)
  }

  /** What was explored for a cell, policy by policy. */
  async stretches(place: CellPlace): Promise<Result<readonly CellStretch[]>> {
    const stored = this.#ports.stored(place)
    if (!stored.ok) return stored
    const { comparison, cell } = stored.value
    const explored = exploredByOne(comparison, cell)
    const stretches = explored.ok ? await this.#stretches(stored.value) : explored
    return stretches.ok ? success(toldOf(cell, stretches.value)) : stretches
  }

  /** The policy that came of a cell. @param stretch or of the way until there */
  async agent(place: CellPlace, stretch?: number): Promise<Result<CellAgent>> {
    const stored = this.#ports.stored(place)
    if (!stored.ok) return stored
    const { comparison, cell } = stored.value
    const way = stretch === undefined ? success(undefined) : await this.#way(stored.value, stretch)
    return way.ok ? success(agentBehind(comparison, cell, way.value)) : way
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
    const last = this.#last?.key === key ? this.#last : { key, stretches: this.#retrace(comparison, cell) }
    this.#last = last
    const stretches = await last.stretches.catch(() => undefined)
    if (!stretches?.ok && this.#last === last) this.#last = undefined
    return stretches ?? last.stretches
  }

  async #retrace(comparison: Comparison, cell: Cell): Promise<Result<readonly Stretch[]>> {
    const own = await this.#ports.startOf(comparison)
    if (!own.ok) return own
    const code = await fetched(() => import('./retraced.ts'))
    return code.ok ? code.value.retraced(this.#ports.loader, comparison, own.value, cell) : code
  }
}
