/** The same rows under the names that trainers other than TRL read. */
import type { RunStarted } from '../core/log/events.ts'
import type { TaskState } from '../core/log/fold-task.ts'
import { type Cell, messagesIn, type Row } from './cells.ts'
import type { DatasetChoices } from './choices.ts'
import type { DraftRow } from './example-rows.ts'
import { dpoRows, ktoRows } from './preferences.ts'
import { promptRows, sftRows } from './trajectories.ts'

type Rows = (header: RunStarted, task: TaskState, choices: DatasetChoices) => DraftRow[]

/** LLaMA-Factory and axolotl read one message on each side, so that whole trajectories cannot be written for them. */
function oneReplyRows(prompt: string): Rows {
  return (header, task, choices) =>
    dpoRows(header, task, { ...choices, trajectories: 'first-difference' }).map((draft) => {
      const { prompt: asked, chosen, rejected, ...rest } = draft.row
      return renamed(draft, { [prompt]: asked, chosen: oneOf(chosen), rejected: oneOf(rejected) }, rest)
    })
}

export const llamaFactoryDpoRows = oneReplyRows('conversations')
export const axolotlDpoRows = oneReplyRows('messages')

/** The reply stands at the end of the conversation. */
export const llamaFactoryKtoRows: Rows = (header, task, choices) =>
  ktoRows(header, task, choices).map((draft) => {
    const { prompt, completion, ...rest } = draft.row
    return renamed(draft, { messages: { messages: [...messagesIn(prompt), ...messagesIn(completion)] } }, rest)
  })

/** ShareGPT's names: `from` and `value`, the instructions as `system` of the conversation. */
export const shareGptRows: Rows = (header, task, choices) =>
  sftRows(header, task, choices).map((draft) => {
    const { messages, ...rest } = draft.row
    return renamed(draft, { conversations: { turns: messagesIn(messages) } }, rest)
  })

/**
 * For verl (`utils/dataset/rl_dataset.py`, `workers/reward_manager/naive.py`): the prompt of each task with what its reward manager
 * hands to a reward function. None that it ships knows these environments, so that one of one's own is asked for, which
 * knows the goal by the task's id.
 */
export const verlRows: Rows = (header, task, choices) =>
  promptRows(header, task, choices).map((draft) => {
    const { prompt, ...rest } = draft.row
    const { environment, split } = header.config
    const extra = { split, index: { int: task.task }, task_id: task.taskId, instruction: task.instruction }
    const first = {
      ...{ data_source: `rro-lab/${environment}`, prompt, ability: 'agent' },
      reward_model: { fields: { style: 'rule', ground_truth: task.taskId } },
      extra_info: { fields: { ...extra, data: header.data.name } },
    }
    return renamed(draft, first, rest)
  })

function renamed(draft: DraftRow, first: Partial<Record<string, Cell | undefined>>, rest: Row): DraftRow {
  return { ...draft, row: { ...(first as Row), ...rest } }
}

function oneOf(cell: Cell | undefined): Cell | undefined {
  const last = messagesIn(cell).at(-1)
  return last && { message: last }
}
