/**
 * What a process writes while it explores many tasks at once: the head of the run, then the model's replies and the
 * events of all tasks, each as soon as it comes, in whatever order. Only ever appended to, and on the disk for good
 * whenever a task has ended. A process that is killed leaves at most half a line behind, which is cut off when it goes on.
 */
import { type FileHandle, open, readFile, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { failure, messageOf, type Result, success } from '../core/failure.ts'
import type { RunEvent, RunStarted, TaskEvent } from '../core/log/events.ts'
import { lineOf } from '../formats/event-schema.ts'
import { isRunning } from '../node/running.ts'
import type { ReplyMemory } from '../policies/chat/remembering.ts'
import { indexJournal, type JournalIndex, type Note, readPieces } from './journal-index.ts'
import type { NumberSet } from './number-set.ts'

export interface Journal {
  readonly path: string
  /** Tasks that were finished before this process. */
  readonly finished: NumberSet
  /** Bytes of a torn end that were cut off. */
  readonly torn: number
  /** What is there of a task that is not finished; once asked for it is forgotten. */
  stored(task: number): Promise<readonly RunEvent[]>
  /** The replies of a task, those that were noted before included. */
  memory(task: number): ReplyMemory
  append(event: TaskEvent): void
  /** Resolves when everything appended so far is on the disk. Throws what the disk says. */
  commit(): Promise<void>
  close(): Promise<void>
}

/** @param takeOver although another process seems to write it */
export async function openJournal(path: string, header: RunStarted, takeOver: boolean): Promise<Result<Journal>> {
  const lock = await locked(`${path}.lock`, takeOver)
  if (!lock.ok) return lock
  const release = lock.value
  let file: FileHandle | undefined
  try {
    file = await open(path, 'a+')
    const index = await indexJournal(path)
    if (!index.ok) return await abandon(index)
    const { header: stored, goodBytes, bytes } = index.value
    const other = stored === undefined ? undefined : difference(stored, header)
    if (other !== undefined) {
      const words = `${path} belongs to another run: ${other}.`
      return await abandon(
        failure('journal-other', `${words} Take another --name or --out, or the settings of that run.`),
      )
    }
    if (bytes > goodBytes) await file.truncate(goodBytes)
    if (stored === undefined) await file.appendFile(`${lineOf(header)}\n`)
    await file.datasync()
    return success(journalOn(path, file, index.value, release))
  } catch (thrown) {
    return await abandon(failure('journal-disk', `${path} could not be opened: ${messageOf(thrown)}.`))
  }

  async function abandon<F>(why: F): Promise<F> {
    await file?.close()
    await release()
    return why
  }
}

function journalOn(path: string, file: FileHandle, index: JournalIndex, release: () => Promise<void>): Journal {
  let pending = ''
  let appended = 0
  /** Counts of `appended`. */
  let written = 0
  let synced = 0
  let wanted = 0
  let problem: unknown
  let working: Promise<void> | undefined

  function put(line: TaskEvent | Note): void {
    pending += `${JSON.stringify(line)}\n`
    appended++
    working ??= work()
  }

  /** One write at a time, each of all that has come meanwhile; a sync serves all who wait for one. */
  async function work(): Promise<void> {
    try {
      while (written < appended || synced < wanted) {
        const [text, upTo] = [pending, appended]
        pending = ''
        if (text !== '') await file.appendFile(text)
        written = upTo
        if (synced < wanted) {
          await file.datasync()
          synced = written
        }
      }
    } catch (thrown) {
      problem = thrown
    } finally {
      working = undefined
    }
  }

  return {
    path,
    finished: index.finished,
    torn: index.bytes - index.goodBytes,
    async stored(task) {
      const pieces = index.pieces.get(task) ?? []
      index.pieces.delete(task)
      const events: RunEvent[] = []
      for await (const event of readPieces(file, pieces)) events.push(event)
      return events
    },
    memory(task) {
      const known = new Map(index.notes.get(task)?.map((note) => [note.key, note]))
      index.notes.delete(task)
      return {
        recall: (key) => known.get(key),
        note: (key, reply) => put({ type: 'reply', task, key, ...reply }),
      }
    },
    append: put,
    async commit() {
      wanted = appended
      while (problem === undefined && synced < wanted) {
        working ??= work()
        await working
      }
      if (problem !== undefined) throw problem
    },
    async close() {
      await working
      await file.close()
      await release()
    },
  }
}

/** What tells two runs apart, beside how many tasks they have; undefined where nothing does. */
export function difference(a: RunStarted, b: RunStarted): string | undefined {
  for (const name of Object.keys(b.config) as (keyof RunStarted['config'])[])
    if (name !== 'tasks' && a.config[name] !== b.config[name])
      return `its ${name} is ${a.config[name]}, and here it is ${b.config[name]}`
  if (a.data.fingerprint !== b.data.fingerprint)
    return `it was made on other data (${a.data.name}, and here it is ${b.data.name})`
  if (a.agent.fingerprint !== b.agent.fingerprint)
    return `its agent is another one, or asked in another way (${a.agent.name}, and here it is ${b.agent.name})`
  return undefined
}

/** A file beside the journal that says who writes it. */
async function locked(path: string, takeOver: boolean): Promise<Result<() => Promise<void>>> {
  const me = { pid: process.pid, host: hostname() }
  const release = (): Promise<void> => rm(path, { force: true })
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, 'wx')
      await file.writeFile(JSON.stringify(me))
      await file.close()
      return success(release)
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST')
        return failure('journal-disk', `${path} could not be written: ${messageOf(thrown)}.`)
    }
    const holder = await readFile(path, 'utf8').catch(() => '')
    if (!takeOver && isAlive(holder, me)) {
      const words = `Another process seems to write these files (${path}: ${holder.slice(0, 100)}).`
      return failure('journal-locked', `${words} If it is gone, say --take-over.`)
    }
    await rm(path, { force: true })
  }
  return failure('journal-locked', `Another process took ${path} just now.`)
}

/** A process of another machine is believed to live. */
function isAlive(holder: string, me: { readonly pid: number; readonly host: string }): boolean {
  const [, pid] = /"pid":(\d{1,9})[,}]/.exec(holder) ?? []
  if (pid === undefined || Number(pid) === me.pid) return false
  if (!holder.includes(`"host":${JSON.stringify(me.host)}`)) return true
  return isRunning(Number(pid))
}
