/**
 * The data forms of IPR's and ETO's own repositories, which their trainers read (`fastchat/train/train_dpo.py`, `train.py`): turns of
 * `human` and `gpt` that alternate from the first on. The instructions are the first turn, answered by "OK"; every observation but
 * the first begins with its name.
 */
import type { Message } from '../core/log/conversation.ts'
import type { RunStarted } from '../core/log/events.ts'
import type { TaskState } from '../core/log/fold-task.ts'
import { type Cell, messagesIn, type Row } from './cells.ts'
import type { DatasetChoices } from './choices.ts'
import type { DraftRow } from './example-rows.ts'
import { dpoRows } from './preferences.ts'
import { sftRows } from './trajectories.ts'
import { told } from './turns.ts'

type Rows = (header: RunStarted, task: TaskState, choices: DatasetChoices) => DraftRow[]

/** Rounds by which a trajectory that lost against the expert's may be longer; the rest is cut off. */
const ETO_ROUNDS = 5

/** Expert trajectories, for SFT and as what ETO compares with: `reward` is read by its script. */
export const iprSftRows: Rows = (header, task, choices) =>
  sftRows(header, task, itsOwn(choices)).map((draft) => {
    const { messages, reward = { float: 0 } } = draft.row
    return { ...draft, row: { id: task.taskId, conversations: conversation(messages), reward } }
  })

/** Replies at a step, as `--step_action` of IPR writes them. */
export const iprPairRows: Rows = (header, task, choices) =>
  dpoRows(header, task, itsOwn({ ...choices, trajectories: 'first-difference' })).map((draft) => ({
    ...{ ...draft, row: pairOf(task, draft.row, Number.POSITIVE_INFINITY) },
  }))

/** Whole trajectories, the agent's against the expert's: its trainer masks the observations in them. */
export const etoPairRows: Rows = (header, task, choices) =>
  dpoRows(header, task, itsOwn({ ...choices, trajectories: 'whole' }))
    .filter(({ row }) => row.reason === 'trajectory')
    .map((draft) => {
      const most = messagesIn(draft.row.chosen).length + 2 * ETO_ROUNDS
      const lost = task.trajectoryPair?.chosen === 'expert'
      return { ...draft, row: pairOf(task, draft.row, lost ? most : Number.POSITIVE_INFINITY) }
    })

/** Neither has a worked example in its training data. */
function itsOwn(choices: DatasetChoices): DatasetChoices {
  return { ...choices, example: false, system: choices.system === 'none' ? 'none' : 'own-message' }
}

function pairOf({ taskId }: TaskState, { prompt, chosen, rejected }: Row, mostRejected: number): Row {
  return {
    id: taskId,
    prompt: conversation(prompt),
    chosen: { turns: messagesIn(chosen).map(named) },
    rejected: { turns: messagesIn(rejected).slice(0, mostRejected).map(named) },
  }
}

function conversation(cell: Cell | undefined): Cell {
  const [first, ...rest] = messagesIn(cell)
  if (first === undefined) return { turns: [] }
  if (first.role !== 'system') return { turns: [first, ...rest.map(named)] }
  const [observation, ...more] = rest
  const opening = [told('user', first.content), told('assistant', 'OK')]
  return { turns: [...opening, ...(observation ? [observation] : []), ...more.map(named)] }
}

function named(message: Message): Message {
  return message.role === 'user' ? { ...message, content: `Observation: ${message.content}` } : message
}
