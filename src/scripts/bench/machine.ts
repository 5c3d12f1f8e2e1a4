/** What the numbers were measured on, and how busy it was. */
import { cpus, loadavg } from 'node:os'
import { repeated, rounded, timed } from './measure.ts'

const REPETITIONS = 7
const TURNS = 20_000_000

/** With the speed of a loop that is none of ours: where it differs between two runs, so does the machine. */
export async function machine() {
  const loopsPerSecond = await repeated(REPETITIONS, async () => (1000 * TURNS) / (await timed(loop)))
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    node: process.version,
    /** Processes that ran or waited to, over the minute before. */
    load: rounded(loadavg()[0] ?? 0),
    loopsPerSecond,
  }
}

function loop(): number {
  let x = 1
  for (let i = 0; i < TURNS; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0
  return x
}
