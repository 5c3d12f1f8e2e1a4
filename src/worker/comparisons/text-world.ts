/** Where the small language model is compared: fetched with the first of its comparisons. */
import type { Comparison } from '../../core/comparison/comparison.ts'
import { type Result, success } from '../../core/failure.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import { copiedReader } from '../../policies/transformer/language-model.ts'
import { readDemonstrations } from '../../training/expert.ts'
import type { TextStudyWorld } from '../../training/study/text-study.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import { macrotask } from '../machine/macrotask.ts'
import { loadExperts } from '../worlds/experts.ts'
import { shippedSource } from '../worlds/world-source.ts'

export { runTextArm } from '../../training/study/text-study.ts'

/** The shipped data with a language model that ships with the page, and the demonstrations that it can learn from. */
export async function textWorld(
  loader: DataLoader,
  { environment, start }: Pick<Comparison, 'environment' | 'start'>,
): Promise<Result<TextStudyWorld>> {
  const { config } = parseConfig({ environment, policy: 'transformer', model: start })
  const world = await shippedSource(loader, environment).world(config)
  if (!world.ok) return world
  const { language: actor, made, tasks, data } = world.value
  if (actor === undefined) throw new Error('The agent is no language model')
  const experts = await loadExperts(loader, world.value)
  if (!experts.ok) return experts
  const name = `demonstrations-${environment}.jsonl`
  const files = await loader.model([name])
  if (!files.ok) return files
  const known = new Set(tasks('train').map(({ id }) => id))
  const text = new TextDecoder().decode(files.value.get(name))
  const shown = readDemonstrations(text, (id) => known.has(id), data.fingerprint)
  if (!shown.ok) return shown
  const copy = await copiedReader(actor.reader)
  if (!copy.ok) return copy
  const { maxReward, minReward } = made
  const around = { maxReward, minReward, tasks, experts: experts.value, shown: shown.value, breathe: macrotask }
  return success({ ...around, actor, pupil: actor.withReader(copy.value) })
}
