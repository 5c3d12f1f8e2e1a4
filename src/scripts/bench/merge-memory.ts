/** Journals of `collect` put together by the command: peak memory and time against the number of tasks. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandPeak } from './command-peak.ts'
import { writeLongJournal } from './long-run.ts'

const AT_ONCE = 1_000

export async function benchMerge(counts: readonly number[] = [1_000, 10_000, 100_000]) {
  const found: Record<string, unknown> = {}
  for (const tasks of counts) {
    const folder = await mkdtemp(join(tmpdir(), 'rro-bench-'))
    try {
      const journal = join(folder, 'run.1-of-1.journal.jsonl')
      await writeLongJournal(journal, tasks, AT_ONCE)
      const { said: _, ...measured } = await commandPeak(['collect', '--', '--merge', '--out', folder])
      found[`tasks${tasks}`] = { bytes: (await stat(journal)).size, ...measured }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return found
}
