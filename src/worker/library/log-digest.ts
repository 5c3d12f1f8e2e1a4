/** What tells the logs of two runs apart, whatever the runs are called. */
import { Digest } from '../../core/digest.ts'
import type { RunRecord } from '../../store/run-record.ts'
import type { Store } from '../../store/store.ts'

/** Of a log as lines, without their ends. */
export function createLogDigest() {
  const digest = new Digest()
  let lines = 0
  return {
    add(line: string): void {
      digest.add(line)
      lines++
    },
    /** Equal for equal logs. */
    get content(): string {
      return `${lines} ${digest.hex()}`
    },
  }
}

/** Undefined for a log that cannot be read: it is like no other. */
export async function logDigest(store: Store, { id, events }: RunRecord): Promise<string | undefined> {
  const digest = createLogDigest()
  for await (const batch of store.batches(id, events)) {
    if (!batch.ok) return undefined
    for (const line of batch.value.text.split('\n')) if (line !== '') digest.add(line)
  }
  return digest.content
}
