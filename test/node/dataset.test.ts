/** `npm run dataset`: run files in, what each trainer reads out. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unwrap } from '../../src/core/failure.ts'
import { DATASET_FORMATS, type DatasetFormatName } from '../../src/datasets/formats.ts'
import { readArguments } from '../../src/node/dataset/arguments.ts'
import { writeDataset } from '../../src/node/dataset/write-dataset.ts'
import { PARQUET_READERS } from '../datasets/parquet-readers.ts'
import { writeSmallRuns } from './small-runs.ts'

let folder = ''
let runs = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rro-dataset-'))
  runs = await mkdtemp(join(tmpdir(), 'rro-runs-'))
  await writeSmallRuns(runs)
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await rm(runs, { recursive: true, force: true })
})

async function write(format: DatasetFormatName, ...more: string[]) {
  const out = await mkdtemp(join(folder, `${format}-`))
  const options = unwrap(readArguments(['--from', runs, '--format', format, '--out', out, ...more]))
  const written = unwrap(await writeDataset(options ?? expect.fail()))
  const rowsOf = async (split: string): Promise<Record<string, unknown>[]> => {
    const text = await readFile(join(out, `${format}.74-of-112-tasks.${split}.jsonl`), 'utf8')
    return text.trimEnd() === ''
      ? []
      : text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
  }
  return { out, written, rowsOf }
}

const asLines = new Map<DatasetFormatName, ReturnType<typeof write>>()

/** All of a format as JSON Lines, written once. */
function lines(format: DatasetFormatName): ReturnType<typeof write> {
  const written = asLines.get(format) ?? write(format, '--file', 'jsonl')
  asLines.set(format, written)
  return written
}

const NAMES = Object.keys(DATASET_FORMATS) as DatasetFormatName[]

test.each(NAMES)('%s: every row has the same columns, none empty, and every run is told of', async (format) => {
  const { written, rowsOf } = await lines(format)
  const rows = await rowsOf('train')
  expect(rows.length).toBe(written.summary.rows)
  expect(rows.length).toBeGreaterThan(0)
  const [first] = rows
  for (const row of rows) {
    expect(Object.keys(row)).toEqual(Object.keys(first ?? {}))
    expect(Object.values(row)).not.toContain(null)
  }
  expect(written.runs.map(({ tasks, of }) => [tasks, of])).toEqual([
    [12, 12],
    [2, 40],
    [30, 30],
    [30, 30],
  ])
  expect(await readdir(join(written.files[0]?.path ?? '', '..'))).not.toContainEqual(expect.stringMatching(/\.part$/))
})

test.each(NAMES)('%s: Parquet has the same rows as JSON Lines, for two readers', async (format) => {
  const rows = await (await lines(format)).rowsOf('train')
  const { written } = await write(format, '--file', 'parquet')
  const bytes = await readFile(written.files[0]?.path ?? '')
  for (const read of Object.values(PARQUET_READERS)) expect(await read(bytes)).toEqual(rows)
})

test('a side without rows has no file, and it is said', async () => {
  const { written } = await write('trl-dpo', '--test-share', '0.000001')
  expect(written.files.map(({ path }) => path)).toEqual([
    expect.stringMatching(/trl-dpo\.74-of-112-tasks\.train\.jsonl$/),
  ])
  expect(written.notes.at(-1)).toBe('No row falls to trl-dpo.74-of-112-tasks.test.jsonl: it is not written.')
})

test('the same choices give the same bytes', async () => {
  const texts = await Promise.all(
    [0, 1].map(async () => readFile((await write('trl-dpo')).written.files[0]?.path ?? '', 'utf8')),
  )
  expect(texts[0]).toBe(texts[1])
})

test('rows of a task stand on one side, whichever run they come from', async () => {
  const { rowsOf, written } = await write('trl-dpo', '--test-share', '0.3')
  const [train, held] = [await rowsOf('train'), await rowsOf('test')]
  expect(held.length).toBeGreaterThan(0)
  expect(train.length).toBeGreaterThan(held.length)
  expect(train.length + held.length).toBe(written.summary.rows)
  const ids = new Set(train.map(({ task_id }) => task_id))
  expect(held.filter(({ task_id }) => ids.has(task_id))).toEqual([])
})

test('filters leave out what they say, and say how many', async () => {
  const flags = ['--rises-only', '--max-error', '0.3', '--max-tokens', '1500']
  const { written, rowsOf } = await write('trl-dpo', ...flags)
  const rows = await rowsOf('train')
  for (const row of rows) {
    expect(Number(row.prompt_tokens) + Math.max(Number(row.chosen_tokens), Number(row.rejected_tokens))).toBeLessThan(
      1501,
    )
    expect(row.reason).not.toBe('trajectory')
  }
  const { notRisen, uncertain } = written.summary
  expect([notRisen, uncertain, rows.length].filter((count) => count === 0)).toEqual([])
  expect(written.notes.join(' ')).toMatch(/not seen to rise left out/)
})

test('the best of each task is one trajectory, of the highest reward of all runs', async () => {
  const best = await (await write('trl-sft', '--paths', 'best')).rowsOf('train')
  const ids = best.map(({ task_id }) => task_id)
  expect(new Set(ids).size).toBe(ids.length)
  const all = await (await write('trl-sft')).rowsOf('train')
  for (const { task_id, reward } of all) {
    const kept = best.find((row) => row.task_id === task_id)
    expect(Number(kept?.reward)).toBeGreaterThanOrEqual(Number(reward))
  }
})

interface Message {
  role: string
  content: string
}

/** What its converter of conversations asks for (data/converter.py of 0.9.6): turns that begin with the user's, odd for pairs, even else. */
describe('LLaMA-Factory', () => {
  test.each([
    ['llama-factory-dpo', 'conversations', 1],
    ['llama-factory-kto', 'messages', 0],
    ['llama-factory-sft', 'messages', 0],
  ] as const)(
    '%s: turns as its converter wants them, described, with a whole configuration',
    async (format, column, odd) => {
      const { out, rowsOf, written } = await write(format, '--test-share', '0.2')
      for (const row of await rowsOf('train')) {
        const talk = (row[column] as Message[]).filter(({ role }, i) => !(i === 0 && role === 'system'))
        expect(talk.map(({ role }) => role)).toEqual(talk.map((_, i) => (i % 2 === 0 ? 'user' : 'assistant')))
        expect(talk.length % 2).toBe(odd)
        if (format === 'llama-factory-dpo')
          for (const side of ['chosen', 'rejected']) expect(row[side]).toMatchObject({ role: 'assistant' })
        if (format === 'llama-factory-kto') expect(typeof row.label).toBe('boolean')
      }
      const info = JSON.parse(await readFile(join(out, 'dataset_info.json'), 'utf8'))
      for (const { file_name, columns } of Object.values<{ file_name: string; columns: Record<string, string> }>(
        info,
      )) {
        const [line = '{}'] = (await readFile(join(out, file_name), 'utf8')).split('\n')
        expect(Object.keys(JSON.parse(line))).toEqual(expect.arrayContaining(Object.values(columns)))
      }
      const yaml = await readFile(join(out, `${format}.yaml`), 'utf8')
      const values = Object.fromEntries(yaml.split('\n').map((line) => line.replace(/\s*#.*/, '').split(': ')))
      expect(Object.keys(info)).toEqual(expect.arrayContaining([values.dataset, values.eval_dataset]))
      expect(Number(values.cutoff_len)).toBeGreaterThanOrEqual(Math.max(2048, written.summary.tokens.most))
      expect(values.stage).toBe(format.replace('llama-factory-', ''))
    },
  )
})

test('axolotl and ShareGPT: one message on each side, and names of their own', async () => {
  for (const { messages, chosen, rejected } of await (await write('axolotl-dpo')).rowsOf('train')) {
    expect((messages as Message[]).at(-1)?.role).toBe('user')
    expect([chosen, rejected]).toMatchObject([{ role: 'assistant' }, { role: 'assistant' }])
    expect(chosen).not.toEqual(rejected)
  }
  for (const { conversations } of await (await write('sharegpt')).rowsOf('train'))
    for (const { from, value } of conversations as { from: string; value: string }[]) {
      expect(['system', 'human', 'gpt']).toContain(from)
      expect(value.trim()).not.toBe('')
    }
})

test('what cannot be done is said in a sentence, and nothing is written', async () => {
  const words = (...argv: string[]) => {
    const read = readArguments(argv)
    return read.ok ? 'ok' : read.failure.message
  }
  expect(words('--from', runs)).toMatch(/--format is missing/)
  expect(words('--from', runs, '--format', 'parquet')).toMatch(/--format is one of trl-dpo, /)
  expect(words('--format', 'trl-dpo')).toMatch(/--from, a run file or a folder of them, is missing/)
  expect(words('--from', runs, '--format', 'trl-dpo', '--per-task', '0')).toMatch(/--per-task takes a whole number/)
  expect(words('--from', runs, '--format', 'trl-dpo', '--max-error=-1')).toMatch(/--max-error takes a number from 0/)
  expect(words('--from', runs, '--format', 'trl-dpo', '--file', 'csv')).toMatch(
    /--file of trl-dpo is one of jsonl, parquet/,
  )
  expect(words('--from', runs, '--format', 'trl-dpo', '--colour', 'red')).toMatch(/colour/)
  const bad = await mkdtemp(join(folder, 'bad-'))
  await writeFile(join(bad, 'run.jsonl'), '{"prompt": []}\n')
  const out = join(bad, 'out')
  const written = await writeDataset({ from: [bad], format: 'trl-dpo', out, testShare: 0, choices: {} })
  expect(written).toMatchObject({ ok: false, failure: { message: expect.stringMatching(/^run\.jsonl: Line 1/) } })
  expect(await readdir(out)).toEqual([])
  const nowhere = await writeDataset({
    from: [join(bad, 'nowhere')],
    format: 'trl-dpo',
    out,
    testShare: 0,
    choices: {},
  })
  expect(nowhere).toMatchObject({ ok: false, failure: { code: 'dataset-from' } })
})

test('why there are no rows is said as it is', async () => {
  const begun = await mkdtemp(join(folder, 'begun-'))
  const [head = ''] = (await readFile(join(runs, 'rro-1.jsonl'), 'utf8')).split('\n')
  await writeFile(join(begun, 'run.jsonl'), `${head}\n`)
  const written = await writeDataset({ from: [begun], format: 'trl-dpo', out: begun, testShare: 0, choices: {} })
  expect(written).toMatchObject({
    ok: false,
    failure: { message: expect.stringMatching(/no task of theirs is finished/) },
  })
  expect(await readdir(begun)).toEqual(['run.jsonl'])
})

test('the command says what it wrote, and of a run that has not come to its end that it has not', () => {
  const command = [
    '--import',
    'tsx',
    'src/node/dataset/dataset.ts',
    '--from',
    runs,
    '--format',
    'trl-kto',
    '--out',
    folder,
  ]
  const said = execFileSync(process.execPath, command, { encoding: 'utf8' })
  expect(said).toMatch(/fixed-size-4\.jsonl: 2 of 40 tasks \(the run has not come to its end\)/)
  expect(said).toMatch(/trl-kto\.74-of-112-tasks\.train\.jsonl: [\d,]+ rows/)
})
