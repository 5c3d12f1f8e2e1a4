/** Exports into files: on disk, or where that cannot be written (a full disk is when people export) in memory. */
import { failure, messageOf, type Result } from '../../core/failure.ts'
import { memorySink, type Sink } from '../machine/export-sink.ts'

export type OpenSink = (name: string) => Promise<Sink>

/** @param work closes what it opens where it succeeds; where it fails, what is open is discarded */
export async function intoFiles<T>(
  openSink: OpenSink,
  work: (open: OpenSink) => Promise<Result<T>>,
): Promise<Result<T>> {
  let problem = ''
  for (const open of [openSink, async () => memorySink()]) {
    const opened: Sink[] = []
    const discard = (): Promise<unknown> => Promise.allSettled(opened.map((sink) => sink.discard()))
    try {
      const done = await work(async (name) => {
        const sink = await open(`${Date.now().toString(36)}-${name}`)
        opened.push(sink)
        return sink
      })
      if (!done.ok) await discard()
      return done
    } catch (thrown) {
      problem = messageOf(thrown)
      await discard()
    }
  }
  const words = `The export could not be written: ${problem}.`
  return failure('export-failed', `${words} Free some disk space and export again; the run itself is safe.`)
}
