/** A file that appears whole, in the place of what stood there, or not at all. */
import { open, rename, rm } from 'node:fs/promises'

export interface Replacement {
  readonly path: string
  write(text: string): Promise<void>
  /** Puts it in place. */
  keep(): Promise<void>
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
