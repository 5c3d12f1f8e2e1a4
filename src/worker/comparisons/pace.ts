/** How quick this machine is at comparisons: episodes of the start policy, played by the clock. */
import type { Comparison } from '../../core/comparison/comparison.ts'
import { warmUpOf } from '../../core/comparison/expected-work.ts'
import { failure, type Result, success } from '../../core/failure.ts'
import { stream } from '../../core/random.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import { evaluate } from '../../training/evaluation.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { OwnAgent } from '../worlds/world.ts'
import type { WorldSource } from '../worlds/world-source.ts'

/**
 * On this thread, where the data is at hand already, giving way after each episode.
 *
 * @param now milliseconds from any origin
 * @returns how many times as long as on the machine where the costs were measured; above 0
 */
export async function paceOf(
  source: Pick<WorldSource, 'world'>,
  comparison: Comparison,
  own: OwnAgent | undefined,
  now: () => number,
): Promise<Result<number>> {
  const { before, timed, seconds, start } = warmUpOf(comparison)
  const { config } = parseConfig({ environment: comparison.environment, model: start })
  const world = await source.world(config, own)
  if (!world.ok) return world
  const { policy, tasks } = world.value
  const all = tasks(comparison.split)
  if (policy === undefined || all.length === 0)
    return failure('pace-unknown', 'There is nothing to play: how quick this machine is cannot be measured.')
  /** Milliseconds that so many episodes take, without what others do on this thread in between. */
  const played = async (from: number, count: number): Promise<number> => {
    const some = Array.from({ length: count }, (_, i) => all[(from + i) % all.length]).filter(
      (task) => task !== undefined,
    )
    let spentMs = 0
    let begunMs = now()
    const breathe = async (): Promise<void> => {
      spentMs += now() - begunMs
      await macrotask()
      begunMs = now()
    }
    await evaluate(policy, some, stream(from), {
      ...{ temperature: 1, stepLimit: config.stepLimit, episodesPerTask: 1, breathe },
    })
    return spentMs
  }
  await played(0, before)
  return success(Math.max(1, await played(before, timed)) / 1000 / seconds)
}
