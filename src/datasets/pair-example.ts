/** What every format of preferences is written from. */
import type { Message } from '../core/log/conversation.ts'
import type { AskedPrompt } from './asked-prompt.ts'

export interface PairExample {
  readonly prompt: AskedPrompt
  /** One reply; where whole trajectories are compared, replies and observations in turn, a reply last. */
  readonly chosen: readonly Message[]
  readonly rejected: readonly Message[]
  readonly chosenReward: number
  readonly rejectedReward: number
  /** Tokens of the replies as the model's server counted them; undefined where nobody did. */
  readonly chosenTokens: number | undefined
  readonly rejectedTokens: number | undefined
  /** @see RowWorth */
  readonly standardError: number
  readonly rise: boolean
  readonly weight: number
  /** What a candidate had to reach; 0 for a pair of no step. */
  readonly bar: number
  readonly reason: string
  /** Of the state that the pair is at. */
  readonly step: number
  /** How many were compared, and by how many rollouts: each, or all together where they were not counted out. */
  readonly candidates: number
  readonly rollouts: number
  /** Whether one of the two is nothing that a model should learn from: an empty reply, or one without an action. */
  readonly unusable: boolean
}
