/** Data sets of a run of a gigabyte, by the command: peak memory and time for each kind of file. The run is a real one, its tasks over and over. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLongRun } from './long-run.ts'
import { rounded } from './measure.ts'

/** Every Node that takes part tells its own peak when it ends. */
const TELL_PEAK = `data:text/javascript,process.on('exit',()=>console.error('peak:'+process.resourceUsage().maxRSS))`

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
  const begun = performance.now()
  const child = spawn('npm', ['run', 'dataset', '--', '--from', run, '--out', out, '--format', 'trl-dpo', ...options], {
    env: { ...process.env, NODE_OPTIONS: `--import ${TELL_PEAK}` },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const [code] = await once(child, 'close')
  const peaks = [...said.matchAll(/^peak:(\d+)$/gm)].map(([, kilobytes]) => Number(kilobytes))
  const [, rows] = /: ([\d,]+) rows$/m.exec(said) ?? []
  if (code !== 0 || peaks.length === 0) throw new Error(`npm run dataset failed: ${said}`)
  const sizes = await Promise.all((await readdir(out)).map(async (name) => (await stat(join(out, name))).size))
  await rm(out, { recursive: true })
  return {
    peakMegabytes: Math.round((Math.max(...peaks) * 1024) / 1e6),
    seconds: rounded((performance.now() - begun) / 1000),
    rows: Number(rows?.replaceAll(',', '')),
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  }
}
