/** Data sets of a run of a gigabyte, by the command: peak memory and time for each kind of file. The run is a real one, its tasks over and over. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandPeak } from './command-peak.ts'
import { writeLongRun } from './long-run.ts'

const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  jsonl: ['--file', 'jsonl'],
  parquet: ['--file', 'parquet'],
  parquetArchive: ['--file', 'parquet', '--archive', '--test-share', '0.1'],
}

export async function benchDatasetMemory(bytes = 1e9) {
  const folder = await mkdtemp(join(tmpdir(), 'rro-bench-'))
  try {
    const run = join(folder, 'run.jsonl')
    const tasks = await writeLongRun(run, bytes)
    const results: Record<string, Awaited<ReturnType<typeof exported>>> = {}
    for (const [name, options] of Object.entries(WRITTEN))
      results[name] = await exported(run, join(folder, name), options)
    return { runBytes: (await stat(run)).size, tasks, ...results }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function exported(run: string, out: string, options: readonly string[]) {
  const words = ['dataset', '--', '--from', run, '--out', out, '--format', 'trl-dpo', ...options]
  const { said, ...measured } = await commandPeak(words)
  const [, rows] = /: ([\d,]+) rows$/m.exec(said) ?? []
  const sizes = await Promise.all((await readdir(out)).map(async (name) => (await stat(join(out, name))).size))
  await rm(out, { recursive: true })
  return {
    ...measured,
    rows: Number(rows?.replaceAll(',', '')),
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  }
}
