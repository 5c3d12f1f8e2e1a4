/** A language model as the losses of preferences see it. */
import type { Utterance } from '../../policies/transformer/transformer-actor.ts'
import type { Differentiable } from '../objectives/differentiable.ts'
import {
  type BatchLoss,
  ktoLoss,
  type PairObjective,
  type PairPolicy,
  type Preference,
  pairLoss,
  type ReadyPair,
  type Weighed,
  weighed,
} from '../objectives/pair-objective.ts'
import type { TextPolicy } from './text-policy.ts'

type Utterances = readonly Utterance[]
/** log pi of each utterance by the reference, in nats. */
type Logs<W> = (utterances: Utterances) => Generator<W, readonly number[], void>

export interface TextPair extends ReadyPair, Weighed<Utterance> {}

/** Gives way after each. */
export function* textPairs<W>(
  preferences: readonly Preference<Utterance>[],
  reference: Logs<W>,
): Generator<W | undefined, TextPair[], void> {
  const pairs: TextPair[] = []
  for (const one of weighed(preferences)) {
    const { chosen, rejected } = one.preference
    pairs.push({ ...one, reference: ratioOf(yield* reference([...chosen, ...rejected]), chosen.length) })
    yield undefined
  }
  return pairs
}

/** DPO's or IPO's loss of one pair; its gradient is added. Gives way after each text that was read. */
export function* textPairLoss<W>(
  pair: TextPair,
  { pulling }: TextPolicy<W>,
  objective: PairObjective,
): Generator<W | undefined, BatchLoss, void> {
  const { chosen, rejected } = pair.preference
  let found: BatchLoss = { loss: 0, right: 0 }
  yield* pulling([...chosen, ...rejected], (logs) => {
    let slopes: readonly number[] = []
    const pull: Differentiable<Utterance>['pull'] = (_, slopesAt) => {
      slopes = slopesAt(logs)
    }
    found = pairLoss([pair], textPairPolicy({ pull }), objective, 1)
    return slopes
  })
  return found
}

function textPairPolicy({ pull }: Differentiable<Utterance>): PairPolicy<TextPair> {
  return {
    pullPair({ preference: { chosen, rejected } }, slopeAt, imitation) {
      let imitated = 0
      pull([...chosen, ...rejected], (logs) => {
        const slope = slopeAt(ratioOf(logs, chosen.length))
        imitated = sum(logs, 0, chosen.length)
        return [...chosen.map(() => slope - imitation), ...rejected.map(() => -slope)]
      })
      return imitated
    },
  }
}

/** A preference as two labelled replies, with what was said elsewhere in their place. */
export interface LabelledText extends Weighed<Utterance> {
  /** The utterances of the chosen reply, of the rejected one, then of the mismatched ones; log ref of each beside it. */
  readonly utterances: Utterances
  readonly logs: readonly number[]
}

/**
 * The divergence behind KTO's reference point cannot be summed over all texts. It is estimated as in the paper: by what
 * was said in the place of the next preference (the first follows on the last), were it said here.
 */
export function* labelledTexts<W>(
  preferences: readonly Preference<Utterance>[],
  reference: Logs<W>,
): Generator<W | undefined, LabelledText[], void> {
  const texts: LabelledText[] = []
  const all = weighed(preferences)
  for (const [i, one] of all.entries()) {
    const { chosen, rejected } = one.preference
    const next = (all[(i + 1) % all.length] as typeof one).preference
    const elsewhere = [...mismatched(chosen, next.chosen), ...mismatched(rejected, next.rejected)]
    const utterances = [...chosen, ...rejected, ...elsewhere]
    texts.push({ ...one, utterances, logs: yield* reference(utterances) })
    yield undefined
  }
  return texts
}

/** At the prefixes of some utterances, the words of others. */
function mismatched(here: Utterances, there: Utterances): Utterances {
  if (there.length === 0) return []
  return here.map(({ prefix }, i) => ({ prefix, written: (there[i % there.length] as Utterance).written }))
}

/** KTO's loss over a mini-batch, as a sum over preferences; its gradient is added. Gives way after each text that was read. */
export function* textKtoLoss<W>(
  batch: readonly LabelledText[],
  { pulling }: TextPolicy<W>,
  objective: PairObjective,
): Generator<W | undefined, BatchLoss, void> {
  let found: BatchLoss = { loss: 0, right: 0 }
  const utterances = batch.flatMap((pair) => pair.utterances)
  yield* pulling(utterances, (logs) => {
    const ratios: number[] = []
    let divergence = 0
    let imitated = 0
    let at = 0
    for (const { preference, utterances, logs: held, imitation } of batch) {
      const own = held.map((log, i) => (logs[at + i] as number) - log)
      const [first, second] = [preference.chosen.length, preference.chosen.length + preference.rejected.length]
      ratios.push(sum(own, 0, first), sum(own, first, second))
      divergence += sum(own, second, own.length)
      imitated += objective.sftWeight * imitation * sum(logs, at, at + first)
      at += utterances.length
    }
    const { loss, right, slopes } = ktoLoss(batch, ratios, divergence, objective, batch.length)
    found = { loss: loss - imitated, right }
    return batch.flatMap(({ preference: { chosen, rejected }, utterances, imitation }, i) => {
      const [wanted, unwanted] = [slopes[2 * i] as number, slopes[2 * i + 1] as number] // two of each
      return [
        ...chosen.map(() => wanted - objective.sftWeight * imitation),
        ...rejected.map(() => unwanted),
        ...new Array<number>(utterances.length - chosen.length - rejected.length).fill(0),
      ]
    })
  })
  return found
}

/** log pi(chosen) - log pi(rejected). @param chosen how many of the utterances are chosen ones; they come first */
function ratioOf(logs: readonly number[], chosen: number): number {
  let ratio = 0
  for (const [i, log] of logs.entries()) ratio += i < chosen ? log : -log
  return ratio
}

function sum(values: readonly number[], from: number, to: number): number {
  let all = 0
  for (let i = from; i < to; i++) all += values[i] as number // inside
  return all
}
