/**
 * Other people's trajectories: IPR's and ETO's conversations and pairs, messages with roles, one JSON array, one object or JSON
 * Lines, and ReAct texts. What a file is, is seen from what is in it. Nothing is thrown for any content; a refusal names the place.
 */
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import { readReActText } from './react-text.ts'
import {
  type ForeignTrajectory,
  isObject,
  linesIn,
  MOST_TRAJECTORIES,
  type Said,
  saidIn,
  tooMany,
  trajectoryOf,
  unreadable,
} from './trajectory.ts'

interface Entry {
  readonly place: string
  readonly value: unknown
}

export function readTrajectories(text: string): Result<readonly ForeignTrajectory[]> {
  const clean = text.replace(/^\uFEFF/, '').trimStart()
  const read = /^[[{]/.test(clean) ? fromJson(clean, text) : readReActText(text)
  return read.ok && read.value.length > MOST_TRAJECTORIES ? tooMany() : read
}

function fromJson(clean: string, text: string): Result<readonly ForeignTrajectory[]> {
  const entries = entriesOf(clean, text)
  if (!entries.ok) return entries
  const all: ForeignTrajectory[] = []
  for (const entry of entries.value) {
    const read = trajectoriesIn(entry)
    if (!read.ok) return read
    all.push(...read.value)
  }
  return all.length > 0 ? success(all) : unreadable('The file', 'there is no trajectory in it')
}

/** One JSON value, or one on each line. */
function entriesOf(clean: string, text: string): Result<readonly Entry[]> {
  const whole = parsed(clean)
  if (whole.ok) {
    const list = Array.isArray(whole.value) && !isMessage(whole.value[0]) ? whole.value : [whole.value]
    if (list.length > MOST_TRAJECTORIES) return tooMany()
    return success(list.map((value, i) => ({ place: `Entry ${i + 1}`, value })))
  }
  const entries: Entry[] = []
  let number = 0
  for (const line of linesIn(text)) {
    number++
    if (line.trim() === '') continue
    if (entries.length === MOST_TRAJECTORIES) return tooMany()
    const value = parsed(line.replace(/^\uFEFF/, ''))
    if (!value.ok)
      return unreadable(entries.length === 0 ? 'The file' : `Line ${number}`, `is no JSON (${value.failure.message})`)
    entries.push({ place: `Line ${number}`, value: value.value })
  }
  return success(entries)
}

function parsed(text: string): Result<unknown> {
  try {
    return success(JSON.parse(text))
  } catch (thrown) {
    return failure('json', messageOf(thrown).slice(0, 120))
  }
}

function isMessage(value: unknown): boolean {
  return isObject(value) && (Object.hasOwn(value, 'role') || Object.hasOwn(value, 'from'))
}

/** What SFT files, and the rollouts of ETO and IPR, call the list of messages, and the reward (ETO's rollouts have it in `meta`). */
const CONVERSATIONS = ['conversations', 'messages', 'agent_conversations', 'gpt_conversations']
const REWARDS = ['reward', 'agent_final_reward', 'gpt_reward']

function trajectoriesIn({ place, value }: Entry): Result<readonly ForeignTrajectory[]> {
  if (Array.isArray(value)) return single(place, {}, value)
  if (!isObject(value)) return unreadable(place, 'is no trajectory')
  const { prompt, chosen, rejected } = value
  for (const name of CONVERSATIONS) if (value[name] !== undefined) return single(place, value, value[name])
  if (chosen === undefined || rejected === undefined)
    return unreadable(place, 'has no "conversations", no "messages", and no "chosen" with "rejected"')
  const before = saidIn(`${place}, prompt`, prompt)
  if (!before.ok) return before
  const all: ForeignTrajectory[] = []
  for (const [side, list] of Object.entries({ chosen, rejected })) {
    const read = single(`${place}, ${side}`, { id: value.id }, list, before.value)
    if (!read.ok) return read
    all.push(...read.value)
  }
  return success(all)
}

function single(
  place: string,
  value: Readonly<Record<string, unknown>>,
  list: unknown,
  before: readonly Said[] = [],
): Result<readonly ForeignTrajectory[]> {
  const said = saidIn(place, list)
  if (!said.ok) return said
  const { id, meta } = value
  const known = typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
  const rewards = [...REWARDS.map((name) => value[name]), isObject(meta) ? meta.reward : undefined]
  const reward = rewards.find((earned) => typeof earned === 'number')
  const one = trajectoryOf({ place, id: known, reward }, [...before, ...said.value])
  return one.ok ? success([one.value]) : one
}
