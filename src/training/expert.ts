/**
 * The expert trajectories D that SFT, ETO and IPR learn from, as a file that ships with the page
 * (`public/data/<environment>/demonstrations.jsonl`): a header, then one trajectory a line. Actions only: states, features
 * and decisions follow from them by replay. Read with suspicion.
 */
import * as v from 'valibot'
import type { Proposal, TaskWords } from '../core/exploration/actor.ts'
import { failure, quote, type Result, success } from '../core/failure.ts'
import type { Decision } from '../policies/linear/decision.ts'

export const DEMONSTRATIONS_VERSION = 1

/** One episode of the expert, played to its end. */
export interface ExpertTrajectory {
  readonly taskId: string
  /** Outcome reward that the expert got. */
  readonly reward: number
  readonly actions: readonly string[]
  /** Indices of actions that are part of the episode but no example to imitate, ascending. */
  readonly skip: readonly number[]
}

export interface DemonstrationsHeader {
  /** Fingerprint of the environment's data. */
  readonly data: string
  /** Who the expert is; for people. */
  readonly method: string
}

const Header = v.object({ version: v.literal(DEMONSTRATIONS_VERSION), data: v.string(), method: v.string() })

const Line = v.pipe(
  v.object({
    task: v.string(),
    reward: v.pipe(v.number(), v.finite()),
    actions: v.pipe(v.array(v.pipe(v.string(), v.maxLength(100_000))), v.minLength(1), v.maxLength(1000)),
    skip: v.optional(v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))), []),
  }),
  v.check(
    ({ actions, skip }) => skip.every((at, i) => at < actions.length && (i === 0 || at > (skip[i - 1] as number))),
    'skip must be ascending indices of actions',
  ),
)

const REMEDY = 'Make the file anew with `npm run data`.'

/**
 * @param text of the whole file
 * @param knownTask whether the data has a task of this id
 * @param data the fingerprint that the header must name; whatever it names when left out
 */
export function readDemonstrations(
  text: string,
  knownTask: (id: string) => boolean,
  data?: string,
): Result<readonly ExpertTrajectory[]> {
  const bad = (code: string, line: number, what: string) =>
    failure(`demonstrations-${code}`, `The file of demonstrations ${what} in line ${line}. ${REMEDY}`)
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n')
  const first = parsed(lines[0])
  const version = typeof first === 'object' && first !== null && 'version' in first ? first.version : undefined
  if (version === undefined) return bad('shape', 1, 'names no version')
  if (version !== DEMONSTRATIONS_VERSION)
    return bad('version', 1, `has version ${quote(version)} (this program reads ${DEMONSTRATIONS_VERSION})`)
  const header = v.safeParse(Header, first)
  if (!header.success) return bad('shape', 1, `is malformed (${wordsOf(header.issues[0])})`)
  if (data !== undefined && header.output.data !== data)
    return bad('data', 1, `belongs to other data (${quote(header.output.data)}, not ${quote(data)})`)
  const trajectories: ExpertTrajectory[] = []
  for (const [i, line] of lines.entries()) {
    if (i === 0) continue
    const read = v.safeParse(Line, parsed(line))
    if (!read.success) return bad('shape', i + 1, `is malformed (${wordsOf(read.issues[0])})`)
    const { task, reward, actions, skip } = read.output
    if (!knownTask(task)) return bad('task', i + 1, `names the unknown task ${quote(task)}`)
    trajectories.push({ taskId: task, reward, actions, skip })
  }
  return success(trajectories)
}

/** Undefined for what is no JSON; no schema takes it. */
function parsed(line: string | undefined): unknown {
  try {
    return JSON.parse(line ?? '')
  } catch {
    return undefined
  }
}

function wordsOf(issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue)
  return place === null ? issue.message : `${place}: ${issue.message}`
}

/** What `readDemonstrations` reads back. */
export function writeDemonstrations(
  { data, method }: DemonstrationsHeader,
  trajectories: readonly ExpertTrajectory[],
): string {
  const header = { version: DEMONSTRATIONS_VERSION, data, method }
  const lines = trajectories.map(({ taskId: task, reward, actions, skip }) =>
    skip.length === 0 ? { task, reward, actions } : { task, reward, actions, skip },
  )
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')
}

/** What a replay asks of a policy. Its parameters do not matter. */
export interface Replayer<P, D = Decision> {
  begin(task: TaskWords): P
  execute(prefix: P, proposal: Proposal): P
  decision(prefix: P, action: string): D | undefined
}

/**
 * The decisions of a trajectory that are to be imitated, in their order.
 * @returns a failure if one of them is an action that the policy never takes there
 * @throws on an unknown task; see `readDemonstrations`
 */
export function decisionsOf<P>(
  actor: Replayer<P>,
  { taskId, actions, skip }: ExpertTrajectory,
): Result<readonly Decision[]> {
  const skipped = new Set(skip)
  const decisions: Decision[] = []
  let prefix = actor.begin({ id: taskId, instruction: '' }) // the embedded policy reads the instruction in the data
  for (const [i, action] of actions.entries()) {
    if (!skipped.has(i)) {
      const decision = actor.decision(prefix, action)
      if (decision === undefined) {
        const what = `Action ${i + 1} of a demonstration of task ${quote(taskId)}, ${quote(action)}`
        return failure('demonstrations-action', `${what}, is none that the embedded policy can take there. ${REMEDY}`)
      }
      decisions.push(decision)
    }
    prefix = actor.execute(prefix, { text: '', action })
  }
  return success(decisions)
}

/** The expert's trajectories by task, in the order of the file. */
export type ExpertBook = ReadonlyMap<string, readonly ExpertTrajectory[]>

export function expertBook(trajectories: readonly ExpertTrajectory[]): ExpertBook {
  const book = new Map<string, ExpertTrajectory[]>()
  for (const trajectory of trajectories) {
    const shown = book.get(trajectory.taskId)
    if (shown === undefined) book.set(trajectory.taskId, [trajectory])
    else shown.push(trajectory)
  }
  return book
}

/** What the expert shows in the task of this index of a run: where it did the task more than once, they take turns. */
export function expertAt(book: ExpertBook, taskId: string, index: number): ExpertTrajectory | undefined {
  const shown = book.get(taskId)
  return shown?.[index % shown.length]
}
