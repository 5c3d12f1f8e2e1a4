/**
 * ReAct's own form (arXiv 2210.03629): a text of lines that begin with `Thought:`, `Action:` and `Observation:`, numbered or
 * not. Several stand one after the other; each begins with `Question:` or `Task:`, or behind a line of dashes or the like.
 */

import { type Result, success } from '../../core/failure.ts'
import { grouped } from '../../core/grouped.ts'
import {
  type ForeignTrajectory,
  linesIn,
  MOST_MESSAGES,
  MOST_SAID,
  MOST_TRAJECTORIES,
  tooMany,
  unreadable,
} from './trajectory.ts'

// Every repetition is bounded: otherwise a page of spaces would be read once for each of them.
const LABEL =
  /^[ \t>*#]{0,8}(thought|action|observation|obs|question|task)[ \t]{0,4}\d{0,3}[* \t]{0,4}:[*]{0,2}[ \t]{0,4}/i
const BETWEEN = /^[ \t]{0,8}([-=*#_])\1{2,200}[ \t]{0,8}$/

type Label = 'thought' | 'action' | 'observation' | 'beginning'

/** Characters of one trajectory. */
const MOST_TEXT = 4_000_000

interface Growing {
  readonly line: number
  size: number
  readonly before: string[]
  readonly turns: { reply: string[]; observation: string[] | undefined }[]
  acted: boolean
}

export function readReActText(text: string): Result<readonly ForeignTrajectory[]> {
  const all: Growing[] = []
  let open: Growing = begun(1)
  let label: Label = 'beginning'
  const close = (line: number): void => {
    if (open.turns.length > 0) all.push(open)
    open = begun(line)
    label = 'beginning'
  }
  let number = 0
  for (const line of linesIn(text)) {
    number++
    if (BETWEEN.test(line)) {
      if (open.turns.length > 0) close(number + 1)
      continue
    }
    open.size += line.length + 1
    if (open.size > MOST_TEXT)
      return unreadable(placeOf(open), `more than ${grouped(MOST_TEXT)} characters without a next one`)
    if (all.length > MOST_TRAJECTORIES) return tooMany()
    const found = LABEL.exec(line)
    const rest = found === null ? line : line.slice(found[0].length)
    const next = found === null ? undefined : labelOf(found[1] ?? '')
    if (next === 'beginning' && open.turns.length > 0) close(number)
    add(open, next, label, line, rest)
    label = next ?? label
  }
  close(0)
  const trajectories: ForeignTrajectory[] = []
  for (const { line, before, turns } of all) {
    const place = placeOf({ line })
    if (turns.length > MOST_MESSAGES) return unreadable(place, `more than ${grouped(MOST_MESSAGES)} actions`)
    const joined = turns.map(({ reply, observation }) => ({
      ...{ reply: reply.join('\n').trim(), observation: observation?.join('\n').trim() },
    }))
    const long = [before.join('\n'), ...joined.flatMap(({ reply, observation = '' }) => [reply, observation])]
    if (long.some(({ length }) => length > MOST_SAID))
      return unreadable(place, `a text is longer than ${grouped(MOST_SAID)} characters`)
    const about = { place, id: undefined, reward: undefined }
    trajectories.push({ ...about, before: [before.join('\n').trim()], turns: joined })
  }
  return trajectories.length > 0 ? success(trajectories) : unreadable('The file', 'no line begins with “Action:”')
}

function begun(line: number): Growing {
  return { line, size: 0, before: [], turns: [], acted: false }
}

function placeOf({ line }: Pick<Growing, 'line'>): string {
  return `Line ${grouped(line)}`
}

function labelOf(name: string): Label {
  const said = name.toLowerCase()
  if (said === 'thought' || said === 'action') return said
  return said.startsWith('obs') ? 'observation' : 'beginning'
}

/** @param label of the line; undefined where it goes on with what was `before` it */
function add(open: Growing, label: Label | undefined, before: Label, line: string, rest: string): void {
  const turn = open.turns.at(-1)
  if (label === 'thought' || label === 'action') {
    // A thought behind an action, or a second action, begins a turn; an action behind a thought belongs to it.
    if (turn === undefined || open.acted || turn.observation !== undefined)
      open.turns.push({ reply: [line], observation: undefined })
    else turn.reply.push(line)
    open.acted = label === 'action'
  } else if (label === 'observation' && turn !== undefined) turn.observation = [rest]
  else if (turn === undefined) open.before.push(label === 'observation' ? rest : line)
  else if (before === 'observation') turn.observation?.push(line)
  else turn.reply.push(line)
}
