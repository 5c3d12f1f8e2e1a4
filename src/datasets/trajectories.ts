/** Explored trajectories as demonstrations, as steps with labels, and their tasks as prompts. */
import type { Message } from '../core/log/conversation.ts'
import type { RunStarted } from '../core/log/events.ts'
import type { TaskState } from '../core/log/fold-task.ts'
import type { DatasetChoices } from './choices.ts'
import { type DraftRow, originColumns, promptAndLengths, promptFacts, taskColumns } from './example-rows.ts'
import { type OtherCandidate, type Path, pathOf } from './path.ts'
import { told } from './turns.ts'

const CLEAN = { unusable: false, unverified: false, leftOut: false } as const

/**
 * For supervised fine-tuning: a trajectory that rises to its end (or whatever was found best) as one conversation. Where a
 * prompt did not stand whole in the model's window, one conversation cannot hold what was asked: each reply then has a row of its
 * own, behind the prompt that it answered.
 */
export function sftRows(header: RunStarted, task: TaskState, choices: DatasetChoices): DraftRow[] {
  const path = pathOf(header, task)
  if (path.reward === undefined || path.steps.length === 0) return []
  if ((choices.paths ?? 'rising') === 'rising' && !path.rising) return []
  const last = path.steps.length - 1
  const ends = path.whole ? [last] : path.steps.map((_, i) => i)
  return ends.flatMap((end) => sftRow(header, task, choices, path, end))
}

function sftRow(header: RunStarted, task: TaskState, choices: DatasetChoices, path: Path, end: number): DraftRow[] {
  const step = path.steps[end]
  if (step === undefined) return []
  const reply = told('assistant', step.text)
  const unusable = path.steps.slice(0, end + 1).some((step) => step.unusable)
  const measured = promptAndLengths(header, choices, step.prompt, { texts: [[reply]], tokens: [undefined] })
  return [
    {
      row: {
        messages: { messages: [...measured.prompt, reply] },
        ...{ reward: { float: path.reward ?? 0 }, ...taskColumns(task), steps: { int: end + 1 } },
        ...originColumns(header),
        ...{ prompt_tokens: { int: measured.promptTokens }, reply_tokens: { int: measured.replyTokens[0] ?? 0 } },
        ...{ tokens: 'estimated', left_out: measured.leftOut },
      },
      ...{ tokens: measured.tokens, counted: false, unusable, ...promptFacts(step.prompt) },
      worth: { reward: path.reward ?? 0, rise: path.rising },
    },
  ]
}

/**
 * For a process reward model (TRL's "Stepwise supervision"): the trajectory as steps, each with a label; and for each candidate
 * that was scored and not gone on with, the trajectory up to it. A step's text begins with the observation before it, which has no
 * label of its own. `values` are the process rewards behind the labels.
 */
export function prmRows(header: RunStarted, task: TaskState, choices: DatasetChoices): DraftRow[] {
  const { steps } = pathOf(header, task)
  const [first] = steps
  if (first === undefined) return []
  const right = (reward: number, rises: boolean): boolean =>
    choices.rightFrom === undefined ? rises : reward >= choices.rightFrom
  const { prompt, promptTokens } = promptAndLengths(header, choices, first.prompt, { texts: [], tokens: [] })
  const said: (Pick<OtherCandidate, 'text' | 'unusable'> & { readonly value: number; readonly label: boolean })[] = []
  const rows: DraftRow[] = []
  const add = (all: typeof said): void => {
    const messages = all.map(({ text }): Message => told('assistant', text))
    const replies = { texts: [messages], tokens: [undefined] }
    const { tokens } = promptAndLengths(header, choices, first.prompt, replies)
    rows.push({
      row: {
        prompt: plainText(prompt),
        completions: { texts: messages.map(({ content }) => content) },
        labels: { flags: all.map(({ label }) => label) },
        values: { floats: all.map(({ value }) => value) },
        ...taskColumns(task),
        ...originColumns(header),
        ...{ prompt_tokens: { int: promptTokens }, tokens: 'estimated' },
      },
      ...{ tokens, counted: false, ...CLEAN, unusable: all.some(({ unusable }) => unusable) },
      worth: {},
    })
  }
  let before = ''
  for (const { text, reward, rises, unusable, others, observation } of steps) {
    const opening = before === '' ? '' : `Observation: ${before}\n`
    for (const other of others)
      add([
        ...said,
        {
          ...{ text: opening + other.text, unusable: other.unusable },
          ...{ value: other.reward, label: right(other.reward, other.rises) },
        },
      ])
    if (reward === undefined) break
    said.push({ text: opening + text, unusable, value: reward, label: right(reward, rises) })
    before = observation
  }
  if (said.length > 0) add(said)
  return rows
}

/** For GRPO, RLOO and others that draw replies themselves: the first prompt of each task, with what a reward function needs to know it. */
export function promptRows(header: RunStarted, task: TaskState, choices: DatasetChoices): DraftRow[] {
  const [first] = pathOf(header, task).steps
  if (first === undefined) return []
  const { prompt, promptTokens } = promptAndLengths(header, choices, first.prompt, { texts: [], tokens: [] })
  return [
    {
      row: {
        prompt: { messages: prompt },
        ...{ task_id: task.taskId, instruction: task.instruction, environment: header.config.environment },
        ...{
          split: header.config.split,
          data: header.data.name,
          prompt_tokens: { int: promptTokens },
          tokens: 'estimated',
        },
      },
      ...{ tokens: promptTokens, counted: false, ...CLEAN, worth: {} },
    },
  ]
}

/** Trainers that read no conversation: each message under its role. */
export function plainText(messages: readonly Message[]): string {
  return messages
    .map(({ role, content }) => (role === 'system' ? content : `${ROLE_WORDS[role]}: ${content}`))
    .join('\n\n')
}

const ROLE_WORDS = { user: 'Observation', assistant: 'Agent' } as const
