/**
 * Journals to the files that everybody reads: the run as the page writes it, tasks in order, and its preference pairs.
 * Tasks stand in the file as far as there is no gap. It appears whole or not at all.
 */
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { failure, messageOf, type Result, success } from '../core/failure.ts'
import type { RunEvent, RunStarted } from '../core/log/events.ts'
import { addTokens, NO_TOKENS, type TokenCost, tokenCost } from '../core/log/token-cost.ts'
import { lineOf } from '../formats/event-schema.ts'
import { LogChecker } from '../formats/log-checker.ts'
import { trlDpoLines } from '../formats/trl-dpo.ts'
import { difference } from './journal.ts'
import { indexJournal, type Piece, readPieces } from './journal-index.ts'

export interface Assembled {
  readonly run: string
  readonly pairsFile: string
  /** In the file, of how many. */
  readonly tasks: number
  readonly of: number
  /** Finished, but behind the first one that is not. */
  readonly behindGap: number
  readonly pairs: number
  readonly tokens: TokenCost
}

export function journalPath(
  out: string,
  name: string,
  shard: { readonly number: number; readonly of: number },
): string {
  return join(out, `${name}.${shard.number}-of-${shard.of}.journal.jsonl`)
}

/** @param tasks of the run, where somebody knows of more than the journals */
export async function assemble(out: string, name: string, tasks = 0): Promise<Result<Assembled>> {
  const opened: FileHandle[] = []
  try {
    const names = (await readdir(out)).filter((file) => file.startsWith(`${name}.`) && file.endsWith('.journal.jsonl'))
    if (names.length === 0) return failure('merge-nothing', `There is no ${name}.*.journal.jsonl in ${out}.`)
    let header: RunStarted | undefined
    let of = tasks
    const where = new Map<number, { readonly file: FileHandle; readonly pieces: readonly Piece[] }>()
    for (const journal of names.toSorted()) {
      const path = join(out, journal)
      const index = await indexJournal(path)
      if (!index.ok) return index
      const { header: own, finished, pieces } = index.value
      if (own === undefined) continue
      const other = header === undefined ? undefined : difference(header, own)
      if (other !== undefined) return failure('merge-other', `${path} does not belong to the others: ${other}.`)
      header ??= own
      of = Math.max(of, own.config.tasks, ...[...finished].map((task) => task + 1))
      const file = await open(path, 'r')
      opened.push(file)
      for (const task of finished) if (!where.has(task)) where.set(task, { file, pieces: pieces.get(task) ?? [] })
    }
    if (header === undefined) return failure('merge-nothing', `The journals in ${out} are empty.`)
    const whole: RunStarted = { ...header, config: { ...header.config, tasks: of } }
    return await write(out, name, whole, where)
  } catch (thrown) {
    return failure('merge-disk', `The files in ${out} could not be put together: ${messageOf(thrown)}.`)
  } finally {
    await Promise.all(opened.map((file) => file.close()))
  }
}

async function write(
  out: string,
  name: string,
  header: RunStarted,
  where: ReadonlyMap<number, { readonly file: FileHandle; readonly pieces: readonly Piece[] }>,
): Promise<Result<Assembled>> {
  const run = await replacement(join(out, `${name}.jsonl`))
  const pairsFile = await replacement(join(out, `${name}.trl-dpo.jsonl`))
  const checker = new LogChecker()
  let wrong: string | undefined
  const put = async (event: RunEvent): Promise<void> => {
    wrong ??= checker.add(event)
    await run.write(`${lineOf(event)}\n`)
  }
  const { tasks: of } = header.config
  let pairs = 0
  let tokens = NO_TOKENS
  let task = 0
  try {
    await put(header)
    for (; task < of; task++) {
      const at = where.get(task)
      if (at === undefined) break
      const events: RunEvent[] = []
      for await (const event of readPieces(at.file, at.pieces)) events.push(event)
      for (const event of events) await put(event)
      if (wrong !== undefined) {
        const words = `Task ${task} of the journals is not what exploration writes: an event ${wrong}.`
        return failure('journal-damaged', `${words} Remove its lines, and explore it again.`)
      }
      tokens = addTokens(tokens, tokenCost(events))
      for (const line of trlDpoLines(header, events)) {
        await pairsFile.write(line)
        pairs++
      }
    }
    if (task === of) await put({ type: 'run-finished' })
    await run.keep()
    await pairsFile.keep()
    const behindGap = [...where.keys()].filter((index) => index > task).length
    return success({ run: run.path, pairsFile: pairsFile.path, tasks: task, of, behindGap, pairs, tokens })
  } finally {
    await run.discard()
    await pairsFile.discard()
  }
}

interface Replacement {
  readonly path: string
  write(text: string): Promise<void>
  /** Puts it in place. */
  keep(): Promise<void>
  /** Of no effect once it is kept. */
  discard(): Promise<void>
}

async function replacement(path: string): Promise<Replacement> {
  const draft = `${path}.${process.pid}.part`
  const file = await open(draft, 'w')
  let text = ''
  let done = false
  const flush = async (): Promise<void> => {
    await file.appendFile(text)
    text = ''
  }
  return {
    path,
    async write(more) {
      text += more
      if (text.length > 1 << 20) await flush()
    },
    async keep() {
      await flush()
      await file.sync()
      await file.close()
      await rename(draft, path)
      done = true
    },
    async discard() {
      if (done) return
      await file.close().catch(() => {})
      await rm(draft, { force: true })
    },
  }
}
