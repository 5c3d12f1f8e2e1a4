/**
 * Explores many tasks with a language model behind any OpenAI-compatible server, hundreds of requests at once, and
 * writes the same run files as the page. It can be killed at any time and goes on where it was:
 *
 *   npm run collect -- --endpoint http://host:8000/v1 --model NAME --tasks 0-999 --out runs/
 */

import { Worker } from 'node:worker_threads'
import type { Failure } from '../core/failure.ts'
import { type CollectOptions, readArguments, USAGE } from './arguments.ts'
import { type Assembled, assemble } from './assemble.ts'
import type { Collected } from './collect-run.ts'
import { type Counts, createProgress, progressLine, tokenLine } from './progress.ts'
import { supervise } from './supervise.ts'

const command = readArguments(process.argv.slice(2))
if (!command.ok) fail(command.failure)
else if (command.value.do === 'help') console.log(USAGE)
else if (command.value.do === 'merge') {
  const merged = await assemble(command.value.out, command.value.name, 0, command.value.rowsWithExample)
  if (merged.ok) tell(merged.value)
  else fail(merged.failure)
} else {
  const { options } = command.value
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(130)
      console.error('\nStopping; once more to stop at once. Nothing that is written is lost either way.')
      stop.abort()
    })
  const startMs = performance.now()
  let counts: Omit<Counts, 'elapsedMs'> | undefined
  const progress = createProgress(process.stderr, () =>
    counts === undefined ? 'Loading the data ...' : progressLine({ ...counts, elapsedMs: performance.now() - startMs }),
  )
  const thread = startThread({ options, key: process.env.OPENAI_API_KEY })
  const collected = await supervise(thread, stop.signal, {
    now: () => performance.now(),
    repeat(look) {
      const timer = setInterval(look, 500)
      return () => clearInterval(timer)
    },
    say: (words) => console.error(words),
    onBeat(told) {
      counts = told
    },
  })
  progress.end()
  if (collected === 'cut off') await reportCutOff(options)
  else if (collected.ok) report(collected.value, stop.signal.aborted)
  else fail(collected.failure)
}

/** Threads of Node do not inherit what reads TypeScript: it is registered first. */
function startThread(workerData: unknown): Worker {
  const [tsx, code] = ['tsx/esm/api', './collect-thread.ts'].map((name) => JSON.stringify(import.meta.resolve(name)))
  return new Worker(`import(${tsx}).then(({ register }) => (register(), import(${code})))`, { eval: true, workerData })
}

/** It computed something and did not hear: what it had written is put together here. */
async function reportCutOff({ out, name, shard, rowsWithExample }: CollectOptions): Promise<void> {
  console.error('It was cut off in the middle of something long. The same command goes on where it was.')
  process.exitCode = 130
  if (shard.of > 1) return
  const kept = await assemble(out, name, 0, rowsWithExample)
  if (kept.ok) tell(kept.value)
  else console.error(kept.failure.message)
}

function report({ finished, failed, stopped, assembled }: Collected, interrupted: boolean): void {
  for (const { task, failure } of failed.slice(0, 10)) console.error(`Task ${task}: ${failure.message}`)
  if (failed.length > 10) console.error(`... and ${failed.length - 10} more tasks`)
  console.log(`${finished} tasks explored${failed.length > 0 ? `, ${failed.length} not` : ''}.`)
  if (assembled !== undefined) tell(assembled)
  else console.log('When all shards are done: npm run collect -- --merge --out with the folder of all of them.')
  if (stopped !== undefined) fail(stopped)
  else if (failed.length > 0) process.exitCode = 1
  if (interrupted) process.exitCode = 130
  if (stopped !== undefined || failed.length > 0 || interrupted) console.error('The same command goes on where it was.')
}

function tell({ run, pairsFile, tasks, of, behindGap, pairs, notes, tokens }: Assembled): void {
  console.log(`${run}: ${tasks} of ${of} tasks${tasks < of ? ', to be gone on with' : ''}`)
  console.log(`${pairsFile}: ${pairs} preference pairs`)
  for (const note of notes) console.log(`  ${note}`)
  if (tokens.calls > tokens.uncounted) console.log(tokenLine(tokens))
  if (behindGap > 0)
    console.log(`${behindGap} finished tasks stand behind the first one that is missing (task ${tasks}).`)
}

function fail({ message }: Failure): void {
  console.error(message)
  process.exitCode = 1
}
