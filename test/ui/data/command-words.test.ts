import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import { readArguments } from '../../../src/node/dataset/arguments.ts'
import { commandWords } from '../../../src/ui/data/builder/command-words.ts'
import type { DatasetChoices, DatasetOrder } from '../../../src/worker/protocol/lab-api.ts'

const number = fc.double({ min: 0.001, max: 1e6, noNaN: true }).map((value) => Number(value.toFixed(3)))
const whole = fc.integer({ min: 1, max: 1e6 })
const choices: fc.Arbitrary<DatasetChoices> = fc.record(
  {
    system: fc.constantFrom('own-message', 'first-user-message', 'none'),
    trajectories: fc.constantFrom('first-difference', 'whole'),
    paths: fc.constantFrom('rising', 'best'),
    ...{ minGap: number, maxError: number, rightFrom: number, perTask: whole, maxTokens: whole },
    ...{ risesOnly: fc.boolean(), duplicates: fc.boolean(), unusable: fc.boolean(), example: fc.boolean() },
  },
  { requiredKeys: [] },
)

/** What is the default says nothing. */
function said(given: DatasetChoices): unknown {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== false))
}

test('the command of any choices is read back as these choices', () => {
  fc.assert(
    fc.property(choices, fc.constantFrom(0, 0.05, 0.3), (chosen, testShare) => {
      const order: DatasetOrder = {
        runs: ['a', 'b'],
        format: 'trl-kto',
        testShare,
        choices: chosen,
        file: 'parquet',
        archive: true,
      }
      const words = commandWords(order, ['one.jsonl', 'two.jsonl']).split(' ').slice(4)
      const options = unwrap(readArguments(words)) ?? expect.fail()
      expect(options).toMatchObject({
        from: ['one.jsonl', 'two.jsonl'],
        format: 'trl-kto',
        file: 'parquet',
        archive: true,
        testShare,
      })
      expect(said(options.choices)).toEqual(said(chosen))
    }),
  )
})
