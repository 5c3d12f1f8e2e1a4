/** The way to a stored cell, computed again on this thread, and held against what is stored. */
import type { Cell } from '../../core/comparison/cell.ts'
import type { Comparison } from '../../core/comparison/comparison.ts'
import { failure, type Result, success } from '../../core/failure.ts'
import { retrace, type Stretch } from '../../training/study/retrace.ts'
import type { ComparisonPorts } from './comparison-session.ts'
import { type Ground, type GroundPorts, sourceOf } from './ground.ts'
import { studyWorld } from './study-jobs.ts'

interface RetracedPorts extends Pick<GroundPorts, 'loader' | 'known'>, Pick<ComparisonPorts, 'emit' | 'busy'> {}

/** On the data at hand: its files are not read again. Tells how far it has come. @param left nobody waits for it any more */
export async function retraced(
  ports: RetracedPorts,
  comparison: Comparison,
  { own }: Ground,
  cell: Cell,
  left: AbortSignal,
): Promise<Result<readonly Stretch[]>> {
  const source = await sourceOf(ports, comparison)
  const world = source.ok ? await studyWorld(ports.loader, comparison, own, source.value) : source
  if (!world.ok) return world
  const told = (policyCalls: number): void => {
    if (!ports.busy()) ports.emit({ type: 'stretches', share: Math.min(1, policyCalls / cell.budget) })
  }
  const stretches = await retrace(world.value, comparison, cell.arm, cell, { signal: left, told }).catch(
    (thrown: unknown) => {
      if (left.aborted) return undefined
      throw thrown
    },
  )
  if (stretches === undefined) return failure('cell-left', 'This was left before it was found out. Ask for it again.')
  if (leadsTo(stretches, cell)) return success(stretches)
  const words = 'Explored again, this cell comes out otherwise than it is stored: another version of RRO Lab made it.'
  return failure(
    'cell-differs',
    `${words} What is behind it cannot be shown. Run the comparison once more to see that.`,
  )
}

/** Whether it cost what the cell has cost, round by round, and comes to its weights. */
function leadsTo(stretches: readonly Stretch[], { rounds, weights }: Cell): boolean {
  const spent = (round: number): number =>
    stretches.reduce((sum, stretch) => sum + (stretch.round > round ? 0 : stretch.policyCalls), 0)
  const last = stretches.at(-1)?.after
  return (
    rounds.every(({ policyCalls }, round) => policyCalls === spent(round)) &&
    last?.length === weights.length &&
    weights.every((weight, i) => weight === last[i])
  )
}
