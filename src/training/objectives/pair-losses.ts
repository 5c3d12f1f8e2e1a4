/**
 * What a preference costs, as a function of the implied reward z that the policy gives it: beta times a difference of
 * log(pi / ref). Numbers only, so that they serve any policy.
 */
import { exp, log1p } from '../../core/elementary.ts'

/** A loss at one place. */
export interface LossAt {
  loss: number
  /** Minus the derivative by z: how hard z is pulled upwards. */
  pull: number
}

/** @param into is overwritten */
export type LossOfMargin = (z: number, beta: number, into: LossAt) => void

/**
 * DPO (Rafailov et al., 2023, arXiv 2305.18290, equation 7): -log sigmoid(z), z = beta h, where h is
 * log(pi / ref)(chosen) - log(pi / ref)(rejected).
 */
export const dpoAt: LossOfMargin = (z, _beta, into) => {
  // Neither overflows: -log sigmoid(z) = log(1 + exp(-z)), and its derivative -sigmoid(-z).
  const tail = exp(-Math.abs(z))
  into.loss = Math.max(0, -z) + log1p(tail)
  into.pull = (z < 0 ? 1 : tail) / (1 + tail)
}

/**
 * IPO (Azar et al., 2023, arXiv 2310.12036, equation 17): (h - 1 / (2 tau))^2 with tau = beta, that is (z - 1/2)^2 / beta^2. It pulls
 * the margin to a value instead of on and on.
 */
export const ipoAt: LossOfMargin = (z, beta, into) => {
  const off = (z - 0.5) / beta
  into.loss = off * off
  into.pull = (-2 * off) / beta
}

/**
 * KTO (Ethayarajh et al., 2024, arXiv 2402.01306, equation 8, both lambdas 1): 1 - sigmoid(z). A desirable reply has
 * z = beta (log(pi / ref) - z0), an undesirable one z = beta (z0 - log(pi / ref)); z0 is the reference point, a divergence of the
 * policy from the reference through which no gradient flows.
 */
export const ktoAt: LossOfMargin = (z, _beta, into) => {
  const tail = exp(-Math.abs(z))
  const below = (z < 0 ? 1 : tail) / (1 + tail)
  into.loss = below
  into.pull = tail / ((1 + tail) * (1 + tail))
}
