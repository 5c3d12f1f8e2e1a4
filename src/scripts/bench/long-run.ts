/** A run file of any size: a real run, its tasks over and over. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'

type Plain = Record<string, unknown>

/** The head of the recorded run, its events, and how many tasks they are of. */
async function recorded() {
  const [head = '', ...lines] = (await readFile('public/recorded/webshop.jsonl', 'utf8')).trimEnd().split('\n')
  const events = lines.map((line): Plain => JSON.parse(line)).filter((event) => 'task' in event)
  return { header: JSON.parse(head), events, inOne: events.filter(({ type }) => type === 'task-started').length }
}

/** A journal of `collect`: the tasks over and over, so many of them at once, their events in turns. */
export async function writeLongJournal(path: string, tasks: number, atOnce: number): Promise<void> {
  const { header, events, inOne } = await recorded()
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
  const { header, events, inOne } = await recorded()
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
