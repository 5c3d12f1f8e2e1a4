/**
 * What only a simulator can know of an exploration: whether what it took for a rise was one, and whether its pairs are in
 * order, held against the mean of many more rollouts, which no budget pays for.
 */
import type { RandomStream } from '../../core/random.ts'
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import type { Accepted, Compared } from './probes.ts'
import { createValues, type Values } from './simulated-values.ts'

/** How many of the accepted are exactly below the value of the state they were taken in, and how far off they were seen. */
export function checkRises<S, M>(
  actor: LinearActor<S, M>,
  accepted: readonly Accepted[],
  random: RandomStream,
  options: Values,
): { risesChecked: number; falseRises: number; acceptedBias: number | undefined } {
  const values = createValues(actor, options)
  let falseRises = 0
  let bias = 0
  for (const [i, place] of accepted.entries()) {
    const node = values.at(place)
    const exact = values.of(place, node, place.action, random.child(i, 'action'))
    const others = values.ofOthers(place, node, place.action, random.child(i, 'others'))
    if (others !== undefined && exact < others - 1e-9) falseRises++
    bias += place.estimate - exact
  }
  const acceptedBias = accepted.length === 0 ? undefined : bias / accepted.length
  return { risesChecked: accepted.length, falseRises, acceptedBias }
}

/** How many pairs are in the order of the exact values. */
export function checkPairs<S, M>(
  actor: LinearActor<S, M>,
  pairs: readonly Compared[],
  random: RandomStream,
  options: Values,
): { pairsChecked: number; pairsOrdered: number } {
  const values = createValues(actor, options)
  let pairsOrdered = 0
  for (const [i, place] of pairs.entries()) {
    const node = values.at(place)
    const chosen = values.of(place, node, place.chosen, random.child(i, 'chosen'))
    if (chosen > values.of(place, node, place.rejected, random.child(i, 'rejected'))) pairsOrdered++
  }
  return { pairsChecked: pairs.length, pairsOrdered }
}
