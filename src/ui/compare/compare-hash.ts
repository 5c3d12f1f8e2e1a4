/** A comparison in the address: `#compare&environment=webshop&start=weak&arms=rro;uct:candidates=3&budgets=5000&view=theory`. */
import type { Comparison } from '../../core/comparison/comparison.ts'
import { formatComparison, parseComparison } from '../../core/comparison/comparison-address.ts'
import type { Failure } from '../../core/failure.ts'
import { VIEWS, type View } from './views.ts'

/** Without the `#`. What separates arms and settings stays legible: an address may hold it as it is. */
export function formatCompareHash(comparison: Comparison, view: View = 'results', figure = ''): string {
  const words = Object.entries({
    ...formatComparison(comparison),
    ...(view === 'results' ? {} : { view }),
    ...(figure && { figure }),
  })
  return ['compare', ...words.map(([name, value]) => `${name}=${escaped(value)}`)].join('&')
}

function escaped(value: string): string {
  return encodeURIComponent(value)
    .replaceAll('%3B', ';')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%3D', '=')
}

export interface ParsedAddress {
  readonly comparison: Comparison
  readonly view: View
  /** The picture that the link is about; empty where it is about the whole view. */
  readonly figure: string
  readonly corrections: readonly Failure[]
}

export function parseCompareHash(hash: string): ParsedAddress {
  const words: Record<string, string> = Object.fromEntries(new URLSearchParams(hash.replace(/^#?compare&?/, '')))
  return {
    ...parseComparison(words),
    view: VIEWS.find((name) => name === words.view) ?? 'results',
    figure: words.figure ?? '',
  }
}

/** Whether they give the same cells. */
export function sameComparison(one: Comparison, other: Comparison): boolean {
  return one === other || formatCompareHash(one) === formatCompareHash(other)
}
