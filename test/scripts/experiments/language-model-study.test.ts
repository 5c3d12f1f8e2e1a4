import { expect, test } from 'vitest'
import { languageModelStudy } from '../../../src/scripts/experiments/language-model/study.ts'

test('the study of the language model, reduced: every stage says what it earned, twice the same', async () => {
  const quick = { quick: true, seeds: 1, environment: 'webshop' } as const
  const said: string[] = []
  const tables = await languageModelStudy(quick, (words) => said.push(words))
  expect(said.filter((words) => / (before|DPO|SFT) \d\.\d{3}, greedy \d\.\d{3}/.test(words))).toHaveLength(6)
  for (const method of ['rro', 'rro-recycled']) expect(tables).toContain(`### webshop, ${method}, 1 seeds`)
  expect(tables.match(/^\| as shipped \| 0\.\d{3} \| {2}\| 0\.\d{3} \| {2}\|$/gm)).toHaveLength(2)
  // Recycled rollouts make pairs of a few tasks already, and training on them moves what the model does.
  expect(tables).toMatch(/recycled[\s\S]*[1-9]\d* pairs/)
  const tiny = await languageModelStudy({ ...quick, model: 'tiny' }, () => undefined)
  expect(tiny).toBe(tables.replaceAll('### webshop, ', '### webshop, tiny, '))
})
