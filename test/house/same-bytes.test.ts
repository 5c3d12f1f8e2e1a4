/**
 * What was made before stays what it is, byte for byte: logs and pairs of every method, links, cells of a comparison, the
 * rooms of the database. A change of one of these digests is a change of the log version, of a format, or a mistake.
 */
import { createHash } from 'node:crypto'
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { expect, test } from 'vitest'
import { formatArm } from '../../src/core/comparison/arm-address.ts'
import { formatComparison } from '../../src/core/comparison/comparison-address.ts'
import { DEFAULT_ARMS, DEFAULT_COMPARISON, ONE_ROLLOUT_ARMS } from '../../src/core/comparison/default-comparison.ts'
import { unwrap } from '../../src/core/failure.ts'
import type { RunStarted } from '../../src/core/log/events.ts'
import { parseConfig } from '../../src/core/settings/parse-config.ts'
import { METHODS } from '../../src/core/settings/settings.ts'
import { trlDpoLines } from '../../src/datasets/trl-dpo.ts'
import { readWholeRunFile } from '../../src/formats/run-file.ts'
import { createNodeLab } from '../../src/node/node-lab.ts'
import { DATABASE, SCHEMA_VERSION } from '../../src/store/database.ts'
import { openIndexedDb } from '../../src/store/indexed-db.ts'
import { formatCompareHash } from '../../src/ui/compare/compare-hash.ts'
import { formatSettings } from '../../src/ui/state/address/format.ts'

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

test('a seed gives the log and the pairs that it gave, by every method on both benchmarks', async () => {
  const lab = createNodeLab()
  /** Log; pairs as they are exported; pairs without the columns that came later, the same again among them. */
  const made: Record<string, readonly [string, string, string]> = {}
  for (const environment of ['webshop', 'intercode-sql'])
    for (const method of METHODS) {
      const { id } = unwrap(await lab.create({ environment, method, tasks: 6, seed: 11 })).progress.info
      for (let task = 0; task < 6; task++) unwrap(await lab.advance('task'))
      await lab.advance('event')
      const text = async (format: 'run' | 'trl-dpo') => {
        const file = await lab.export(id, format)
        return file.ok ? digest(await file.value.file.text()) : file.failure.code
      }
      const run = unwrap(await lab.export(id, 'run'))
      const events = unwrap(await readWholeRunFile([await run.file.text()]))
      const lines = Array.from({ length: 6 }, (_, task) =>
        trlDpoLines(
          events[0] as RunStarted,
          events.filter((event) => 'task' in event && event.task === task),
        ),
      )
      const plain = lines.flat().map((line) => line.replace(/, "prompt_tokens": .*\}\n$/, '}\n'))
      made[`${environment} ${method}`] = [await text('run'), await text('trl-dpo'), digest(plain.join(''))]
    }
  await lab.close()
  expect(made).toMatchInlineSnapshot(`
    {
      "intercode-sql eto": [
        "c45b20b85022102f",
        "3a204bda97461d35",
        "4b569b61fd8cac79",
      ],
      "intercode-sql fixed-size": [
        "00be98ee5f001246",
        "74d47e68d5c4ebd8",
        "4435bbeaa184fcdd",
      ],
      "intercode-sql groups": [
        "302a11c196c6bd83",
        "export-no-pairs",
        "e3b0c44298fc1c14",
      ],
      "intercode-sql ipr": [
        "e54ee2c5926b7bbf",
        "7a697a0cda351b7a",
        "3d4cb099c14f5e68",
      ],
      "intercode-sql rro": [
        "c1cae5c4f582746c",
        "20c64e14bf4cafe9",
        "c0b342f3b14b5515",
      ],
      "intercode-sql rro-recycled": [
        "e695ef4759cfeb15",
        "c6d1a20caff1ba0a",
        "8eab423c141bfe09",
      ],
      "intercode-sql uct": [
        "85ee2ad8b6654bd8",
        "158948c9aaa4ed77",
        "a4859dff93c93a19",
      ],
      "webshop eto": [
        "b719b9b6c7306532",
        "ea454600b9936c1f",
        "bf717525e42028e4",
      ],
      "webshop fixed-size": [
        "d551896f26f43e00",
        "7d1edb930ea15d05",
        "cc64d10100c57902",
      ],
      "webshop groups": [
        "a4244bb1e7b1cacf",
        "export-no-pairs",
        "e3b0c44298fc1c14",
      ],
      "webshop ipr": [
        "73e7e73e99fb9f6b",
        "a804b818da9a738d",
        "ed0788422dc2d28e",
      ],
      "webshop rro": [
        "36f75c16e20d6a97",
        "401c46c75c15fbbf",
        "f6162c1fb6f79b85",
      ],
      "webshop rro-recycled": [
        "63c681201c9eb2a0",
        "5a1ca62e0a7cefba",
        "4f337a2a1b0577ab",
      ],
      "webshop uct": [
        "13653c8788149485",
        "595a5441db67adea",
        "f4bbb7c35e4d9926",
      ],
    }
  `)
})

test('a link says what it said', () => {
  const { config } = parseConfig({
    ...{ environment: 'intercode-sql', method: 'uct', seed: '9', tasks: '7', rollouts: '3', candidates: '4' },
    ...{
      riseRule: '>',
      margin: '0.05',
      firstBar: 'zero',
      temperature: '0.7',
      split: 'dev',
      model: 'weak',
      stepLimit: '8',
    },
  })
  expect(formatSettings(config)).toMatchInlineSnapshot(
    `"#seed=9&environment=intercode-sql&model=weak&split=dev&tasks=7&method=uct&rollouts=3&candidates=4&temperature=0.7&riseRule=%3E&margin=0.05&stepLimit=8"`,
  )
  expect(formatCompareHash({ ...DEFAULT_COMPARISON, arms: DEFAULT_ARMS })).toMatchInlineSnapshot(
    `"compare&environment=webshop&start=weak&arms=sft;eto;ipr;fixed-size:candidates=2;fixed-size:candidates=3;fixed-size;uct:candidates=3;rro;rro-recycled:rollouts=3:candidates=3&budgets=5000,10000,20000"`,
  )
  expect(
    formatCompareHash({ ...DEFAULT_COMPARISON, environment: 'intercode-sql', arms: ONE_ROLLOUT_ARMS }, 'theory'),
  ).toMatchInlineSnapshot(
    `"compare&environment=intercode-sql&start=weak&arms=ipr:rollouts=1;fixed-size:rollouts=1:candidates=2;fixed-size:rollouts=1:candidates=3;fixed-size:rollouts=1;uct:rollouts=1;uct:rollouts=2:candidates=3;rro:rollouts=1;rro-recycled:rollouts=3:candidates=3&budgets=5000,10000,20000&view=theory"`,
  )
})

test('a comparison computes the cells that it did', async () => {
  const lab = createNodeLab()
  const plan = { ...DEFAULT_COMPARISON, arms: ONE_ROLLOUT_ARMS.slice(0, 2), budgets: [300], seeds: 1, episodes: 1 }
  const opened = unwrap(await lab.compare({ ...formatComparison(plan), arms: plan.arms.map(formatArm).join(';') }))
  const cells = [...opened.cells]
  await new Promise<void>((finished, failed) => {
    void lab.subscribe((update) => {
      if (update.type !== 'comparison') return
      cells.push(...update.newCells)
      if (update.progress.status === 'finished') finished()
      if (update.progress.failure !== undefined) failed(new Error(update.progress.failure.message))
    })
  })
  await lab.close()
  expect(cells).toHaveLength(2)
  const told = cells.toSorted((a, b) => a.arm - b.arm).map((cell) => JSON.stringify(cell))
  expect(told.map(digest)).toMatchInlineSnapshot(`
    [
      "a888c1a4b5b8284c",
      "33f2d3144ad4d027",
    ]
  `)
})

test('the database has the rooms that it had', async () => {
  globalThis.indexedDB = new IDBFactory()
  unwrap(await openIndexedDb()).close()
  const database = await openDB(DATABASE)
  const rooms = [...database.objectStoreNames].map((name) => {
    const { keyPath, autoIncrement, indexNames } = database.transaction(name).store
    return `${name}: ${String(keyPath)}${autoIncrement ? ', auto' : ''} [${[...indexNames].join()}]`
  })
  database.close()
  expect(`${DATABASE} ${SCHEMA_VERSION}`).toBe('rro-lab 3')
  expect(rooms).toMatchInlineSnapshot(`
    [
      "agents: model []",
      "batches: runId,firstSeq [task]",
      "cells: comparisonId,arm,seed,budget []",
      "comparisons: id []",
      "models: model []",
      "runs: id []",
      "tasks: runId,task []",
      "trainings: id []",
    ]
  `)
})
