/** A comparison's cells, folded once for all pictures and tables. */
import type { Cell } from '../../../core/comparison/cell.ts'
import type { Comparison } from '../../../core/comparison/comparison.ts'
import { type ArmDiagnosis, armDiagnoses } from '../../../core/comparison/results/arm-diagnoses.ts'
import { type ArmResult, armResults } from '../../../core/comparison/results/arm-results.ts'
import { armLabels, armNames } from '../arms/arm-words.ts'

export interface Folded {
  readonly comparison: Comparison
  readonly cells: readonly Cell[]
  readonly names: readonly string[]
  /** Shorter, for the ends of lines. */
  readonly labels: readonly string[]
  readonly results: readonly ArmResult[]
  readonly diagnoses: readonly ArmDiagnosis[]
}

export function foldComparison(comparison: Comparison, cells: readonly Cell[]): Folded {
  return {
    ...{ comparison, cells, names: armNames(comparison.arms), labels: armLabels(comparison.arms) },
    results: armResults(comparison, cells),
    diagnoses: armDiagnoses(comparison, cells),
  }
}

/** The results of each arm at its largest budget that has cells. */
export function largest(results: readonly ArmResult[]): readonly ArmResult[] {
  return results.filter(({ arm, budget }) => !results.some((other) => other.arm === arm && other.budget > budget))
}
