/** Exactly the goals that a setup lists, in its order. */
import { type Result, success } from '../../../core/failure.ts'
import type { Split } from '../../environment.ts'
import type { Goal } from '../types.ts'
import { type Draft, type HeldSources, humanDraft, humanInstructions, noGoals, numbered } from './drafts.ts'
import { fault } from './record.ts'
import type { Setup } from './setup.ts'

/** Failures: `catalogue-field`, `catalogue-goals`. */
export function setupGoals(sources: HeldSources, setup: Setup): Result<readonly Goal[]> {
  const drafts: { draft: Draft; split: Split }[] = []
  for (let i = 0; i < setup.goals.length; i++) {
    const listed = setup.goals[i]
    if (listed === undefined) continue
    const where = { file: sources.files.setup?.name ?? 'setup.json', record: `goal ${i} (asin ${listed.asin})` }
    const product = sources.byAsin.get(listed.asin)
    if (product === undefined) return fault(where, 'asin', 'a product of the items file', listed.asin)
    const instructions = humanInstructions(sources, listed.asin)
    if (!instructions.ok) return instructions
    const human = instructions.value[listed.instruction]
    if (human === undefined || human.instruction_attributes.length === 0)
      return fault(where, 'instruction', 'the index of a human instruction with attributes', listed.instruction)
    drafts.push({ draft: humanDraft(product, human, listed.price_upper ?? undefined), split: listed.split })
  }
  return drafts.length === 0 ? noGoals(sources, 'a human') : success(numbered(drafts))
}
