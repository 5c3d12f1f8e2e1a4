import { expect, test } from 'vitest'
import { chatTokens } from '../../../src/scripts/bench/model-loop/chat-tokens.ts'
import { ownTokens } from '../../../src/scripts/bench/model-loop/own-model.ts'

/** The bar of docs/performance.md: of reading each prompt whole, this share at most. */
const MOST_READ = 0.4

const ENVIRONMENTS = ['webshop', 'intercode-sql'] as const

test.each(ENVIRONMENTS)(
  'a run of %s through a chat model reads less than two fifths of its prompts',
  async (environment) => {
    const { prompt, prefilled, interleaved, shared } = await chatTokens({ environment, seed: 1, tasks: 20 })
    expect(prefilled).toBeLessThan(MOST_READ * prompt)
    // The same cache where rollouts take turns is far from it; a server that keeps every prefix is far below.
    expect(interleaved).toBeGreaterThan(2 * prefilled)
    expect(shared).toBeLessThan(prefilled / 5)
  },
)

test.each(ENVIRONMENTS)('our own model on %s reads less than two fifths of its prompts', async (environment) => {
  const { prompt, read, calls } = await ownTokens({ environment, seed: 1, tasks: 3 })
  expect(calls).toBeGreaterThan(50)
  expect(read).toBeLessThan(MOST_READ * prompt)
})
