/**
 * A file that appears whole, in the place of what stood there, or not at all. A process that is killed leaves its draft, which the next one
 * that writes the same file on this machine clears away.
 */
import { open, readdir, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { Digest } from '../core/digest.ts'
import { isRunning } from './running.ts'

export interface Replacement {
  readonly path: string
  write(more: string | Uint8Array): Promise<void>
  /** Puts it in place. @param as a path in the same folder, where it is to be called otherwise than `path` */
  keep(as?: string): Promise<void>
  /** Of no effect once it is kept. */
  discard(): Promise<void>
}

/** This machine, in the name of a draft: folders are shared between machines, whose processes have the same numbers. */
const HERE = new Digest().add(hostname()).hex().slice(0, 8)

async function clearLeftDrafts(path: string): Promise<void> {
  const [folder, beginning] = [dirname(path), `${basename(path)}.${HERE}-`]
  for (const name of await readdir(folder)) {
    const [, pid] = (name.startsWith(beginning) && /^(\d{1,9})\.part$/.exec(name.slice(beginning.length))) || []
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(folder, name), { force: true })
  }
}

/** @throws where the folder cannot be written */
export async function replacement(path: string): Promise<Replacement> {
  await clearLeftDrafts(path)
  const draft = `${path}.${HERE}-${process.pid}.part`
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
      if (typeof more === 'string') text += more
      if (typeof more !== 'string' || text.length > 1 << 20) await flush()
      if (typeof more !== 'string') await file.appendFile(more)
    },
    async keep(as = path) {
      await flush()
      await file.sync()
      await file.close()
      await rename(draft, as)
      done = true
    },
    async discard() {
      if (done) return
      await file.close().catch(() => {})
      await rm(draft, { force: true })
    },
  }
}
