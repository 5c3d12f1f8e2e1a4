/** Files in forms of their own, as those who read them ask for them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unwrap } from '../../src/core/failure.ts'
import type { RunEvent } from '../../src/core/log/events.ts'
import { foldRun } from '../../src/core/log/fold-run.ts'
import type { DatasetFormatName } from '../../src/datasets/formats.ts'
import { readWholeRunFile } from '../../src/formats/run-file.ts'
import { readArguments } from '../../src/node/dataset/arguments.ts'
import { writeDataset } from '../../src/node/dataset/write-dataset.ts'
import { PARQUET_READERS } from '../datasets/parquet-readers.ts'
import { writeSmallRuns } from './small-runs.ts'

let runs = ''
beforeAll(async () => {
  runs = await mkdtemp(join(tmpdir(), 'rro-forms-'))
  await writeSmallRuns(runs)
})
afterAll(() => rm(runs, { recursive: true, force: true }))

/** The bytes of the training side. */
async function written(format: DatasetFormatName, from = runs, ...more: string[]): Promise<Buffer> {
  const out = await mkdtemp(join(runs, 'out-'))
  const options = unwrap(readArguments(['--from', from, '--format', format, '--out', out, ...more]))
  const { files } = unwrap(await writeDataset(options ?? expect.fail()))
  return readFile(files[0]?.path ?? '')
}

async function eventsOf(file: string): Promise<RunEvent[]> {
  return unwrap(await readWholeRunFile([await readFile(join(runs, file), 'utf8')]))
}

interface Turn {
  from: string
  value: string
}

/** What `preprocess_multi_turn` of both repositories asserts: human and gpt in turn, the human first. */
function inTurn(talk: readonly Turn[]): void {
  expect(talk.map(({ from }) => from)).toEqual(talk.map((_, i) => (i % 2 === 0 ? 'human' : 'gpt')))
}

describe('the scripts of IPR and ETO', () => {
  test.each(['ipr-pairs', 'eto-pairs'] as const)('%s: one array of pairs whose turns alternate', async (format) => {
    const pairs: Record<'prompt' | 'chosen' | 'rejected', Turn[]>[] = JSON.parse((await written(format)).toString())
    expect(pairs.length).toBeGreaterThan(3)
    for (const pair of pairs) {
      const { prompt, chosen, rejected } = pair
      expect(Object.keys(pair)).toEqual(['id', 'prompt', 'chosen', 'rejected'])
      expect(chosen).not.toEqual(rejected)
      for (const side of [chosen, rejected]) {
        inTurn([...prompt, ...side])
        expect([side[0], side.at(-1)]).toMatchObject([{ from: 'gpt' }, { from: 'gpt' }])
        if (format === 'ipr-pairs') expect(side).toHaveLength(1)
      }
      expect(prompt[1]).toEqual({ from: 'gpt', value: 'OK' })
      const seen = [...prompt, ...chosen].filter(({ from }) => from === 'human').map(({ value }) => value)
      expect(seen.map((value) => value.startsWith('Observation: '))).toEqual(seen.map((_, i) => i > 1))
      if (format === 'eto-pairs') expect(prompt).toHaveLength(3)
      if (format === 'eto-pairs') expect(rejected.length).toBeLessThanOrEqual(chosen.length + 10)
    }
  })

  test('ipr-sft: an array of conversations, with the reward that the other script reads', async () => {
    const all: { id: string; conversations: Turn[]; reward: number }[] = JSON.parse(
      (await written('ipr-sft')).toString(),
    )
    expect(all.length).toBeGreaterThan(3)
    for (const { id, conversations, reward } of all) {
      inTurn(conversations)
      expect(conversations.at(-1)?.from).toBe('gpt')
      expect([typeof id, typeof reward]).toEqual(['string', 'number'])
    }
  })
})

test('verl: what its reward manager hands on is there, in structures', async () => {
  for (const read of Object.values(PARQUET_READERS)) {
    const rows = await read(await written('verl-prompts'))
    expect(rows.length).toBeGreaterThan(10)
    for (const row of rows)
      expect(row).toMatchObject({
        ...{ data_source: 'rro-lab/webshop', ability: 'agent' },
        reward_model: { style: 'rule', ground_truth: row.task_id },
        extra_info: { split: 'train', index: expect.any(Number), task_id: row.task_id },
        prompt: [{ role: 'system' }, { role: 'user', content: expect.any(String) }],
      })
  }
})

test('metrics: a row for each finished task, which add up to what the run cost', async () => {
  const file = 'rro-1.jsonl'
  const { cost, pairs } = foldRun(await eventsOf(file))
  const [head = '', ...lines] = (await written('metrics', join(runs, file), '--file', 'csv')).toString().split('\r\n')
  const rows: Record<string, unknown>[] = (await written('metrics', join(runs, file), '--file', 'jsonl'))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(head.split(',')).toEqual(Object.keys(rows[0] ?? {}))
  expect(lines).toHaveLength(31)
  const sum = (column: string) => rows.reduce((total, row) => total + Number(row[column]), 0)
  expect([sum('candidates'), sum('rollouts'), sum('policy_calls'), sum('pairs')]).toEqual([
    ...[cost.candidates, cost.rollouts, cost.policyCalls, pairs],
  ])
  expect(sum('risen_steps')).toBeLessThanOrEqual(sum('steps'))
})

test('events: every event of every task, as it was', async () => {
  const log = (await eventsOf('eto-3.jsonl')).filter((event) => 'task' in event)
  const text = (await written('events', join(runs, 'eto-3.jsonl'))).toString()
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(rows.map(({ event }) => JSON.parse(event))).toEqual(log)
})
