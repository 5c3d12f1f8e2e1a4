import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../src/core/log/events.ts'
import { readWholeRunFile, writeRunFile } from '../../src/formats/run-file.ts'
import { anyConfig } from '../core/arbitraries.ts'
import { collect, toyConfig, toyRun, treeActor } from '../core/toy.ts'

const small = await collect(toyRun(treeActor(), toyConfig({ tasks: 2, candidates: 3, rollouts: 2 })))
const smallText = textOf(small)

function textOf(events: readonly RunEvent[]): string {
  return [...writeRunFile(events)].join('')
}

/** Cuts text into pieces of a size, as bytes. */
function* bytesOf(text: string, size: number): Generator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function sentenceOf(text: string | Uint8Array): Promise<string> {
  const read = await readWholeRunFile([text])
  if (read.ok) expect.fail(`read ${read.value.length} events`)
  return read.failure.message
}

/** The small run with one event changed. */
function changed(at: number, change: Record<string, unknown>): string {
  return textOf(small.map((event, i) => (i === at ? ({ ...event, ...change } as RunEvent) : event)))
}

function first(type: RunEvent['type']): number {
  return small.findIndex((event) => event.type === type)
}

describe('a run file', () => {
  test('of any run reads back to the same events and writes to the same bytes, whole or in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(anyConfig, fc.integer({ min: 1, max: 5000 }), async (config, size) => {
        const log = await collect(toyRun(treeActor(), config))
        const text = textOf(log)
        const read = await readWholeRunFile(bytesOf(text, size))
        if (!read.ok) expect.fail(read.failure.message)
        expect(read.value).toEqual(log)
        expect(textOf(read.value)).toBe(text)
      }),
      { numRuns: 60 },
    )
  })

  test('may be cut after any event', async () => {
    for (let count = 1; count <= small.length; count++) {
      expect(await readWholeRunFile([textOf(small.slice(0, count))])).toEqual({
        ok: true,
        value: small.slice(0, count),
      })
    }
  })

  test('cut at any byte is a shorter good run or a sentence that names a line', async () => {
    const bytes = new TextEncoder().encode(smallText)
    for (let end = 0; end < bytes.length; end += 7) {
      const read = await readWholeRunFile([bytes.subarray(0, end)])
      if (read.ok) expect(read.value).toEqual(small.slice(0, read.value.length))
      else expect(read.failure.message).toMatch(/line \d+/i)
    }
  })

  test('with any bytes changed never throws, and what is read is coherent', async () => {
    const bytes = new TextEncoder().encode(smallText)
    const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(changes, async (mutations) => {
        const copy = bytes.slice()
        for (const [at, value] of mutations) copy[at] = value
        const read = await readWholeRunFile([copy])
        if (!read.ok) expect(read.failure.message).toMatch(/line \d+/i)
        else expect(await readWholeRunFile([textOf(read.value)])).toEqual(read)
      }),
      { numRuns: 300 },
    )
  })

  test('with lines removed, repeated or exchanged is refused', async () => {
    const lines = smallText.trimEnd().split('\n')
    const last = lines.length - 1
    for (let at = 0; at < last; at++) {
      expect(await sentenceOf(lines.filter((_, i) => i !== at).join('\n'))).toMatch(/line \d+/i)
      expect(await sentenceOf(lines.flatMap((line, i) => (i === at ? [line, line] : [line])).join('\n'))).toMatch(
        /line \d+/i,
      )
    }
  })

  test('is read with a byte order mark, CR LF, a missing last line end and blank lines at its end', async () => {
    const good = { ok: true, value: small }
    expect(await readWholeRunFile([`\uFEFF${smallText}`])).toEqual(good)
    expect(await readWholeRunFile(bytesOf(`\uFEFF${smallText}`, 2))).toEqual(good)
    expect(await readWholeRunFile([smallText.replaceAll('\n', '\r\n')])).toEqual(good)
    expect(await readWholeRunFile([smallText.trimEnd()])).toEqual(good)
    expect(await readWholeRunFile([`${smallText}\n\r\n`])).toEqual(good)
  })

  test('is read from a web stream', async () => {
    expect(await readWholeRunFile(new Blob([smallText]).stream())).toEqual({ ok: true, value: small })
  })
})

describe('a file that is no good run is refused in words', () => {
  const { config } = small[0] as Extract<RunEvent, { type: 'run-started' }>
  const cases: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['an empty file', '', /empty \(line 1/],
    ['a web page', '<!doctype html>\n<html>', /^Line 1: this is a web page/],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), /^Line 1 .*not text/],
    ['a zip file', 'PK\x03\x04\0\0', /^Line 1: this is a binary file/],
    ['plain words', 'Hello there.\nHow are you?', /^Line 1 is not JSON/],
    ['a list', '[{"asin": "B000"}]', /^Line 1: this is one JSON list/],
    ['a trainer’s file', '{"prompt": [], "chosen": [], "rejected": []}\n', /preference dataset for a trainer/],
    ['somebody else’s log', '{"level":"info","msg":"ok"}\n', /^Line 1 is not an event/],
    ['a newer version', changed(0, { version: 2 }), /version 2, this page reads version 1.*Reload/],
    ['no version', changed(0, { version: undefined }), /version should be 1 and is none/],
    ['a setting out of range', changed(0, { config: { ...config, rollouts: 1000 } }), /Line 1 .*Rollouts m.*above/],
    ['an unknown setting', changed(0, { config: { ...config, luck: 1 } }), /Line 1 .*no setting called "luck"/],
    ['an unknown event', changed(2, { type: 'coffee-made' }), /Line 3 has no known event type: "coffee-made"/],
    ['an unknown field', changed(2, { mood: 'good' }), /Line 3 .*does not know: "mood"/],
    ['a prototype key', smallText.replace('"task":0', '"__proto__":{"x":1},"task":0'), /Line 2 .*"__proto__"/],
    ['an inherited key', smallText.replace('"task":0', '"constructor":1,"task":0'), /Line 2 .*"constructor"/],
    ['a null in a text', changed(2, { bar: null }), /Line 3 \(step-started\) has a bad "bar"/],
    ['another task', changed(first('candidate-proposed'), { task: 1 }), /Line 4 .*belongs to task 1/],
    ['a skipped candidate', changed(first('candidate-proposed'), { candidate: 2 }), /Line 4 .*candidate 1 is expected/],
    ['a skipped rollout', changed(first('rollout-finished'), { rollout: 2 }), /Line 5 .*rollout 1 is expected/],
    ['an impossible reward', changed(first('rollout-finished'), { reward: 1.5 }), /Line 5 .*outside 0 to 1/],
    ['a wrong mean', changed(first('candidate-scored'), { reward: 0.123 }), /process reward 0.123 where the mean/],
    ['a wrong bar', changed(first('step-started'), { bar: 0.5 }), /Line 3 .*bar 0.5 where 0 follows/],
    ['a run that starts twice', smallText + smallText, /starts the run a second time/],
    ['something after the end', `${smallText}{"type":"run-finished"}\n`, /after the end of the run/],
    ['a gigantic line', `${smallText}${'x'.repeat(5_000_000)}`, /Line \d+ is longer than 4,000,000/],
    ['a long text', changed(1, { observation: 'x'.repeat(2_000_000) }), /Line 2 .*longer than 1,000,000/],
    ['deep nesting', `${'['.repeat(100_000)}`, /^Line 1/],
    ['deep nesting inside', changed(1, { x: JSON.parse('['.repeat(3000) + ']'.repeat(3000)) }), /^Line 2/],
    ['a cut-off line', smallText.slice(0, -10), /the last one, is cut off/],
    ['broken UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe]), /^Line 1 .*not text in UTF-8/],
  ]
  test.each(cases)('%s', async (_name, text, sentence) => {
    expect(await sentenceOf(text)).toMatch(sentence)
  })

  test('a pair that is not ordered', async () => {
    const log = await collect(toyRun(treeActor(), toyConfig({ method: 'fixed-size', candidates: 4, tasks: 3 })))
    const at = log.findIndex((event) => event.type === 'pair-made')
    const pair = log[at] as Extract<RunEvent, { type: 'pair-made' }>
    const turned = log.map((event, i) => (i === at ? { ...pair, rejected: pair.chosen } : event))
    expect(await sentenceOf(textOf(turned))).toMatch(/is not higher/)
  })

  test('a source that fails while it is read', async () => {
    const failing = async function* () {
      yield smallText
      throw new Error('the disk is gone')
    }
    const read = await readWholeRunFile(failing())
    expect(read).toMatchObject({ ok: false, failure: { code: 'run-file-unreadable' } })
  })
})

test('a failure inside a run is read, and exploration may go on after it', async () => {
  const failed: RunEvent = { type: 'run-failed', failure: { code: 'x', message: 'The network is gone.' } }
  const log = [...small.slice(0, 9), failed, ...small.slice(9)]
  expect(await readWholeRunFile([textOf(log)])).toEqual({ ok: true, value: log })
})
