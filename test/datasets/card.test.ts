import { expect, test } from 'vitest'
import { runHeader } from '../../src/core/exploration/run-plan.ts'
import { type CardFacts, cardText } from '../../src/datasets/card.ts'
import { toyConfig } from '../core/toy.ts'

function card(policy: 'webllm' | 'openai' | 'browser-model'): string {
  const made = { agent: { name: 'somebody', fingerprint: '0' }, systemPrompt: '', minReward: 0, maxReward: 1 }
  const header = runHeader(toyConfig({ policy }), { data: { name: 'toy', fingerprint: '1' }, ...made })
  const facts = {
    request: { format: 'trl-dpo', file: 'jsonl', testShare: 0, choices: {} },
    outcome: { summary: { rows: 1, tasks: 1, tokens: { counted: true } }, rows: { train: 1, test: 0 }, notes: [] },
    ...{ runs: [{ name: 'a run', tasks: 1, of: 1, header, rewards: [1] }], lengths: [] },
  }
  return cardText(facts as unknown as CardFacts) // what a card of these facts reads
}

test('a card says of whom the replies are, and of the browser’s own model that they cannot be made again', () => {
  expect(card('webllm')).toMatch(/a language model in the page, as it was served/)
  expect(card('openai')).toMatch(/a language model behind an endpoint, as it was served/)
  const own = card('browser-model')
  expect(own).toMatch(/language model of a browser, which names neither it nor its version/)
  expect(own).toMatch(/without a seed, a temperature or log-probabilities .* cannot be made again/)
})
