/** Journals of `collect` put together by the command: peak memory and time against the number of tasks. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandPeak } from './command-peak.ts'
import { type Repeated, recordedRun, smallRun, writeLongJournal } from './long-run.ts'

const AT_ONCE = 1_000

/** Of tasks of the usual size. */
export async function benchMerge(counts: readonly number[] = [1_000, 10_000, 100_000]) {
  return merged(await recordedRun(), counts)
}

/** Of tasks with few events, so that there can be many of them: 10,000, ten times as many each time, and the most. */
export async function benchSmallMerge(most: number) {
  return merged(await smallRun(), [10_000, 100_000, 1_000_000].filter((tasks) => tasks < most).concat(most))
}

async function merged(run: Repeated, counts: readonly number[]) {
  const found: Record<string, unknown> = {}
  for (const tasks of counts) {
    const folder = await mkdtemp(join(tmpdir(), 'rro-bench-'))
    try {
      const journal = join(folder, 'run.1-of-1.journal.jsonl')
      await writeLongJournal(journal, tasks, AT_ONCE, run)
      const { said: _, ...measured } = await commandPeak(['collect', '--', '--merge', '--out', folder])
      found[`tasks${tasks}`] = { bytes: (await stat(journal)).size, ...measured }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return found
}
