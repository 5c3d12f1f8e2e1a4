/** What the chat agent needs to know of an environment: how to say an action, how to read one, and a worked example. */
import type { Message } from '../../core/log/conversation.ts'
import { writeReply } from '../reply.ts'

/** A finished task of the shipped data; a script plays it again and writes down what was seen. */
export interface WorkedExample {
  readonly task: string
  readonly steps: readonly { readonly observation: string; readonly thought: string; readonly action: string }[]
}

/** `tolerant`: our own reading; `as-ipr`: to the letter of IPR's wrapper. */
export const READINGS = ['tolerant', 'as-ipr'] as const
export type Reading = (typeof READINGS)[number]

export interface ChatStyle {
  readonly example: WorkedExample
  /**
   * The action of a reply; empty where it has none. What is there but is no action is given as it is: the environment
   * answers it as the benchmark does.
   * @param takes whether the environment takes an action where it stands, for names that have brackets in them
   */
  readonly read: Readonly<Record<Reading, (reply: string, takes?: (action: string) => boolean) => string>>
  /** The benchmark's answer to a reply without an action; undefined where the environment gives it. */
  readonly noAction: string | undefined
}

/** The example as a conversation. */
export function exampleMessages({ steps }: WorkedExample): Message[] {
  return steps.flatMap(({ observation, thought, action }): Message[] => [
    { role: 'user', content: observation },
    { role: 'assistant', content: writeReply(thought, action) },
  ])
}

/** Stands at the end of the instructions where an example follows. */
export const EXAMPLE_WORDS =
  'First you see an example: a task of this kind, finished by somebody else. Your own task comes after it.'
