/** The thread that collects falls silent, breaks, or does not hear that it shall stop. */
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { supervise } from '../../src/collect/supervise.ts'

const SAY =
  "const { parentPort } = require('node:worker_threads'); const say = (message) => parentPort.postMessage(message);"
const BEAT = "say({ type: 'beat' });"

/** A thread of its own code, and a clock that goes on by a second with each look. */
function watch(code: string) {
  let nowMs = 0
  let look = (): void => {}
  const said: string[] = []
  const stop = new AbortController()
  let heard: () => void = () => {}
  const beat = new Promise<void>((resolve) => {
    heard = resolve
  })
  const outcome = supervise(new Worker(SAY + code, { eval: true }), stop.signal, {
    now: () => nowMs,
    repeat(given) {
      look = given
      return () => {}
    },
    say: (words) => said.push(words),
    onBeat: () => heard(),
  })
  const pass = (seconds: number): void => {
    for (let second = 0; second < seconds; second++) {
      nowMs += 1_000
      look()
    }
  }
  return { outcome, said, stop, beat, pass }
}

test('one that computes without end is said to be silent, and is cut off when it shall stop', async () => {
  const { outcome, said, stop, beat, pass } = watch(`${BEAT} for (;;) {}`)
  await beat
  pass(11)
  expect(said.map((words) => /\d+ s/.exec(words)?.[0])).toEqual(['5 s', '10 s'])
  stop.abort()
  pass(1)
  expect(await outcome).toBe('cut off')
})

test('one that hears ends by itself, with what it has', async () => {
  const { outcome, stop, beat, pass } = watch(
    `${BEAT} parentPort.once('message', () => say({ type: 'end', collected: { ok: true, value: 'all' } }));`,
  )
  await beat
  stop.abort()
  pass(1)
  expect(await outcome).toEqual({ ok: true, value: 'all' })
})

test.each([
  ['throws', "throw new Error('no luck')", /broke: no luck/],
  ['ends', 'process.exit(0)', /ended without a word/],
])('one that %s is a sentence', async (_name, code, sentence) => {
  const { outcome } = watch(code)
  expect(await outcome).toMatchObject({ ok: false, failure: { message: expect.stringMatching(sentence) } })
})
