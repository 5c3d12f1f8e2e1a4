/**
 * Watches over the thread that collects, from one that computes nothing and is therefore always there: says when it falls
 * silent, passes on that it shall stop, and ends it when it does not hear.
 */
import type { Worker } from 'node:worker_threads'
import { failure, messageOf, type Result } from '../core/failure.ts'
import { Silence } from '../core/silence.ts'
import type { Collected } from './collect-run.ts'
import type { Counts } from './progress.ts'

export type ThreadMessage =
  | { readonly type: 'beat'; readonly counts: Omit<Counts, 'elapsedMs'> | undefined }
  | { readonly type: 'say'; readonly words: string }
  | { readonly type: 'end'; readonly collected: Result<Collected> }

export interface SupervisionPorts {
  /** Milliseconds from any origin, never going back. */
  now(): number
  /** Calls again and again, every second or so. @returns what ends that */
  repeat(look: () => void): () => void
  say(words: string): void
  onBeat(counts: Omit<Counts, 'elapsedMs'> | undefined): void
}

/** A silence that is worth saying. */
const SILENT_MS = 5_000
/** One who was asked to stop and says nothing for so long does not hear. */
const DEAF_MS = 1_500

/** @returns `cut off` where it was asked to stop and did not hear: what it had written is kept */
export async function supervise(
  thread: Worker,
  signal: AbortSignal,
  ports: SupervisionPorts,
): Promise<Result<Collected> | 'cut off'> {
  const silence = new Silence(SILENT_MS)
  let heardMs = ports.now()
  const stop = (): void => thread.postMessage('stop')
  signal.addEventListener('abort', stop)
  let endLooking = (): void => {}
  try {
    return await new Promise<Result<Collected> | 'cut off'>((resolve) => {
      thread.on('message', (message: ThreadMessage) => {
        heardMs = ports.now()
        silence.answered()
        if (message.type === 'say') ports.say(message.words)
        else if (message.type === 'beat') ports.onBeat(message.counts)
        else resolve(message.collected)
      })
      thread.on('error', (thrown) => resolve(failure('collect-error', `The collection broke: ${messageOf(thrown)}.`)))
      thread.on('exit', () => resolve(failure('collect-error', 'The collection ended without a word.')))
      endLooking = ports.repeat(() => {
        if (signal.aborted && ports.now() - heardMs >= DEAF_MS) resolve('cut off')
        const silentMs = silence.look(ports.now())
        if (silentMs === undefined) return
        const seconds = Math.floor(silentMs / 1000)
        ports.say(
          `The collection has said nothing for ${seconds} s: it loads or computes something long. Ctrl-C ends it; the same command goes on where it was.`,
        )
      })
    })
  } finally {
    endLooking()
    signal.removeEventListener('abort', stop)
    await thread.terminate()
  }
}
