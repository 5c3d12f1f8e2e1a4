/** A run file of any size: a real run, its tasks over and over. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { exploreRun } from '../../core/exploration/explore-run.ts'
import { drawTasks, runHeader } from '../../core/exploration/run-plan.ts'
import { unwrap } from '../../core/failure.ts'
import { DEFAULT_CONFIG } from '../../core/settings/settings.ts'
import { loadShippedWorld } from '../../node/node-lab.ts'

type Plain = Record<string, unknown>

/** What is written over and over: the head of a run, the events of its tasks, and how many tasks they are of. */
export interface Repeated {
  readonly header: { readonly config: object }
  readonly events: readonly Plain[]
  readonly inOne: number
}

/** The recorded run: 12.6 kB a task. */
export async function recordedRun(): Promise<Repeated> {
  const [head = '', ...lines] = (await readFile('public/recorded/webshop.jsonl', 'utf8')).trimEnd().split('\n')
  return repeatedOf([head, ...lines].map((line): Plain => JSON.parse(line)))
}

/** 200 tasks with as few events as RRO can have that still makes pairs: 5.5 kB a task. */
export async function smallRun(): Promise<Repeated> {
  const config = { ...DEFAULT_CONFIG, tasks: 200, candidates: 2, rollouts: 1, stepLimit: 3 }
  const { actor, made, tasks } = unwrap(await loadShippedWorld(config))
  const run = { header: runHeader(config, made), actor, tasks: drawTasks(config, tasks(config.split)) }
  const log: object[] = []
  for await (const event of exploreRun(run)) log.push(event)
  return repeatedOf(log)
}

function repeatedOf([header, ...events]: readonly object[]): Repeated {
  const ofTasks = events.filter((event): event is Plain => 'task' in event)
  const inOne = ofTasks.filter(({ type }) => type === 'task-started').length
  return { header: header as Repeated['header'], events: ofTasks, inOne } // a run begins with its head
}

/** A journal of `collect`: the tasks over and over, so many of them at once, their events in turns. */
export async function writeLongJournal(path: string, tasks: number, atOnce: number, of: Repeated): Promise<void> {
  const { header, events, inOne } = of
  const ofTask = Array.from({ length: inOne }, (_, task) => events.filter((event) => event.task === task))
  const longest = Math.max(...ofTask.map(({ length }) => length))
  const file = createWriteStream(path)
  file.write(`${JSON.stringify({ ...header, config: { ...header.config, tasks } })}\n`)
  for (let first = 0; first < tasks; first += atOnce)
    for (let at = 0; at < longest; at++) {
      let text = ''
      for (let task = first; task < Math.min(tasks, first + atOnce); task++) {
        const event = ofTask[task % inOne]?.[at]
        if (event !== undefined) text += `${JSON.stringify(numbered(event, Math.floor(task / inOne), inOne))}\n`
      }
      if (!file.write(text)) await once(file, 'drain')
    }
  file.end()
  await once(file, 'finish')
}

/** Tasks have numbers, and first observations, of their own, so that no row says what another says. @returns how many */
export async function writeLongRun(path: string, bytes: number): Promise<number> {
  const { header, events, inOne } = await recordedRun()
  const rounds = Math.ceil(bytes / events.reduce((sum, event) => sum + JSON.stringify(event).length + 6, 0))
  const file = createWriteStream(path)
  file.write(`${JSON.stringify({ ...header, config: { ...header.config, tasks: rounds * inOne } })}\n`)
  for (let round = 0; round < rounds; round++) {
    const text = events.map((event) => `${JSON.stringify(numbered(event, round, inOne))}\n`).join('')
    if (!file.write(text)) await once(file, 'drain')
  }
  file.end('{"type":"run-finished"}\n')
  await once(file, 'finish')
  return rounds * inOne
}

function numbered(event: Plain, round: number, inOne: number): Plain {
  const task = Number(event.task) + round * inOne
  if (event.type !== 'task-started') return { ...event, task }
  return { ...event, task, taskId: `${event.taskId} (${round})`, observation: `${event.observation} (${round})` }
}
