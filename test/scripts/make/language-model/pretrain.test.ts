/** Pretraining on a handful of conversations: the same whatever threads it is spread over, and of what is to be learnt. */
import { expect, test } from 'vitest'
import { stream } from '../../../../src/core/random.ts'
import { type Turn, writtenConversation } from '../../../../src/policies/transformer/conversation.ts'
import { initialParameters } from '../../../../src/policies/transformer/initial-parameters.ts'
import { Kernel } from '../../../../src/policies/transformer/kernel/kernel.ts'
import { createTokenizer } from '../../../../src/policies/transformer/tokenizer/tokenizer.ts'
import {
  corpusOf,
  type Look,
  type Pretraining,
  pretrain,
} from '../../../../src/scripts/make/language-model/pretrain.ts'
import { SMALL_CONFIG, SMALL_VOCABULARY } from '../../../policies/transformer/small-model.ts'

const CONFIG = { ...SMALL_CONFIG, keyValueHeads: SMALL_CONFIG.heads }
const OPTIONS: Pretraining = {
  ...{ seed: 3, steps: 60, batch: 6, rate: 0.01, decay: 0, reading: 0.2, warmUp: 4, heldOut: 3, every: 10 },
}
const tokenizer = createTokenizer(SMALL_VOCABULARY)

/** One action is right in each place; a slip says the other one first. */
function shown(i: number): readonly Turn[] {
  const [seen, action, other] = i % 2 === 0 ? [' title', ' click', ' buy'] : [' results', ' buy', ' click']
  const slip: Turn = { seen, action: other, imitate: false }
  return [...(i % 3 === 0 ? [slip] : []), { seen, action }]
}

async function trained(threads: number) {
  const corpus = corpusOf(Array.from({ length: 24 }, (_, i) => writtenConversation(tokenizer, shown(i))))
  const looks: Look[] = []
  const start = initialParameters(CONFIG, stream(1))
  const parameters = await pretrain(CONFIG, start, corpus, { ...OPTIONS, threads }, (look) => looks.push(look))
  return { parameters, looks: looks.map(({ seconds: _, ...look }) => look) }
}

test('one thread and three make the same weights, to the bit, and learn what was to be imitated', async () => {
  const [one, three] = await Promise.all([trained(1), trained(3)])
  expect(three).toEqual(one)
  expect(one.looks.map(({ step }) => step)).toEqual([10, 20, 30, 40, 50, 60])
  const [first, last] = [one.looks[0], one.looks.at(-1)]
  // Of an action and its end hardly anything is left to foretell: log 2 a conversation, were slips learnt as well.
  expect(first?.heldOut).toBeGreaterThan(0.3)
  expect(last?.heldOut).toBeLessThan(0.05)
})

test('a step is AdamW’s on the whole batch, whatever it is cut into', async () => {
  const conversations = Array.from({ length: 9 }, (_, i) => writtenConversation(tokenizer, shown(i)))
  const start = initialParameters(CONFIG, stream(1))
  const rate = 0.01
  const options = { ...OPTIONS, steps: 1, batch: 6, warmUp: 1, rate, reading: 0, threads: 2 }
  const stepped = await pretrain(CONFIG, start, corpusOf(conversations), options, () => undefined)
  const kernel = await Kernel.open(CONFIG)
  kernel.parameters.set(start)
  kernel.openTraining()
  let written = 0
  // All six that are not held out.
  for (const { tokens, actions } of conversations.slice(0, 6)) {
    const targets = actions.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i))
    kernel.logProbabilities({
      ...{ tokens: tokens.slice(0, -1), prefix: tokens.length - 1, branches: [] },
      targetRows: targets.map((at) => at - 1),
      targetTokens: targets.map((at) => tokens[at] ?? 0),
    })
    kernel.addGradient(targets.map(() => -1))
    written += targets.length
  }
  const share = Math.min(1, written / kernel.gradientNorm()) / written
  kernel.descend({ rate, share, step: 1, decay: 0 })
  // Where a slope is hardly any, its sign hangs on the order of the sum; such are few.
  const off = [...kernel.parameters].filter((value, i) => Math.abs(value - (stepped[i] ?? 0)) > 1e-5)
  expect(off.length).toBeLessThan(0.002 * stepped.length)
  expect(stepped.filter((value, i) => value !== start[i]).length).toBeGreaterThan(0.3 * stepped.length)
})
