/** A row before it is written, with what is counted of it. */
import type { Message } from '../core/log/conversation.ts'
import type { RunStarted } from '../core/log/events.ts'
import type { TaskState } from '../core/log/fold-task.ts'
import { type AskedPrompt, leftOutWords, placed, usualPlace, withoutExample } from './asked-prompt.ts'
import type { Row } from './cells.ts'
import type { DatasetChoices } from './choices.ts'
import { estimatedTokens } from './lengths.ts'

export interface DraftRow {
  readonly row: Row
  /** Tokens of prompt and longest reply together. */
  readonly tokens: number
  readonly counted: boolean
  /** Whether something of the prompt did not fit into the model's window. */
  readonly leftOut: boolean
  /** Whether the prompt could not be rebuilt to the letter. */
  readonly unverified: boolean
  /** Whether it teaches a reply without an action. */
  readonly unusable: boolean
  readonly worth: RowWorth
}

/** What a row is worth; what is undefined does not apply to rows of its format. */
export interface RowWorth {
  /** Difference of the two rewards of a pair. */
  readonly gap?: number
  /** Standard error of that difference, from the candidates' own rollouts; infinite where it is not known. */
  readonly standardError?: number
  /** Outcome of a trajectory. */
  readonly reward?: number
  /** Whether what it teaches was held against the bar by rollouts of its own, and rose: a reply, or each step of a trajectory. */
  readonly rise?: boolean
}

export interface Replies {
  readonly texts: readonly (readonly Message[])[]
  /** As the model's server counted them. */
  readonly tokens: readonly (number | undefined)[]
}

/** The prompt as it stands in the row, and the lengths of it and of the replies. */
export function promptAndLengths(header: RunStarted, choices: DatasetChoices, asked: AskedPrompt, replies: Replies) {
  const place = choices.system ?? usualPlace(header)
  const shown = choices.example ? asked : withoutExample(asked)
  const prompt = placed(shown, place)
  const same = place === usualPlace(header) && shown.messages.length === asked.messages.length
  const counted = same && asked.tokens !== undefined && replies.tokens.every((tokens) => tokens !== undefined)
  const promptTokens = counted ? (asked.tokens ?? 0) : estimatedTokens(prompt)
  const replyTokens = replies.texts.map((text, i) => (counted ? (replies.tokens[i] ?? 0) : estimatedTokens(text)))
  const left = [...(shown.example < asked.example ? ['the worked example'] : []), leftOutWords(asked.fit)]
  return {
    ...{ prompt, promptTokens, replyTokens, counted, tokens: promptTokens + Math.max(0, ...replyTokens) },
    leftOut: left.filter((words) => words !== '').join(', '),
  }
}

/** What is counted of a row beside its length. */
export function promptFacts({ fit, verified }: AskedPrompt) {
  return { leftOut: leftOutWords(fit) !== '', unverified: verified === false }
}

/** Where a row comes from. */
export function originColumns({ config, agent, data }: RunStarted): Row {
  return {
    ...{ method: config.method, environment: config.environment, seed: { int: config.seed } },
    ...{ agent: agent.name, data: data.name },
  }
}

export function taskColumns({ task, taskId }: Pick<TaskState, 'task' | 'taskId'>): Row {
  return { task: { int: task }, task_id: taskId }
}
