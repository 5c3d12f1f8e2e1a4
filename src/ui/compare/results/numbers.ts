/** Numbers of comparisons as Compare writes them: three decimals, because intervals of hundredths are compared. */
import type { SeedMean } from '../../../core/comparison/results/seed-mean.ts'

export const NONE = '–'

export function decimalText(value: number, digits = 3): string {
  const text = value.toFixed(digits)
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−')
}

/** `0.812 ± 0.012`; the interval is left out where there is one seed only; `–` where there is nothing. */
export function meanText(value: SeedMean | undefined, digits = 3): string {
  if (value === undefined) return NONE
  const { mean, halfWidth } = value
  return halfWidth === undefined
    ? decimalText(mean, digits)
    : `${decimalText(mean, digits)} ± ${decimalText(halfWidth, digits)}`
}

/** `+0.052 ± 0.012`: a difference, its sign said both ways. */
export function signedMeanText(value: SeedMean): string {
  return `${value.mean > 0 && Number(value.mean.toFixed(3)) !== 0 ? '+' : ''}${meanText(value)}`
}

/** `45.3 % ± 1.2`. */
export function percentText(value: SeedMean | undefined): string {
  if (value === undefined) return NONE
  const { mean, halfWidth } = value
  const spread = halfWidth === undefined ? '' : ` ± ${decimalText(100 * halfWidth, 1)}`
  return `${decimalText(100 * mean, 1)} %${spread}`
}
