/** What was written token by token, in numbers: how likely, how far it moved, and where two replies part. */
import type { Spelled } from '../../../worker/protocol/visits.ts'

/** log pi of the whole action in nats: the sum over its tokens. */
export function logOf({ tokens }: Spelled): number {
  return tokens.reduce((sum, { probability }) => sum + Math.log(Math.max(probability, 1e-12)), 0)
}

/** How many tokens two actions begin with alike. */
export function alike(a: Spelled, b: Spelled): number {
  const most = Math.min(a.tokens.length, b.tokens.length)
  let count = 0
  while (count < most && a.tokens[count]?.text === b.tokens[count]?.text) count++
  return count
}

/** Whether two models wrote the same tokens, so that their probabilities can stand side by side. */
export function sameTokens(a: Spelled, b: Spelled): boolean {
  return a.tokens.length === b.tokens.length && alike(a, b) === a.tokens.length
}

/** By how much a token became likelier, -1 to 1, for each token. */
export function shifts(before: Spelled, after: Spelled): readonly number[] {
  return before.tokens.map(({ probability }, i) => (after.tokens[i]?.probability ?? 0) - probability)
}
