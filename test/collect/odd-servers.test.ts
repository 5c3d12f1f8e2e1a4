import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readArguments } from '../../src/collect/arguments.ts'
import { collectRun } from '../../src/collect/collect-run.ts'
import { createHttpFetch } from '../../src/collect/http-fetch.ts'
import { unwrap } from '../../src/core/failure.ts'
import type { RunEvent } from '../../src/core/log/events.ts'
import { trlDpoLines } from '../../src/datasets/trl-dpo.ts'
import { readWholeRunFile } from '../../src/formats/run-file.ts'
import { testPorts } from '../policies/openai/ports.ts'
import { type FakeServer, startFakeServer } from '../policies/servers/fake-server.ts'
import { said } from '../policies/servers/table.ts'

/** Collects from a server, and gives what came of it, what was said, and the pairs. */
async function collected(prepare: (server: FakeServer) => void, ...words: string[]) {
  const server = await startFakeServer()
  const out = await mkdtemp(join(tmpdir(), 'odd-'))
  try {
    prepare(server)
    const sizes = ['--tasks', '2', '--rollouts', '2', '--candidates', '2', '--step-limit', '2', '--no-timings']
    const command = unwrap(
      readArguments(['--endpoint', server.address, '--model', 'm', '--out', out, ...sizes, ...words]),
    )
    if (command.do !== 'collect') return expect.fail('it is no collection')
    const told: string[] = []
    const ports = {
      ...testPorts({ fetch: createHttpFetch() }),
      key: undefined,
      say: (text: string) => void told.push(text),
    }
    const result = await collectRun(
      command.options,
      { ...ports, onStart: () => {}, onFinished: () => {} },
      new AbortController().signal,
    )
    const log = await readFile(join(out, 'run.jsonl'), 'utf8').catch(() => '')
    return { result, told, log, asked: server.heads.length }
  } finally {
    await server.close()
    await rm(out, { recursive: true, force: true })
  }
}

test.each([401, 403, 404])('a list of models that is refused by %i does not stop it', async (status) => {
  const { result, told } = await collected((server) => {
    server.models = { status, body: { error: { message: 'no list for you' } } }
    server.answers = [said('Action: search[shoes]')]
  })
  expect(unwrap(result)).toMatchObject({ finished: 2, stopped: undefined })
  expect(told.join(' ')).toMatch(/does not list its models.*no list for you/)
})

test('a model that only thinks stops it, with the flags that help', async () => {
  const { result, asked } = await collected((server) => {
    server.answers = [said(null, { reasoning_content: 'hm' }, 'length')]
  })
  expect(unwrap(result).stopped).toMatchObject({ code: 'model-only-thinks' })
  expect(unwrap(result).stopped?.message).toMatch(/--max-tokens.*--no-thinking/)
  expect(asked).toBeLessThan(12)
})

test('what a provider keeps back is in no log, and what a model leaves unsaid is marked in it', async () => {
  const kept = await collected((server) => {
    server.answers = [said(undefined, {}, 'content_filter')]
  })
  expect(unwrap(kept.result)).toMatchObject({ finished: 0, failed: [{ failure: { code: 'endpoint-withheld' } }, {}] })
  expect(kept.log).not.toContain('candidate-proposed')
  const unsaid = await collected((server) => {
    server.answers = [said('I do not know.')]
  })
  expect(unwrap(unsaid.result).finished).toBe(2)
  expect(unsaid.log).toContain('"nothing":true')
})

test('a pair with a reply that has no action is written only where it is asked for', async () => {
  const { log } = await collected((server) => {
    // The first of two candidates says nothing; the second one, and all rollouts, act.
    server.answers = [said('I do not know.'), said('Action: search[shoes]')]
  }, '--no-thinking')
  const [header, ...events] = unwrap(await readWholeRunFile([log]))
  if (header?.type !== 'run-started') return expect.fail('no head')
  const task: RunEvent[] = events.filter((event) => 'task' in event && event.task === 0)
  const pair = { type: 'pair-made', task: 0, step: 1, chosen: 2, rejected: 1 } as const
  const at = task.findIndex((event) => event.type === 'step-decided')
  const paired = [
    ...task.filter(({ type }) => type !== 'pair-made').slice(0, at),
    pair,
    ...task.slice(at),
  ] as RunEvent[]
  expect(trlDpoLines(header, paired)).toEqual([])
  expect(trlDpoLines(header, paired, { unusable: true })).toHaveLength(1)
})
