/** A run file of any size: a real run, its tasks over and over. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** Tasks have numbers, and first observations, of their own, so that no row says what another says. @returns how many */
export async function writeLongRun(path: string, bytes: number): Promise<number> {
  const [head = '', ...lines] = (await readFile('public/recorded/webshop.jsonl', 'utf8')).trimEnd().split('\n')
  const events = lines.map((line): Record<string, unknown> => JSON.parse(line)).filter((event) => 'task' in event)
  const inOne = events.filter(({ type }) => type === 'task-started').length
  const rounds = Math.ceil(bytes / events.reduce((sum, event) => sum + JSON.stringify(event).length + 6, 0))
  const header = JSON.parse(head)
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

function numbered(event: Record<string, unknown>, round: number, inOne: number): Record<string, unknown> {
  const task = Number(event.task) + round * inOne
  if (event.type !== 'task-started') return { ...event, task }
  return { ...event, task, taskId: `${event.taskId} (${round})`, observation: `${event.observation} (${round})` }
}
