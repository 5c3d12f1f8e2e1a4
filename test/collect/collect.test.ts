import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readArguments } from '../../src/collect/arguments.ts'
import { assemble } from '../../src/collect/assemble.ts'
import { type CollectPorts, collectRun } from '../../src/collect/collect-run.ts'
import { createHttpFetch } from '../../src/collect/http-fetch.ts'
import { progressLine, tokenLine } from '../../src/collect/progress.ts'
import { exploreRun } from '../../src/core/exploration/explore-run.ts'
import { drawTasks } from '../../src/core/exploration/run-plan.ts'
import { type Result, unwrap } from '../../src/core/failure.ts'
import type { RunEvent } from '../../src/core/log/events.ts'
import { trlDpoLines } from '../../src/datasets/trl-dpo.ts'
import { readWholeRunFile } from '../../src/formats/run-file.ts'
import { diskLoader } from '../../src/node/disk-loader.ts'
import { createLinearActor } from '../../src/policies/linear/linear-actor.ts'
import { createWebShopActions } from '../../src/policies/linear/webshop/webshop-actions.ts'
import { parseWeights } from '../../src/policies/linear/weights.ts'
import { shippedWebShop } from '../../src/worker/worlds/shipped-webshop.ts'
import { collect } from '../core/toy.ts'
import { eventually } from '../eventually.ts'
import { testPorts } from '../policies/openai/ports.ts'
import { seeded, startOpenAIServer, TEST_MODEL } from '../policies/openai-server.ts'

const loader = diskLoader()
const { shop } = unwrap(shippedWebShop(unwrap(await loader.files('webshop'))))
const space = createWebShopActions(shop.catalogue.products)
const weights = unwrap(parseWeights(JSON.parse(unwrap(await loader.policy('webshop'))), space.features)).weights
const policy = createLinearActor(shop, space, weights)
const server = await startOpenAIServer(shop, policy)
afterAll(() => server.close())

let out = ''
beforeEach(async () => {
  server.behaviour = {}
  out = await mkdtemp(join(tmpdir(), 'collect-'))
})
afterEach(() => rm(out, { recursive: true, force: true }))

/** Small tasks: a few requests each. */
const METHOD = [
  '--rollouts',
  '2',
  '--candidates',
  '2',
  '--step-limit',
  '6',
  '--no-timings',
  '--context-tokens',
  '30000',
]

function commandLine(...words: string[]): string[] {
  return ['--endpoint', server.address, '--model', TEST_MODEL, '--out', out, ...METHOD, ...words]
}

function ports(): CollectPorts & { readonly said: string[]; finished: number } {
  const said: string[] = []
  const mine = {
    ...testPorts({ fetch: createHttpFetch() }),
    ...{ key: undefined, said, finished: 0, say: (words: string) => said.push(words), onStart: () => {} },
    onFinished: () => mine.finished++,
  }
  return mine
}

async function collected(words: string[], at = ports(), signal = new AbortController().signal) {
  const command = unwrap(readArguments(commandLine(...words)))
  if (command.do !== 'collect') return expect.fail('it is no collection')
  return collectRun(command.options, at, signal)
}

async function fileOf(name: string): Promise<string> {
  return readFile(join(out, name), 'utf8')
}

function withoutCalls(log: readonly RunEvent[]): unknown[] {
  return log.slice(1).map((event) => {
    const { usage: _usage, usages: _usages, ...rest } = event as { usage?: unknown; usages?: unknown }
    return rest
  })
}

describe('a collection', () => {
  test('is the run of the embedded policy asked directly, in a file that the page reads, with its pairs', async () => {
    server.behaviour = { shuffle: 20 }
    const result = unwrap(await collected(['--tasks', '12', '--concurrency', '8', '--first-rise', 'draw-one-more']))
    expect(result).toMatchObject({
      finished: 12,
      failed: [],
      stopped: undefined,
      assembled: { tasks: 12, behindGap: 0 },
    })
    const log = unwrap(await readWholeRunFile([await fileOf('run.jsonl')]))
    const [header] = log
    if (header?.type !== 'run-started') return expect.fail('no head')
    const tasks = drawTasks(header.config, shop.tasks('train'))
    const direct = await collect(exploreRun({ header, actor: seeded(policy), tasks }))
    expect(withoutCalls(log)).toEqual(withoutCalls(direct))
    const rows = Array.from({ length: 12 }, (_, task) =>
      trlDpoLines(
        header,
        log.filter((event) => 'task' in event && event.task === task),
        { example: false, duplicates: false },
      ),
    )
    expect(await fileOf('run.trl-dpo.jsonl')).toBe(rows.flat().join(''))
    expect(result.assembled?.pairs).toBe(rows.flat().length)
    expect((await readdir(out)).toSorted()).toEqual(['run.1-of-1.journal.jsonl', 'run.jsonl', 'run.trl-dpo.jsonl'])
  })

  test('in shards, merged, equals the whole', async () => {
    unwrap(await collected(['--tasks', '0-9', '--name', 'whole']))
    for (const shard of ['3/3', '1/3']) {
      const part = unwrap(await collected(['--tasks', '0-9', '--shard', shard]))
      expect(part.assembled).toBeUndefined()
    }
    // The second shard is missing: as far as there is no gap.
    expect(await assemble(out, 'run')).toMatchObject({ ok: true, value: { tasks: 1, of: 10, behindGap: 6 } })
    unwrap(await collected(['--tasks', '0-9', '--shard', '2/3']))
    expect(await assemble(out, 'run')).toMatchObject({ ok: true, value: { tasks: 10, of: 10, behindGap: 0 } })
    expect(await fileOf('run.jsonl')).toBe(await fileOf('whole.jsonl'))
  })

  test('of a first part, and then of more, equals the whole', async () => {
    unwrap(await collected(['--tasks', '0-6', '--name', 'whole']))
    unwrap(await collected(['--tasks', '0-2']))
    const more = ports()
    const result = unwrap(await collected(['--tasks', '3-6'], more))
    expect([result.finished, result.assembled?.tasks]).toEqual([4, 7])
    expect(await fileOf('run.jsonl')).toBe(await fileOf('whole.jsonl'))
  })

  test('keeps as many requests in flight as it may, and stops at its budget with all that was answered', async () => {
    server.behaviour = { gather: 256 }
    const at = ports()
    const words = ['--tasks', '300', '--concurrency', '256']
    const result = unwrap(await collected([...words, '--budget-requests', '300'], at))
    expect(result).toMatchObject({ stopped: { code: 'model-budget' }, failed: [] })
    expect(server.peak).toBeGreaterThanOrEqual(256)
    const answered = (await fileOf('run.1-of-1.journal.jsonl')).split('{"type":"reply"').length - 1
    expect(answered).toBe(300)
  })

  test('goes on where the server failed, without asking again for what is there', async () => {
    unwrap(await collected(['--tasks', '6', '--name', 'whole']))
    const all = server.asked.length
    let count = 0
    server.behaviour = { fault: () => (++count > 40 ? 'broken' : undefined) }
    const broken = unwrap(await collected(['--tasks', '6', '--concurrency', '3', '--retries', '0']))
    expect(broken.stopped?.code).toBe('endpoint-server')
    const before = server.asked.length
    server.behaviour = {}
    const rest = unwrap(await collected(['--tasks', '6', '--concurrency', '3']))
    expect(rest.stopped).toBeUndefined()
    expect(await fileOf('run.jsonl')).toBe(await fileOf('whole.jsonl'))
    expect(server.asked.length - before).toBeLessThanOrEqual(all - 40 + 3)
  })

  test('is not stopped by one task that the server refuses', async () => {
    const bad = drawTasks(unwrapOptions('--tasks', '4').config, shop.tasks('train'))[1]
    server.behaviour = {
      fault: ({ messages }) =>
        messages.some(({ content }) => content.includes(bad?.instruction ?? '')) ? 'wrong-shape' : undefined,
    }
    const result = unwrap(await collected(['--tasks', '4']))
    expect(result).toMatchObject({ finished: 3, stopped: undefined, assembled: { tasks: 1, of: 4, behindGap: 2 } })
    expect(result.failed.map(({ task, failure }) => [task, failure.code])).toEqual([[1, 'endpoint-shape']])
    server.behaviour = {}
    expect(unwrap(await collected(['--tasks', '4'])).assembled?.tasks).toBe(4)
  })

  test('that is interrupted saves, and goes on', async () => {
    unwrap(await collected(['--tasks', '6', '--name', 'whole']))
    const stop = new AbortController()
    let count = 0
    server.behaviour = {
      fault() {
        if (++count === 30) stop.abort()
        return undefined
      },
    }
    const part = unwrap(await collected(['--tasks', '6', '--concurrency', '2'], ports(), stop.signal))
    expect(part.stopped).toBeUndefined()
    expect(part.finished).toBeLessThan(6)
    const rest = unwrap(await collected(['--tasks', '6']))
    expect(part.finished + rest.finished).toBe(6)
    expect(await fileOf('run.jsonl')).toBe(await fileOf('whole.jsonl'))
  })
})

test('a model that the server does not have ends in a sentence that says which it has', async () => {
  const at = ports()
  const result = unwrap(await collected(['--tasks', '3', '--model', 'other'], at))
  expect(result.stopped?.code).toBe('endpoint-model')
  expect(at.said).toEqual(['The server does not list other. It has: embedded-policy.'])
})

describe('a journal', () => {
  const journal = () => join(out, 'run.1-of-1.journal.jsonl')

  test('with any torn end goes on to the same files', async () => {
    unwrap(await collected(['--tasks', '3']))
    const [text, run] = [await fileOf('run.1-of-1.journal.jsonl'), await fileOf('run.jsonl')]
    const head = text.indexOf('\n') + 1
    const betweenRollouts = text.indexOf('\n', text.indexOf('"rollout-finished"')) + 1
    const replies = (part: string) => part.slice(0, part.lastIndexOf('\n') + 1).split('{"type":"reply"').length - 1
    for (const keep of [
      0,
      5,
      head,
      head + 40,
      betweenRollouts,
      Math.floor(text.length / 3),
      Math.floor(text.length / 2),
      text.length - 1,
    ]) {
      await truncate(journal(), 0)
      await writeFile(journal(), text.slice(0, keep))
      const at = ports()
      const before = server.asked.length
      const again = unwrap(await collected(['--tasks', '3'], at))
      expect(again.assembled?.tasks).toBe(3)
      expect(server.asked.length - before).toBe(replies(text) - replies(text.slice(0, keep)))
      expect(await fileOf('run.jsonl')).toBe(run)
      const torn = keep > 0 && text[keep - 1] !== '\n'
      expect(at.said.some((words) => words.includes('cut off'))).toBe(torn)
    }
    await appendFile(journal(), '\0\0\0\n\0\0')
    expect(unwrap(await collected(['--tasks', '3'])).finished).toBe(0)
    expect(await fileOf('run.jsonl')).toBe(run)
  })

  test('that is damaged, of another run or held by another process is refused in a sentence', async () => {
    unwrap(await collected(['--tasks', '2']))
    const text = await fileOf('run.1-of-1.journal.jsonl')
    const refused = async (words: string[], code: string) => {
      const result: Result<unknown> = await collected(words)
      expect(result.ok ? 'fine' : result.failure.code).toBe(code)
      expect(result.ok ? '' : result.failure.message).toMatch(/^.*\.$/)
    }
    await refused(['--tasks', '2', '--seed', '8'], 'journal-other')
    await refused(['--tasks', '2', '--max-tokens', '99'], 'journal-other')
    await writeFile(journal(), text.replace('"step-started"', '"step-stxrted"'))
    await refused(['--tasks', '2'], 'journal-damaged')
    await writeFile(journal(), text.replace(/"reward":\d(\.\d+)?,"end"/, '"reward":0.123,"end"'))
    await refused(['--tasks', '2'], 'journal-damaged')
    await writeFile(journal(), `${text}{"type":"task-finished","task":1000000,"reward":0,"end":"done"}\n`)
    await refused(['--tasks', '2'], 'journal-damaged')
    expect(await assemble(out, 'run')).toMatchObject({ ok: false, failure: { code: 'journal-damaged' } })
    await writeFile(journal(), text)
    await writeFile(`${journal()}.lock`, '{"pid":1,"host":"elsewhere"}')
    await refused(['--tasks', '2'], 'journal-locked')
    expect((await collected(['--tasks', '2', '--take-over'])).ok).toBe(true)
    await collected(['--tasks', '2', '--name', 'run2', '--seed', '9'])
    await writeFile(join(out, 'run.2-of-2.journal.jsonl'), await fileOf('run2.1-of-1.journal.jsonl'))
    expect(await assemble(out, 'run')).toMatchObject({ ok: false, failure: { code: 'merge-other' } })
    expect(await assemble(out, 'none')).toMatchObject({ ok: false, failure: { code: 'merge-nothing' } })
  })
})

test('killed in the middle, twice, it loses nothing, asks for nothing again that it has, and ends with the same file', async () => {
  const words = ['--tasks', '10', '--concurrency', '4']
  unwrap(await collected([...words, '--name', 'whole']))
  const all = server.asked.length
  const script = fileURLToPath(new URL('../../src/collect/collect.ts', import.meta.url))
  const kept = async (): Promise<string[]> =>
    (await fileOf('run.1-of-1.journal.jsonl').catch(() => ''))
      .split('\n')
      .filter((line) => line.startsWith('{"type":"reply"'))
  /** From the given request on the server is silent; once all replies before it are on the disk, the process is killed. */
  const run = async (silentFrom: number): Promise<number | null> => {
    const args = ['--import', 'tsx', script, ...commandLine(...words)]
    const child = spawn(process.execPath, args, {
      stdio: 'ignore',
      env: { ...process.env, OPENAI_API_KEY: 'test-key-123456' },
    })
    const exit = once(child, 'exit') as Promise<[number | null]>
    const before = (await kept()).length
    let answered = 0
    let silent = false
    server.behaviour = {
      fault: () => (++answered > silentFrom ? 'slow' : undefined),
      stalled() {
        if (silent) return
        silent = true
        void eventually(async () => expect(await kept()).toHaveLength(before + silentFrom)).finally(() =>
          child.kill('SIGKILL'),
        )
      },
    }
    return (await exit)[0]
  }
  const start = server.asked.length
  expect(await run(60)).toBeNull()
  const first = await kept()
  expect(first).toHaveLength(60)
  expect(await run(50)).toBeNull()
  const second = await kept()
  expect(second).toHaveLength(110)
  expect(second.slice(0, 60)).toEqual(first)
  expect(await run(Number.POSITIVE_INFINITY)).toBe(0)
  expect(await fileOf('run.jsonl')).toBe(await fileOf('whole.jsonl'))
  // Asked again is what was under way, at each of two kills.
  expect(server.asked.length - start).toBeLessThanOrEqual(all + 2 * 4)
  for (const name of await readdir(out)) expect(await fileOf(name)).not.toContain('test-key-123456')
})

describe('the command line', () => {
  test('says what it does not understand', () => {
    const wrong = (...words: string[]) => {
      const result = readArguments(words)
      return result.ok ? expect.fail('understood') : result.failure.message
    }
    expect(wrong()).toMatch(/--out/)
    expect(wrong('--out', 'x')).toMatch(/--endpoint is missing.*--model is missing/)
    expect(wrong('--out', 'x', '--colour', 'red')).toMatch(/"--colour" is not understood/)
    expect(wrong('--out')).toMatch(/nothing behind/)
    const rest = ['--out', 'x', '--endpoint', 'h', '--model', 'm']
    expect(wrong(...rest, '--rollouts', '99')).toMatch(/above the largest value 64\. See/)
    expect(wrong(...rest, '--shard', '3/2')).toMatch(/share such as 2\/8/)
    expect(wrong(...rest, '--tasks', '9-3')).toMatch(/range/)
    expect(wrong(...rest, '--tasks', 'many')).toMatch(/^--tasks takes a range such as 0-999, or a number\. See /)
    expect(wrong(...rest, '--concurrency', 'many')).toMatch(/whole number/)
    expect(wrong(...rest, '--extra', '[]')).toMatch(/JSON object/)
    expect(wrong(...rest, '--name', '../x')).toMatch(/letters/)
  })

  test('takes settings by the names of the page, with dashes or without, and a key from nowhere', () => {
    const options = unwrapOptions('--tasks=5-9', '--step-limit=7', '--firstBar', 'value', '--shard', '2/8')
    expect(options).toMatchObject({ from: 5, to: 9, shard: { number: 2, of: 8 }, timeoutMs: 240_000 })
    expect(options.config).toMatchObject({
      tasks: 10,
      stepLimit: 7,
      firstBar: 'value',
      policy: 'openai',
      model: TEST_MODEL,
    })
    expect(readArguments(commandLine('--key', 'sk-1')).ok).toBe(false)
  })

  test('takes up to a million tasks', () => {
    expect(unwrapOptions('--tasks', '0-999999').config.tasks).toBe(1_000_000)
    expect(unwrapOptions('--tasks', '1000000')).toMatchObject({ from: 0, to: 999_999 })
    for (const tasks of ['0-1000000', '1000001']) expect(readArguments(commandLine('--tasks', tasks)).ok).toBe(false)
  })
})

test('the progress line tells rate and time left', () => {
  const stats = { requests: 600, repeated: 3, inFlight: 12, waiting: 0, peak: 20, tokens: 90_000 }
  expect(progressLine({ finished: 10, of: 100, elapsedMs: 60_000, stats })).toBe(
    '10/100 tasks, 10.0/min, 9 min left; 10.0 requests/s, 1,500 tokens/s, 12 under way, 3 asked again',
  )
})

function unwrapOptions(...words: string[]) {
  const command = unwrap(readArguments(commandLine(...words)))
  return command.do === 'collect' ? command.options : expect.fail('it is no collection')
}

test('the token line says what the order of the calls saves', () => {
  const tokens = { calls: 1200, uncounted: 3, prompt: 2_000_000, decoded: 30_000, prefilled: 700_000 }
  expect(tokenLine({ ...tokens, interleaved: 1_900_000, shared: 250_000 })).toBe(
    '1,200 calls, 30K tokens written; a server that keeps prefixes reads 250K of 2M prompt tokens, an engine with one conversation 700K (1.9M if rollouts took turns); 3 calls were not counted by the server',
  )
})
