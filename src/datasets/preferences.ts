/**
 * Preference pairs as TRL reads them: conversational format with an explicit prompt
 * (https://huggingface.co/docs/trl/dataset_formats, "Preference" and "Unpaired preference"). Columns that TRL gives a meaning to
 * (`tools`, `images`, `messages`) are not used.
 *
 * `weight` is 1.0 unless the method weights its pairs: TRL's loss does not read it, a resampler or a trainer of one's own
 * can. A pair of no step (`reason` is `branch` or `trajectory`) has the bar 0.0.
 */
import type { RunStarted } from '../core/log/events.ts'
import type { TaskState } from '../core/log/fold-task.ts'
import type { Cell, Row } from './cells.ts'
import type { DatasetChoices } from './choices.ts'
import {
  type DraftRow,
  originColumns,
  promptAndLengths,
  promptFacts,
  type RowWorth,
  taskColumns,
} from './example-rows.ts'
import type { PairExample } from './pair-example.ts'
import { pairsOf } from './pairs.ts'

function examples(header: RunStarted, task: TaskState, choices: DatasetChoices): PairExample[] {
  return pairsOf(header, task, choices.trajectories ?? 'first-difference')
}

function worthOf({ chosenReward, rejectedReward, standardError, rise }: PairExample): RowWorth {
  return { gap: chosenReward - rejectedReward, standardError, rise }
}

/** For DPO and its relatives. */
export function dpoRows(header: RunStarted, task: TaskState, choices: DatasetChoices): DraftRow[] {
  return examples(header, task, choices).map((pair) => {
    const { chosen, rejected, chosenTokens, rejectedTokens } = pair
    const replies = { texts: [chosen, rejected], tokens: [chosenTokens, rejectedTokens] }
    const measured = promptAndLengths(header, choices, pair.prompt, replies)
    const { prompt, promptTokens, replyTokens, counted, tokens, leftOut } = measured
    return {
      row: {
        ...{ prompt: { messages: prompt }, chosen: { messages: chosen }, rejected: { messages: rejected } },
        ...{ chosen_reward: { float: pair.chosenReward }, rejected_reward: { float: pair.rejectedReward } },
        ...{ weight: { float: pair.weight }, bar: { float: pair.bar }, reason: pair.reason, ...taskColumns(task) },
        ...{ step: { int: pair.step }, candidates: { int: pair.candidates }, rollouts: { int: pair.rollouts } },
        ...originColumns(header),
        ...{ prompt_tokens: { int: promptTokens }, chosen_tokens: { int: replyTokens[0] ?? 0 } },
        ...{ rejected_tokens: { int: replyTokens[1] ?? 0 }, tokens: counted ? 'counted' : 'estimated' },
        left_out: leftOut,
      },
      ...{ tokens, counted, unusable: pair.unusable, ...promptFacts(pair.prompt), worth: worthOf(pair) },
    }
  })
}

/** For a reward model: `margin` is the difference of the two rewards. */
export function rewardRows(header: RunStarted, task: TaskState, choices: DatasetChoices): DraftRow[] {
  return dpoRows(header, task, choices).map((draft) => {
    const { prompt, chosen, rejected, ...rest } = draft.row
    const difference = numberIn(rest.chosen_reward) - numberIn(rest.rejected_reward)
    const margin = { float: Number(difference.toPrecision(12)) }
    return { ...draft, row: { prompt, chosen, rejected, margin, ...rest } as Row }
  })
}

function numberIn(cell: Cell | undefined): number {
  return typeof cell === 'object' && 'float' in cell ? cell.float : 0
}

/** For KTO: each side of a pair for itself, with the label that it has in it. */
export function ktoRows(header: RunStarted, task: TaskState, choices: DatasetChoices): DraftRow[] {
  return examples(header, task, choices).flatMap((pair) =>
    (['chosen', 'rejected'] as const).map((side): DraftRow => {
      const replies = { texts: [pair[side]], tokens: [pair[`${side}Tokens`]] }
      const measured = promptAndLengths(header, choices, pair.prompt, replies)
      const { prompt, promptTokens, replyTokens, counted, tokens, leftOut } = measured
      return {
        row: {
          ...{ prompt: { messages: prompt }, completion: { messages: pair[side] }, label: side === 'chosen' },
          ...{ reward: { float: pair[`${side}Reward`] }, ...taskColumns(task), step: { int: pair.step } },
          ...originColumns(header),
          ...{ prompt_tokens: { int: promptTokens }, completion_tokens: { int: replyTokens[0] ?? 0 } },
          ...{ tokens: counted ? 'counted' : 'estimated', left_out: leftOut },
        },
        ...{ tokens, counted, unusable: pair.unusable, ...promptFacts(pair.prompt), worth: worthOf(pair) },
      }
    }),
  )
}
