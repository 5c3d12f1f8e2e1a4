/**
 * The statistics that comparisons of methods are told in: mean, spread, and the interval that a mean can be trusted to.
 * Student's t is evaluated in closed form (Abramowitz and Stegun, 26.7.3 and 26.7.4) and inverted by bisection.
 */

/** NaN of no values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Of a sample (divides by n - 1); undefined for fewer than two values. */
export function standardDeviation(values: readonly number[]): number | undefined {
  if (values.length < 2) return undefined
  const middle = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1))
}

export interface Interval {
  readonly mean: number
  /** The interval is mean - halfWidth to mean + halfWidth; undefined for fewer than two values. */
  readonly halfWidth: number | undefined
}

/** Two-sided 95 % t-interval of the mean of independent values. */
export function interval95(values: readonly number[]): Interval {
  const deviation = standardDeviation(values)
  if (deviation === undefined) return { mean: mean(values), halfWidth: undefined }
  const n = values.length
  return { mean: mean(values), halfWidth: (studentQuantile(0.975, n - 1) * deviation) / Math.sqrt(n) }
}

/**
 * The value below which a share of the sample lies, interpolated linearly between its order statistics (type 7 of Hyndman
 * and Fan, 1996: the default of R and NumPy). NaN of no values.
 * @param share from 0 (the least value) to 1 (the largest)
 */
export function quantile(values: readonly number[], share: number): number {
  if (!(share >= 0 && share <= 1)) throw new Error(`The quantile ${share} of a sample`)
  const sorted = values.slice().sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = Math.floor(place)
  const low = sorted[below]
  const high = sorted[Math.ceil(place)]
  if (low === undefined || high === undefined) return Number.NaN
  return low === high ? low : low + (place - below) * (high - low)
}

/**
 * Inverse of the distribution function of Student's t.
 * @param probability inside (0, 1)
 * @param degrees of freedom, an integer from 1; the time taken grows in proportion
 */
export function studentQuantile(probability: number, degrees: number): number {
  if (!(probability > 0 && probability < 1)) throw new Error(`Student's t at the probability ${probability}`)
  if (!(Number.isSafeInteger(degrees) && degrees >= 1))
    throw new Error(`Student's t with ${degrees} degrees of freedom`)
  if (probability < 0.5) return -studentQuantile(1 - probability, degrees)
  const central = 2 * probability - 1
  let low = 0
  let high = Math.PI / 2
  for (;;) {
    const angle = (low + high) / 2
    if (angle <= low || angle >= high) return Math.sqrt(degrees) * Math.tan(low)
    if (centralShare(angle, degrees) < central) low = angle
    else high = angle
  }
}

/** P(|T| < t) for t = sqrt(degrees) tan(angle). All terms are positive: nothing cancels. */
function centralShare(angle: number, degrees: number): number {
  const cosine = Math.cos(angle)
  const odd = degrees % 2 === 1
  let term = odd ? cosine : 1
  let sum = 0
  for (let power = odd ? 1 : 0; power <= degrees - 2; power += 2) {
    sum += term
    term *= ((power + 1) / (power + 2)) * cosine * cosine
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum
}
