/** A language model as the losses of preferences see it. */
import type { Utterance } from '../../policies/transformer/transformer-actor.ts'
import type { Differentiable } from '../objectives/differentiable.ts'
import {
  type PairPolicy,
  type Preference,
  type ReadyPair,
  type ReplyPolicy,
  type Weighed,
  weighed,
} from '../objectives/pair-objective.ts'

type Utterances = readonly Utterance[]
/** log pi of each utterance by the reference, in nats. */
type Logs = (utterances: Utterances) => readonly number[]

export interface TextPair extends ReadyPair, Weighed<Utterance> {}

export function* textPairs(
  preferences: readonly Preference<Utterance>[],
  reference: Logs,
): Generator<TextPair, void, void> {
  for (const one of weighed(preferences)) {
    const { chosen, rejected } = one.preference
    yield { ...one, reference: ratioOf(reference([...chosen, ...rejected]), chosen.length) }
  }
}

export function textPairPolicy({ pull }: Differentiable<Utterance>): PairPolicy<TextPair> {
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
export function* labelledTexts(
  preferences: readonly Preference<Utterance>[],
  reference: Logs,
): Generator<LabelledText, void, void> {
  const all = weighed(preferences)
  for (const [i, one] of all.entries()) {
    const { chosen, rejected } = one.preference
    const next = (all[(i + 1) % all.length] as typeof one).preference
    const elsewhere = [...mismatched(chosen, next.chosen), ...mismatched(rejected, next.rejected)]
    const utterances = [...chosen, ...rejected, ...elsewhere]
    yield { ...one, utterances, logs: reference(utterances) }
  }
}

/** At the prefixes of some utterances, the words of others. */
function mismatched(here: Utterances, there: Utterances): Utterances {
  if (there.length === 0) return []
  return here.map(({ prefix }, i) => ({ prefix, written: (there[i % there.length] as Utterance).written }))
}

export function textReplyPolicy({ pull }: Differentiable<Utterance>): ReplyPolicy<LabelledText> {
  return {
    pullReplies(batch, slopesAt, imitationOf) {
      let imitated = 0
      const utterances = batch.flatMap((pair) => pair.utterances)
      pull(utterances, (logs) => {
        const ratios: number[] = []
        let divergence = 0
        let at = 0
        for (const { preference, utterances, logs: held } of batch) {
          const own = held.map((log, i) => (logs[at + i] as number) - log)
          const [first, second] = [preference.chosen.length, preference.chosen.length + preference.rejected.length]
          ratios.push(sum(own, 0, first), sum(own, first, second))
          divergence += sum(own, second, own.length)
          at += utterances.length
        }
        const slopes = slopesAt(ratios, divergence)
        at = 0
        return batch.flatMap((pair, i) => {
          const { chosen, rejected } = pair.preference
          const imitation = imitationOf(pair)
          imitated += imitation * sum(logs, at, at + chosen.length)
          at += pair.utterances.length
          const [wanted, unwanted] = [slopes[2 * i] as number, slopes[2 * i + 1] as number] // two of each
          const others = pair.utterances.length - chosen.length - rejected.length
          return [
            ...chosen.map(() => wanted - imitation),
            ...rejected.map(() => unwanted),
            ...new Array<number>(others).fill(0),
          ]
        })
      })
      return imitated
    },
  }
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
