/** What is stored of a comparison: its plan as texts, whole (no default is left out), and each finished cell. */
import * as v from 'valibot'
import type { Cell } from '../core/comparison/cell.ts'
import type { Comparison } from '../core/comparison/comparison.ts'
import { formatComparison, parseComparison } from '../core/comparison/comparison-address.ts'
import { COMPARISON_NUMBERS } from '../core/comparison/comparison-numbers.ts'
import { withNumbers } from '../core/comparison/gradient-numbers.ts'
import { type Failure, failure, quote, type Result, success } from '../core/failure.ts'

export const COMPARISON_VERSION = 1
/** Of one on data that somebody brought: whoever knows the first version alone would take it for one on the data that ships. */
const BROUGHT_VERSION = 2
/** Of one of the small language model: whoever does not know it would take it for one of the log-linear policy. */
const LANGUAGE_VERSION = 3

export interface ComparisonRecord {
  readonly version: typeof COMPARISON_VERSION | typeof BROUGHT_VERSION | typeof LANGUAGE_VERSION
  readonly id: string
  readonly name: string
  readonly createdAtMs: number
  /** What `parseComparison` reads; see `wordsOf`. */
  readonly words: Readonly<Record<string, string>>
}

const recordSchema = v.object({
  version: v.picklist([COMPARISON_VERSION, BROUGHT_VERSION, LANGUAGE_VERSION]),
  id: v.pipe(v.string(), v.nonEmpty()),
  name: v.string(),
  createdAtMs: v.pipe(v.number(), v.finite()),
  words: v.record(v.string(), v.string()),
})

/** That its record has. */
export function versionOf({ data, policy }: Pick<Comparison, 'data' | 'policy'>): ComparisonRecord['version'] {
  if (policy === 'transformer') return LANGUAGE_VERSION
  return data === undefined ? COMPARISON_VERSION : BROUGHT_VERSION
}

/** The address of a comparison with every number in it, so that it stays what it is when a default changes. */
export function wordsOf(comparison: Comparison): Readonly<Record<string, string>> {
  const numbers = { ...comparison, ...comparison.training }
  const names = Object.keys(COMPARISON_NUMBERS) as (keyof typeof COMPARISON_NUMBERS)[]
  return {
    ...formatComparison({ ...comparison, arms: comparison.arms.map((arm) => withNumbers(arm, comparison.policy)) }),
    ...Object.fromEntries(names.map((name) => [name, String(numbers[name])])),
  }
}

/** Reads a record from storage; what this version cannot read is left as it is. */
export function parseComparisonRecord(stored: unknown): Result<ComparisonRecord> {
  const { version, id } = (stored ?? {}) as { version?: unknown; id?: unknown } // looked at, not trusted
  const name = `The stored comparison ${quote(typeof id === 'string' ? id : 'without an id')}`
  if (typeof version === 'number' && version > LANGUAGE_VERSION) {
    const words = `${name} was written by a newer RRO Lab. Reload the page to open it; nothing was changed.`
    return failure('comparison-newer', words)
  }
  const parsed = v.safeParse(recordSchema, stored, { abortEarly: true })
  if (!parsed.success) return damaged(name, v.getDotPath(parsed.issues[0]) ?? 'all of it')
  const { comparison, corrections } = parseComparison(parsed.output.words)
  if (corrections.length > 0) return damaged(name, 'words')
  if (parsed.output.version !== versionOf(comparison)) return damaged(name, 'version')
  return success(parsed.output)
}

/** The comparison of a record that was parsed. */
export function comparisonOf({ words }: ComparisonRecord): Comparison {
  return parseComparison(words).comparison
}

function damaged(name: string, where: string): { readonly ok: false; readonly failure: Failure } {
  const words = `${name} is damaged (${where}) and cannot be opened.`
  return failure('comparison-damaged', `${words} It was left as it is, and the others are not affected.`)
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const finite = v.pipe(v.number(), v.finite())
/** Means may miss an end by the last digit. */
const within = (least: number, most: number) => v.pipe(v.number(), v.minValue(least - 1e-9), v.maxValue(most + 1e-9))
/** As in all environments. */
const reward = within(-1, 1)
const share = within(0, 1)
const score = v.object({ reward, success: share, greedyReward: reward, greedySuccess: share })
const thirds = v.pipe(v.array(v.undefinedable(share)), v.length(3))
const rising = v.object({ rising: thirds, notFalling: thirds })

const cellSchema = v.object({
  arm: count,
  seed: count,
  budget: count,
  score,
  rounds: v.pipe(v.array(v.object({ policyCalls: count, score })), v.minLength(1)),
  cost: v.object({ candidates: count, rollouts: count, policyCalls: count }),
  tokens: v.exactOptional(v.object({ explored: count, trained: count })),
  tasks: count,
  steps: count,
  pairs: count,
  candidates: v.object({ counts: v.array(count), byDepth: v.array(v.tuple([count, count])) }),
  weights: v.array(finite),
  diagnosis: v.exactOptional(
    v.pipe(
      v.object({
        risesChecked: count,
        falseRises: count,
        acceptedBias: v.undefinedable(within(-2, 2)),
        pairsChecked: count,
        pairsOrdered: count,
        before: rising,
        after: rising,
      }),
      v.check((own) => own.falseRises <= own.risesChecked && own.pairsOrdered <= own.pairsChecked),
    ),
  ),
})

/** Undefined when what was stored is no cell. */
export function parseCell(stored: unknown): Cell | undefined {
  const parsed = v.safeParse(cellSchema, stored, { abortEarly: true })
  return parsed.success ? parsed.output : undefined
}
