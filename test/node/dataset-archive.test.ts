/** A data set as one zip: opened by `unzip`, its header by a parser of YAML, its rows by readers that are not ours. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { unwrap } from '../../src/core/failure.ts'
import { writeArchive } from '../../src/datasets/archive.ts'
import { DATASET_FORMATS, type DatasetFormatName } from '../../src/datasets/formats.ts'
import type { RunOfTasks } from '../../src/datasets/over-runs.ts'
import { readArguments } from '../../src/node/dataset/arguments.ts'
import { tasksIn } from '../../src/node/dataset/run-tasks.ts'
import { writeDataset } from '../../src/node/dataset/write-dataset.ts'
import { PARQUET_READERS } from '../datasets/parquet-readers.ts'
import { writeSmallRuns } from './small-runs.ts'

let runs = ''
beforeAll(async () => {
  runs = await mkdtemp(join(tmpdir(), 'rro-archive-'))
  await writeSmallRuns(runs)
})
afterAll(() => rm(runs, { recursive: true, force: true }))

async function write(format: DatasetFormatName, ...more: string[]) {
  const out = await mkdtemp(join(runs, 'out-'))
  const options = unwrap(readArguments(['--from', runs, '--format', format, '--out', out, ...more]))
  return unwrap(await writeDataset(options ?? expect.fail())).files.map(({ path }) => path)
}

/** By the program that everybody has. */
async function opened(zip: string) {
  expect(execFileSync('unzip', ['-t', zip], { encoding: 'utf8' })).toMatch(/No errors detected/)
  const folder = await mkdtemp(join(runs, 'opened-'))
  execFileSync('unzip', ['-q', zip, '-d', folder])
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
  const card = await readFile(join(folder, 'README.md'), 'utf8')
  const [, header = '', text = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(card) ?? expect.fail('no header')
  return { folder, names: names.toSorted(), header: parse(header), text }
}

const NAMES = Object.keys(DATASET_FORMATS) as DatasetFormatName[]

test.each(NAMES)('%s: what the card’s header names is there, with as many rows as it says', async (format) => {
  const [zip = ''] = await write(format, '--archive', '--file', 'jsonl', '--test-share', '0.3')
  const { folder, names, header, text } = await opened(zip)
  const lines: number[] = []
  for (const { split, path } of header.configs[0].data_files) {
    expect(path).toBe(`data/${split}/*.jsonl`)
    const files = names.filter((name) => name.startsWith(`data/${split}/`))
    expect(files).toEqual([`data/${split}/00000.jsonl`])
    lines.push((await readFile(join(folder, files[0] ?? ''), 'utf8')).trimEnd().split('\n').length)
  }
  const rows = lines.reduce((sum, count) => sum + count, 0)
  expect(text).toContain(`${rows.toLocaleString('en-US')} rows from`)
  const size = rows < 1000 ? 'n<1K' : rows < 10_000 ? '1K<n<10K' : '10K<n<100K'
  expect(header).toMatchObject({ license: 'cc0-1.0', language: ['en'], size_categories: [size] })
  expect(header.tags).toEqual(expect.arrayContaining([format, 'webshop', 'method-eto']))
  expect(JSON.parse(await readFile(join(folder, 'runs.json'), 'utf8'))).toHaveLength(4)
})

test('Parquet in it has the rows of the files beside each other, for two readers', async () => {
  const [zip = ''] = await write('trl-dpo', '--archive', '--file', 'parquet', '--test-share', '0.3')
  const { folder } = await opened(zip)
  for (const file of await write('trl-dpo', '--test-share', '0.3')) {
    const split = /\.(train|test)\.jsonl$/.exec(file)?.[1] ?? expect.fail()
    const rows = (await readFile(file, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const bytes = await readFile(join(folder, `data/${split}/00000.parquet`))
    for (const read of Object.values(PARQUET_READERS)) expect(await read(bytes)).toEqual(rows)
  }
})

test('a run that stopped early is told of in the name and the card', async () => {
  const [zip = ''] = await write('trl-dpo', '--archive')
  expect(basename(zip)).toBe('trl-dpo.74-of-112-tasks.zip')
  const { text } = await opened(zip)
  expect(text).toContain('fixed-size-4.jsonl: stopped at 2 of 40 tasks')
})

test('LLaMA-Factory finds the folders of the rows from where its files stand', async () => {
  const [zip = ''] = await write('llama-factory-dpo', '--archive', '--test-share', '0.3')
  const { folder, names } = await opened(zip)
  const info = JSON.parse(await readFile(join(folder, 'dataset_info.json'), 'utf8'))
  expect([info.rro_train.file_name, info.rro_test.file_name]).toEqual(['data/train', 'data/test'])
  expect(names).toContain('llama-factory-dpo.yaml')
  expect(parse(await readFile(join(folder, 'llama-factory-dpo.yaml'), 'utf8'))).toMatchObject({ stage: 'dpo' })
})

describe('written to whoever takes bytes', () => {
  const request = { format: 'events', file: 'jsonl', testShare: 0.3, choices: {} } as const

  async function bytesOf(run: RunOfTasks, shardBytes?: number): Promise<Buffer> {
    const pieces: Uint8Array[] = []
    const written = await writeArchive([run], request, (bytes) => void pieces.push(bytes), undefined, shardBytes)
    expect(written).toMatchObject({ ok: true, value: { name: 'events.zip' } })
    return Buffer.concat(pieces)
  }
  const run = (): RunOfTasks => ({ name: 'a | b\n<i>', tasks: () => tasksIn(join(runs, 'rro-1.jsonl')) })

  test('the same choices give the same bytes', async () => {
    expect((await bytesOf(run())).equals(await bytesOf(run()))).toBe(true)
  })

  test('full files are followed by others, and hold the same rows together', async () => {
    const zips = [await bytesOf(run()), await bytesOf(run(), 1)]
    const unzipped = (zip: Buffer, files: string): string => {
      const path = join(runs, 'stream.zip')
      execFileSync('tee', [path], { input: zip, stdio: ['pipe', 'ignore', 'ignore'] })
      return execFileSync('unzip', ['-p', path, files], { encoding: 'utf8' })
    }
    expect(unzipped(zips[1] ?? expect.fail(), 'data/train/00002.jsonl')).not.toBe('')
    for (const files of ['data/train/*', 'data/test/*'])
      expect(unzipped(zips[1] ?? expect.fail(), files)).toBe(unzipped(zips[0] ?? expect.fail(), files))
    expect(unzipped(zips[0] ?? expect.fail(), 'README.md')).toContain('| a \\| b &lt;i\\> | webshop | rro |')
  })
})
