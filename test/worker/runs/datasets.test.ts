/** Data sets of the page: the bytes that the command writes from the exported runs. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import { DATASET_FORMATS } from '../../../src/datasets/formats.ts'
import { readArguments } from '../../../src/node/dataset/arguments.ts'
import { writeDataset } from '../../../src/node/dataset/write-dataset.ts'
import { createNodeLab } from '../../../src/node/node-lab.ts'
import type { Lab } from '../../../src/worker/lab/lab.ts'
import { memorySink } from '../../../src/worker/machine/export-sink.ts'
import type { DatasetOrder, LabUpdate } from '../../../src/worker/protocol/lab-api.ts'
import { SHIPPED } from '../labs.ts'

let lab: Lab
let folder = ''
const ids: string[] = []
const files: string[] = []
const updates: LabUpdate[] = []
let sinks = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rro-datasets-'))
  let ticks = 0
  lab = createNodeLab({
    ...{ loader: SHIPPED, now: () => ticks++ * 200 },
    async openSink() {
      sinks++
      const sink = memorySink()
      return {
        ...sink,
        discard: async () => void sinks--,
        async close() {
          sinks--
          return sink.close()
        },
      }
    },
  })
  await lab.subscribe((update) => updates.push(update))
  const made = [
    { seed: 2, method: 'rro', firstRise: 'draw-one-more', tasks: 12, explored: 12 },
    { seed: 1, method: 'fixed-size', tasks: 20, explored: 7 },
    { seed: 3, method: 'eto', tasks: 5, explored: 5 },
  ]
  for (const [i, { explored, ...settings }] of made.entries()) {
    const { id } = unwrap(await lab.create(settings)).progress.info
    for (let task = 0; task < explored; task++) unwrap(await lab.advance('task'))
    unwrap(await lab.advance('phase')) // in the middle of a task where there is another one
    ids.push(id)
    files.push(join(folder, `${i}.jsonl`))
    await writeFile(files[i] ?? '', await unwrap(await lab.export(id, 'run')).file.text())
  }
})

afterAll(async () => {
  await lab.close()
  await rm(folder, { recursive: true, force: true })
})

const order = (more: Partial<DatasetOrder> = {}): DatasetOrder => ({
  ...{ runs: ids, format: 'trl-dpo', testShare: 0, choices: {} },
  ...more,
})

const EMPTY_SIDE = 0.0001

const CASES: readonly [string, Partial<DatasetOrder>, ...string[]][] = [
  ['trl-dpo', {}],
  [
    'trl-dpo',
    { testShare: 0.3, choices: { minGap: 0.1, perTask: 4 } },
    '--test-share=0.3',
    '--min-gap=0.1',
    '--per-task=4',
  ],
  ['trl-kto', { choices: { risesOnly: true, maxTokens: 900 } }, '--rises-only', '--max-tokens=900'],
  ['trl-sft', { choices: { paths: 'best', duplicates: true } }, '--paths=best', '--keep-duplicates'],
  [
    'llama-factory-dpo',
    { testShare: 0.2, choices: { system: 'first-user-message' } },
    '--test-share=0.2',
    '--system=first-user-message',
  ],
  ['verl-prompts', {}],
  ['ipr-pairs', { file: 'json' }, '--file=json'],
  ['trl-dpo', { file: 'parquet', testShare: EMPTY_SIDE }, '--file=parquet', `--test-share=${EMPTY_SIDE}`],
  ['metrics', { choices: { risesOnly: true } }, '--rises-only'],
  ['trl-prm', { choices: { rightFrom: 0.5, unusable: true } }, '--right-from=0.5', '--keep-unusable'],
]

test.each(CASES)('%s, %o: byte for byte what the command writes', async (name, more, ...flags) => {
  const out = await mkdtemp(join(folder, 'out-'))
  const from = files.flatMap((file) => ['--from', file])
  const read = readArguments([...from, '--format', name, '--out', out, ...flags])
  const options = unwrap(read) ?? expect.fail()
  const command = unwrap(await writeDataset(options))
  const written = unwrap(await lab.dataset('write', order({ ...more, format: options.format })))
  const rows = written.files.slice(0, command.files.length)
  expect(rows.map(({ lines }) => lines)).toEqual(command.files.map(({ rows }) => rows))
  for (const [i, { path }] of command.files.entries()) {
    const bytes = new Uint8Array(await (rows[i]?.file ?? expect.fail()).arrayBuffer())
    expect(Buffer.compare(bytes, await readFile(path))).toBe(0)
  }
  expect(written.summary).toEqual(command.summary)
  expect(written.notes).toEqual(command.notes)
  expect(written.runs.map(({ tasks, of }) => [tasks, of])).toEqual(command.runs.map(({ tasks, of }) => [tasks, of]))
  const kind = options.file ?? DATASET_FORMATS[options.format].files[0]
  expect(rows[0]?.name).toBe(`${name}.24-of-37-tasks.train.${kind}`)
  expect(rows.map((row) => row.name)).toEqual(command.files.map(({ path }) => basename(path)))
  const info = written.files.find(({ name }) => name === 'dataset_info.json')
  expect(info !== undefined).toBe(name.startsWith('llama-factory'))
  if (info !== undefined) for (const { name } of rows) expect(await info.file.text()).toContain(JSON.stringify(name))
  const seen = unwrap(await lab.dataset('preview', order({ ...more, format: options.format })))
  expect(seen.summary).toEqual(command.summary)
  expect(seen.lengths.reduce((sum, { count }) => sum + count, 0)).toBe(command.summary.rows)
  expect(seen.first).toHaveLength(Math.min(5, command.summary.rows))
  if (kind === 'parquet') return
  const text = await Promise.all(rows.map(({ file }) => file.text()))
  expect(text[0]?.startsWith(seen.head)).toBe(true)
  for (const { split, line } of seen.first)
    expect(`\n${text[split === 'test' ? 1 : 0]}`).toContain(`\n${line.trimEnd()}`)
})

test('an archive: byte for byte what the command writes, where the runs are called alike', async () => {
  for (const [i, id] of ids.entries()) unwrap(await lab.rename(id, `${i}.jsonl`))
  const out = await mkdtemp(join(folder, 'archive-'))
  const flags = [
    '--format',
    'trl-dpo',
    '--archive',
    '--example',
    '--min-gap=0.1',
    '--test-share=0.3',
    '--file=parquet',
    '--out',
    out,
  ]
  const options = unwrap(readArguments([...files.flatMap((file) => ['--from', file]), ...flags])) ?? expect.fail()
  const command = unwrap(await writeDataset(options))
  const written = unwrap(
    await lab.dataset(
      'write',
      order({ testShare: 0.3, file: 'parquet', archive: true, choices: { minGap: 0.1, example: true } }),
    ),
  )
  const [zip] = written.files
  expect([written.files.length, zip?.name]).toEqual([1, 'trl-dpo.24-of-37-tasks.zip'])
  const bytes = new Uint8Array(await (zip?.file ?? expect.fail()).arrayBuffer())
  expect(Buffer.compare(bytes, await readFile(command.files[0]?.path ?? ''))).toBe(0)
})

test('a run that is whole goes into a file that says nothing of it', async () => {
  const written = unwrap(await lab.dataset('write', order({ runs: ids.slice(0, 1) })))
  expect(written.files.map(({ name }) => name)).toEqual(['trl-dpo.train.jsonl'])
  expect(updates).toContainEqual({ type: 'dataset', done: expect.any(Number), of: 12 })
})

test('the open run as it stands now, and pairs of it under a name that says how far it is', async () => {
  const { name } = unwrap(await lab.export(ids[1] ?? '', 'trl-dpo'))
  expect(name).toBe('1-jsonl.7-of-20-tasks.trl-dpo.jsonl')
  const { runs } = unwrap(await lab.dataset('preview', order({ runs: ids.slice(1, 2) })))
  expect(runs).toMatchObject([{ tasks: 7, of: 20 }])
})

test('why there are no rows is said where they are looked at, and nothing is written', async () => {
  const none = order({ choices: { minGap: 5 } })
  const seen = unwrap(await lab.dataset('preview', none))
  expect(seen).toMatchObject({
    summary: { rows: 0 },
    first: [],
    none: expect.stringMatching(/differ by less left out/),
  })
  expect(await lab.dataset('write', none)).toMatchObject({ ok: false, failure: { code: 'dataset-empty' } })
  expect(sinks).toBe(0)
})

test('what was asked before is given up, and what is being written can be stopped, and leaves nothing behind', async () => {
  const [before, now] = [lab.dataset('preview', order()), lab.dataset('preview', order({ format: 'trl-kto' }))]
  expect(await before).toMatchObject({ ok: false, failure: { code: 'superseded' } })
  expect(unwrap(await now).summary.rows).toBeGreaterThan(0)
  const writing = lab.dataset('write', order())
  await lab.dataset('stop')
  expect(await writing).toMatchObject({ ok: false, failure: { code: 'stopped' } })
  expect(sinks).toBe(0)
})

test('a run that is not there is said to be gone', async () => {
  expect(await lab.dataset('preview', order({ runs: ['nobody'] }))).toMatchObject({
    ok: false,
    failure: { code: 'run-gone' },
  })
})
