/** A file that appears whole, in the place of what stood there, or not at all. */
import { open, rename, rm } from 'node:fs/promises'

export interface Replacement {
  readonly path: string
  write(more: string | Uint8Array): Promise<void>
  /** Puts it in place. @param as a path in the same folder, where it is to be called otherwise than `path` */
  keep(as?: string): Promise<void>
  /** Of no effect once it is kept. */
  discard(): Promise<void>
}

/** @throws where the folder cannot be written */
export async function replacement(path: string): Promise<Replacement> {
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
