/**
 * Values of states by least squares on features: what one rollout tells of a state it tells of all that look alike, in whatever
 * task. Ridge regression on the outcomes of every rollout so far, the older ones counting less.
 */

export interface FittingOptions {
  /** Added to the diagonal, > 0. */
  readonly ridge: number
  /** What examples count after more have been learnt, 0 to 1. */
  readonly forget: number
}

export interface FittedValues {
  /** Undefined until something has been learnt. @param features `width` of them */
  at(features: Readonly<Float64Array>): number | undefined
  /** Learns from a batch of states and what their episodes earned. */
  learn(examples: readonly { readonly features: Readonly<Float64Array>; readonly outcome: number }[]): void
}

export function fittedValues(width: number, { ridge, forget }: FittingOptions): FittedValues {
  const products = new Float64Array(width * width)
  const sums = new Float64Array(width)
  let weights: Float64Array | undefined
  return {
    at: (features) => weights?.reduce((sum, weight, k) => sum + weight * (features[k] as number), 0),
    learn(examples) {
      for (let i = 0; i < products.length; i++) products[i] = forget * (products[i] as number)
      for (let i = 0; i < width; i++) sums[i] = forget * (sums[i] as number)
      for (const { features, outcome } of examples) {
        for (let i = 0; i < width; i++) {
          const x = features[i] as number
          if (x === 0) continue
          sums[i] = (sums[i] as number) + x * outcome
          for (let j = 0; j < width; j++)
            products[i * width + j] = (products[i * width + j] as number) + x * (features[j] as number)
        }
      }
      const held = products.slice()
      for (let i = 0; i < width; i++) held[i * width + i] = (held[i * width + i] as number) + ridge
      weights = solved(held, sums)
    },
  }
}

/** x of A x = b by Cholesky's factors. @param matrix A, symmetric and positive definite, row by row; it is overwritten */
export function solved(matrix: Float64Array, right: Readonly<Float64Array>): Float64Array {
  const width = right.length
  const at = (row: number, column: number): number => matrix[row * width + column] as number // both are inside
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = at(i, j)
      for (let k = 0; k < j; k++) rest -= at(i, k) * at(j, k)
      matrix[i * width + j] = i === j ? Math.sqrt(rest) : rest / at(j, j)
    }
  }
  const x = Float64Array.from(right)
  for (let i = 0; i < width; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - at(i, k) * (x[k] as number)
    x[i] = (x[i] as number) / at(i, i)
  }
  for (let i = width - 1; i >= 0; i--) {
    for (let k = i + 1; k < width; k++) x[i] = (x[i] as number) - at(k, i) * (x[k] as number)
    x[i] = (x[i] as number) / at(i, i)
  }
  return x
}

/**
 * How much better than expected each step was: the rises of the value from it on, each step further counting lambda times as
 * much (generalised advantage estimation: Schulman et al., 2016, arXiv 1506.02438, equation 16, with gamma 1). With lambda 1
 * it is the outcome minus the value before the step, with 0 the step's own rise.
 * @param values before each step, and at last the outcome
 */
export function risesAhead(values: readonly number[], lambda: number): readonly number[] {
  const rises: number[] = []
  let ahead = 0
  for (let step = values.length - 2; step >= 0; step--) {
    ahead = (values[step + 1] as number) - (values[step] as number) + lambda * ahead // both are inside
    rises[step] = ahead
  }
  return rises
}
