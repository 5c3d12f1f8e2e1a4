/**
 * A trajectory as other people's files have it, before any environment has seen it: what was said to the agent, what it
 * replied, and what it was answered, whatever the file calls them.
 */

import * as v from 'valibot'
import { failure, type Result, success } from '../../core/failure.ts'
import { grouped } from '../../core/grouped.ts'

export interface ForeignTurn {
  /** The whole reply. */
  readonly reply: string
  /** What the file says it was answered; undefined where it does not say. */
  readonly observation: string | undefined
}

export interface ForeignTrajectory {
  /** Where it stands in the file, at the head of a sentence: `Line 3`, `Entry 2, rejected`. */
  readonly place: string
  readonly id: string | undefined
  /** What was said before the first action: instructions, and at last the first observation. */
  readonly before: readonly string[]
  /** At least one. */
  readonly turns: readonly ForeignTurn[]
  /** What the file says it earned. */
  readonly reward: number | undefined
}

/** Characters in one message. */
export const MOST_SAID = 100_000
/** Messages of one trajectory. */
export const MOST_MESSAGES = 1_000
/** Trajectories of one file. */
export const MOST_TRAJECTORIES = 20_000

const READ = 'What can be read: conversations of IPR and ETO, their pairs, messages with roles, and ReAct texts.'

export function unreadable(place: string, what: string): ReturnType<typeof failure> {
  return failure('trajectories-shape', `${place}: ${what}. Nothing was imported. ${READ}`)
}

export function tooMany(): ReturnType<typeof failure> {
  const most = grouped(MOST_TRAJECTORIES)
  return failure('trajectories-many', `The file has more than ${most} trajectories. Nothing was imported; take fewer.`)
}

/** Lines one after the other: a large file of nothing but line ends would be a list too long to hold. */
export function* linesIn(text: string): Generator<string> {
  let from = 0
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
    yield text.slice(from, text[end - 1] === '\r' ? end - 1 : end)
    from = end + 1
  }
  yield text.slice(from)
}

type Side = 'agent' | 'world' | 'system'

const SIDES: Readonly<Record<string, Side>> = {
  ...{ gpt: 'agent', assistant: 'agent', agent: 'agent', model: 'agent' },
  ...{ human: 'world', user: 'world', environment: 'world', observation: 'world', tool: 'world' },
  system: 'system',
}

export interface Said {
  readonly side: Side
  readonly text: string
}

const text = v.pipe(v.string(), v.maxLength(MOST_SAID, `longer than ${grouped(MOST_SAID)} characters`))
const side = v.pipe(
  v.string(),
  v.check((name) => Object.hasOwn(SIDES, name), `none of ${Object.keys(SIDES).join(', ')}`),
)
const sideOf = (name: string): Side => SIDES[name] ?? 'world' // checked above
const turn = v.pipe(
  v.object({ from: side, value: text }),
  v.transform(({ from, value }): Said => ({ side: sideOf(from), text: value })),
)
const message = v.pipe(
  v.object({ role: side, content: text }),
  v.transform(({ role, content }): Said => ({ side: sideOf(role), text: content })),
)

/** A list of messages, in ShareGPT's words (`from`, `value`) or in those of chat APIs (`role`, `content`). */
export function saidIn(place: string, list: unknown): Result<readonly Said[]> {
  if (!Array.isArray(list)) return unreadable(place, 'expected a list of messages')
  if (list.length > MOST_MESSAGES) return unreadable(place, `more than ${grouped(MOST_MESSAGES)} messages`)
  const all: Said[] = []
  for (const [i, one] of list.entries()) {
    if (!isObject(one)) return unreadable(`${place}, message ${i + 1}`, 'is no message')
    const parsed = v.safeParse(Object.hasOwn(one, 'from') ? turn : message, one, { abortEarly: true })
    if (!parsed.success) return unreadable(`${place}, message ${i + 1}`, problemOf(parsed.issues[0]))
    all.push(parsed.output)
  }
  return success(all)
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const at = v.getDotPath(issue)
  if (issue.received === 'undefined') return `has no ${issue.expected ?? 'text'}`
  const what =
    issue.kind === 'schema' ? `expected ${issue.expected}, received ${issue.received}` : `is ${issue.message}`
  return `${at === null ? '' : `"${at}" `}${what}`.slice(0, 300)
}

/** What an action looks like, in any environment: only to tell it from an agent that says it has understood. */
const ACTION =
  /\baction\s{0,4}\d{0,3}\s{0,4}:|\b(?:search|click)\s{0,4}\[|```|\bsubmit\b|^\s{0,99}(?:select|show|desc|with)\b/i
/** Characters of such an answer. */
const MOST_OK = 200

/** The messages in turns; those before the first action apart. */
export function trajectoryOf(
  about: Pick<ForeignTrajectory, 'place' | 'id' | 'reward'>,
  said: readonly Said[],
): Result<ForeignTrajectory> {
  const before: string[] = []
  const turns: { reply: string; observation: string | undefined }[] = []
  let answered = false
  for (const { side, text } of said) {
    const last = turns.at(-1)
    if (side === 'agent') {
      const understood = last === undefined && !answered && text.length <= MOST_OK && !ACTION.test(text)
      if (understood) answered = true
      else turns.push({ reply: text, observation: undefined })
    } else if (last === undefined) before.push(text)
    else last.observation = last.observation === undefined ? text : `${last.observation}\n${text}`
  }
  if (turns.length === 0) return unreadable(about.place, 'the agent does nothing in it')
  return success({ ...about, before, turns })
}
