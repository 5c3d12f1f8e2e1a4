/** The pair that Learn tells of a language model, and that what it says of the study stands in the study. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { foldTask } from '../../../src/core/log/fold-task.ts'
import { parseConfig } from '../../../src/core/settings/parse-config.ts'
import { gainWords, percent } from '../../../src/ui/learn/model-words.ts'
import { EXPERIMENTS, WHOLE_RUN } from '../../../src/ui/learn/study-words.ts'
import { findPair, judgedPair, lead, type Spell } from '../../../src/ui/learn/told-pair.ts'
import { parseAddress } from '../../../src/ui/state/address/parse.ts'
import { STEPS, toyEvents, toyTask } from '../toy-task.ts'

/** One token, as likely as its candidate's number says. */
const spell: Spell = async (_task, _step, candidate) => ({
  read: '',
  tokens: [{ text: `c${candidate}`, probability: candidate / 10, others: [] }],
})

test('it is of the step with the clearest rise, from where that step began', async () => {
  const higher = STEPS.map((step) => (step.rejected === undefined ? step : { ...step, bar: 0.1 }))
  const tasks = [STEPS, higher].flatMap((steps, task) => foldTask(toyEvents(steps, task)) ?? [])
  const pair = await findPair(tasks, spell)
  expect(pair).toMatchObject({ task: 1, step: 2, from: { step: 1, candidate: 1 } })
  expect(pair?.chosen).toMatchObject({ candidate: 2, action: 'click[b02]', reward: 0.75, after: undefined })
  expect(pair?.rejected).toMatchObject({ candidate: 1, action: 'click[b01]', reward: 0 })
})

test('there is none where no step rose after others, or the model cannot be asked', async () => {
  expect(await findPair([toyTask(STEPS.slice(0, 1))], spell)).toBeUndefined()
  expect(await findPair([toyTask()], async () => undefined)).toBeUndefined()
})

test('its lead is the logarithm of how much likelier the chosen one is, before and as it is judged', async () => {
  const pair = await findPair([toyTask()], spell)
  if (pair === undefined) throw new Error('a step rises')
  expect(lead(pair, 'spelled')).toBeCloseTo(Math.log(2), 12)
  expect(lead(pair, 'after')).toBe(lead(pair, 'spelled')) // nobody has judged it
  const judged = await judgedPair(pair, async (_task, _step, candidate) => ({
    read: '',
    tokens: [{ text: '', probability: candidate === 2 ? 0.9 : 0.1, others: [] }],
  }))
  expect(lead(judged, 'after')).toBeCloseTo(Math.log(9), 12)
  expect(lead(judged, 'spelled')).toBe(lead(pair, 'spelled'))
})

test('numbers keep what small ones say', () => {
  expect(gainWords({ mean: -0.0014, halfWidth: 0.02 })).toBe('−0.001 ± 0.020')
  expect(gainWords({ mean: 0.0163, halfWidth: undefined })).toBe('+0.016')
  expect([1, 0.2349, 0.0631, 0.0001, 0].map(percent)).toEqual(['100 %', '23 %', '6.3 %', '1 in 10,000', '0 %'])
})

test('what is said of the study stands in docs/experiments.md, of the tiny model', async () => {
  const text = await readFile('docs/experiments.md', 'utf8')
  const [, study = ''] = text.split('<!-- language-model-tiny -->')
  const said = EXPERIMENTS.join(' ').replaceAll('\u00a0', ' ')
  /** After exploration and DPO, of one heading. */
  const gainOf = (heading: string): string | undefined =>
    study.split(`### ${heading}, 5 seeds`)[1]?.match(/after exploration and DPO \| [\d.]+ \| \+([\d.]+ ± [\d.]+)/)?.[1]
  const gains = [
    'webshop, tiny, rro-recycled',
    'intercode-sql, tiny, rro-recycled on train questions',
    'webshop, tiny, rro',
  ]
  expect(said.match(/[\d.]+ ± [\d.]+/g)).toEqual(gains.map(gainOf))
})

test('the way on leads to a run by recycled RRO with the tiny model', () => {
  const { config, corrections } = parseAddress(WHOLE_RUN)
  const asked = { policy: 'transformer', model: 'tiny', method: 'rro-recycled', tasks: 150 }
  expect([config, corrections]).toEqual([parseConfig(asked).config, []])
})
