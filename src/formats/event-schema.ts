/**
 * The shape of every event, for what comes from outside: run files and stored batches. Entries stand in the order in
 * which exploration writes them, so that a parsed event serialises to the same bytes. Whether events follow from one
 * another is `log-checker.ts`'s question.
 */

import * as v from 'valibot'
import { failure, quote, type Result, success } from '../core/failure.ts'
import { grouped } from '../core/grouped.ts'
import { FINISHES, ROLES, SYSTEM_PLACES } from '../core/log/conversation.ts'
import { CANDIDATE_SOURCES, DECISIONS, LOG_VERSION, type RunEvent, TASK_ENDS } from '../core/log/events.ts'
import { LONGEST_EDIT, MOST_EDITS } from '../core/log/world-edit.ts'
import { parseConfig } from '../core/settings/parse-config.ts'
import { type RunConfig, SETTINGS } from '../core/settings/settings.ts'

/** Characters in one text of an event; an observation has a few thousand. */
export const MOST_TEXT = 1_000_000

const text = v.pipe(v.string(), v.maxLength(MOST_TEXT, `longer than ${grouped(MOST_TEXT)} characters`))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const reward = v.pipe(v.number(), v.finite())
const largest = v.pipe(reward, v.minValue(Number.MIN_VALUE))
const origin = v.object({ name: text, fingerprint: text })
const task = count
const step = number
const candidate = number
const most = SETTINGS.stepLimit.most
const tokens = v.nullable(count)

/** Of a language model: one call, and how it is addressed. */
const usage = v.object({
  prompt: text,
  promptTokens: tokens,
  completionTokens: tokens,
  finish: v.picklist(FINISHES),
  nothing: v.exactOptional(v.literal(true)),
  fit: v.exactOptional(v.object({ shortened: count, dropped: count, cut: v.nullable(count) })),
  elapsedMs: v.exactOptional(v.pipe(reward, v.minValue(0))),
})
const message = v.object({ role: v.picklist(ROLES), content: text })
const conversation = v.object({
  system: v.picklist(SYSTEM_PLACES),
  example: v.pipe(v.array(message), v.maxLength(100, 'more than 100 messages')),
  contextTokens: number,
  maxTokens: number,
  stop: v.pipe(v.array(text), v.maxLength(16, 'more than 16 stop texts')),
})

/** What was changed in the world by hand. */
const edited = v.pipe(v.string(), v.maxLength(LONGEST_EDIT, `longer than ${LONGEST_EDIT} characters`))
const cell = v.nullable(edited)
const edits = v.pipe(
  v.array(
    v.variant('kind', [
      v.object({ kind: v.picklist(['title', 'price']), asin: edited, from: text, to: edited }),
      v.object({ kind: v.literal('option'), asin: edited, name: edited, from: text, to: edited }),
      v.object({
        ...{ kind: v.literal('cell'), database: edited, table: edited },
        ...{ row: count, column: edited, from: v.nullable(text), to: cell },
      }),
      v.object({ kind: v.literal('instruction'), task: edited, from: text, to: edited }),
    ]),
  ),
  v.minLength(1, 'no edit'),
  v.maxLength(MOST_EDITS, `more than ${MOST_EDITS} edits`),
)

const weight = v.pipe(reward, v.minValue(0))
const turns = v.pipe(
  v.array(v.object({ text, action: text, observation: text })),
  v.maxLength(most, `more than ${most} turns`),
)
const preferred = v.object({ text, action: text, reward, rollouts: number })

/** Settings as the file has them, and nothing corrected: a run of other settings would be another run. */
const config = v.pipe(
  v.record(v.string(), v.unknown()),
  v.rawTransform<Record<string, unknown>, RunConfig>(({ dataset, addIssue, NEVER }) => {
    const parsed = parseConfig(dataset.value)
    const first = parsed.corrections[0]
    if (first === undefined) return parsed.config
    addIssue({ message: first.message.replace(/ Using .*$/, '') })
    return NEVER
  }),
)

const schemas = {
  'run-started': v.object({
    type: v.literal('run-started'),
    version: v.literal(LOG_VERSION),
    config,
    data: origin,
    agent: v.object({ ...origin.entries, parameters: v.exactOptional(v.pipe(v.array(reward), v.maxLength(10_000))) }),
    systemPrompt: text,
    minReward: reward,
    maxReward: largest,
    conversation: v.exactOptional(conversation),
    edits: v.exactOptional(edits),
  }),
  'task-started': v.object({
    type: v.literal('task-started'),
    task,
    taskId: text,
    instruction: text,
    observation: text,
  }),
  'step-started': v.object({ type: v.literal('step-started'), task, step, bar: reward }),
  'candidate-proposed': v.object({
    type: v.literal('candidate-proposed'),
    task,
    step,
    candidate,
    text,
    action: text,
    done: v.boolean(),
    outcome: v.nullable(reward),
    source: v.exactOptional(v.picklist(CANDIDATE_SOURCES)),
    calls: v.exactOptional(count),
    recycled: v.exactOptional(v.object({ rollouts: number, reward })),
    usage: v.exactOptional(usage),
  }),
  'rollout-finished': v.object({
    type: v.literal('rollout-finished'),
    task,
    step: count,
    candidate: count,
    rollout: number,
    actions: v.pipe(v.array(text), v.maxLength(most, `more than ${most} actions`)),
    reward,
    calls: v.exactOptional(count),
    texts: v.exactOptional(v.pipe(v.array(text), v.maxLength(most, `more than ${most} texts`))),
    usages: v.exactOptional(v.pipe(v.array(usage), v.maxLength(most, `more than ${most} calls`))),
  }),
  'candidate-scored': v.object({
    type: v.literal('candidate-scored'),
    task,
    step,
    candidate,
    reward,
    standardError: v.nullable(v.pipe(reward, v.minValue(0))),
    rises: v.boolean(),
  }),
  'step-decided': v.object({
    type: v.literal('step-decided'),
    task,
    step,
    chosen: candidate,
    continued: candidate,
    reason: v.picklist(DECISIONS),
    observation: text,
  }),
  'pair-made': v.object({
    type: v.literal('pair-made'),
    task,
    step,
    chosen: candidate,
    rejected: candidate,
    weight: v.exactOptional(weight),
    chosenReward: v.exactOptional(reward),
    rejectedReward: v.exactOptional(reward),
  }),
  'branch-pair-made': v.object({
    type: v.literal('branch-pair-made'),
    task,
    step,
    after: v.pipe(turns, v.minLength(1)),
    chosen: preferred,
    rejected: preferred,
    weight,
  }),
  'trajectory-pair-made': v.object({
    type: v.literal('trajectory-pair-made'),
    task,
    chosen: v.picklist(['expert', 'agent']),
    expert: turns,
    expertReward: reward,
  }),
  'task-finished': v.object({ type: v.literal('task-finished'), task, reward, end: v.picklist(TASK_ENDS) }),
  'run-finished': v.object({ type: v.literal('run-finished') }),
  'run-failed': v.object({ type: v.literal('run-failed'), failure: v.object({ code: text, message: text }) }),
} as const satisfies { readonly [T in RunEvent['type']]: v.GenericSchema<unknown, Extract<RunEvent, { type: T }>> }

/** One event from a parsed line. The failure's sentence starts in lower case: the caller says where. */
export function parseEvent(value: unknown): Result<RunEvent> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return failure('event', 'is not an event.')
  const type: unknown = (value as { type?: unknown }).type
  if (typeof type !== 'string' || !Object.hasOwn(schemas, type)) {
    return failure('event', type === undefined ? 'is not an event.' : `has no known event type: ${brief(type)}.`)
  }
  const schema = schemas[type as RunEvent['type']] // hasOwn, above
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(schema.entries, key)) {
      return failure('event', `(${type}) has a field that this version does not know: ${brief(key)}.`)
    }
  }
  const parsed = v.safeParse(schema, value, { abortEarly: true })
  if (parsed.success) return success(parsed.output)
  const [issue] = parsed.issues
  const at = v.getDotPath(issue)
  const ours = issue.kind === 'transformation' || /^(longer|more) than/.test(issue.message)
  const problem = ours
    ? issue.message.replace(/\.$/, '')
    : `expected ${issue.expected ?? issue.type}, received ${issue.received}`
  return failure('event', `(${type}) has a bad ${at === null ? 'value' : quote(at)}: ${problem.slice(0, 200)}.`)
}

/** A value for a sentence; only texts are shown, because a foreign object may be too deep to print. */
function brief(value: unknown): string {
  return typeof value === 'string' ? quote(value) : `a ${typeof value}`
}

/** One event as a line of a run file, without the line's end. */
export function lineOf(event: RunEvent): string {
  return JSON.stringify(event)
}
