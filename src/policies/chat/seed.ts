/**
 * The seed of a call: an integer in [1, 2^31 - 2], drawn from the stream that belongs to the call by name. Every server
 * takes these, and WebLLM's generator (a Lehmer generator modulo 2^31 - 1) repeats itself on 0 and on small ones alike.
 */
import type { RandomStream } from '../../core/random.ts'

export const LARGEST_SEED = 2 ** 31 - 2

/** @param call from 1; a proposal has one call, a rollout one for each of its actions */
export function callSeed(random: RandomStream, call: number): number {
  return 1 + random.child('call', call).below(LARGEST_SEED)
}
