import fc from 'fast-check'
import { expect, test } from 'vitest'
import { STYLES } from '../../src/policies/chat/styles.ts'
import { cutAtStop, withoutThinking } from '../../src/policies/thinking.ts'

const shop = STYLES.webshop.read.tolerant

const BRACKETS: readonly (readonly [string, string])[] = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<Thought>', '</Thought>'],
  ['<thoughts>', '</thoughts>'],
  ['<reasoning>', '</reasoning>'],
  ['<reflection>', '</reflection>'],
  ['<think type="deep">', '</think>'],
  ['<seed:think>', '</seed:think>'],
  ['<longcat_think>', '</longcat_think>'],
  ['<scratchpad>', '</scratchpad>'],
  ['[THINK]', '[/THINK]'],
  ['[thinking]', '[/thinking]'],
  ['{think}', '{/think}'],
  ['\u25C1think\u25B7', '\u25C1/think\u25B7'],
  ['<|begin_of_thought|>', '<|end_of_thought|>'],
  ['<|START_THINKING|>', '<|END_THINKING|>'],
  ['<|channel|>analysis<|message|>', '<|end|><|start|>assistant<|channel|>final<|message|>'],
  ['<|channel>thought\n', '<channel|>'],
  ['<unused94>thought\n', '<unused95>'],
  ['analysisThe user wants shoes.\n', 'assistantfinal'],
  ['Here is my thought process:\n', '\nHere is my response:\n'],
]

test.each(BRACKETS)('what stands between %s and %s is no action', (open, close) => {
  const wrong = 'Action: search[wrong]\n'
  expect(shop(`${open}${wrong}${close}\nAction: search[right]`)).toBe('search[right]')
  expect(shop(`${open}${wrong}${close} ${wrong}${close}\nAction: search[right]`)).toBe('search[right]')
  expect(shop(`${wrong}${close}\nAction: search[right]`)).toBe('search[right]')
  expect(shop(`${open}${wrong}`)).toBe('')
  expect(shop(`${open}${'so it is. '.repeat(3000)}${close}\nAction: search[right]`)).toBe('search[right]')
})

test('what is thought after the action, or about buttons, takes nothing away', () => {
  expect(shop('Action: search[right]\n<think>Action: search[wrong]</think>')).toBe('search[right]')
  expect(shop('Action: click[think pink]')).toBe('click[think pink]')
  expect(shop('Thought: a reflection.\nAction: search[reasoning toy]')).toBe('search[reasoning toy]')
})

test.each([
  ['Action: search[a]\nObservation: made up\nAction: click[b]', 'Action: search[a]'],
  [
    '<think>\nObservation: so</think>\nAction: search[a]\nObservation: x',
    '<think>\nObservation: so</think>\nAction: search[a]',
  ],
  ['Action: search[a]', 'Action: search[a]'],
])('%j ends where it should have', (text, cut) => {
  expect(cutAtStop(text, ['\nObservation:'])).toBe(cut)
})

test('any text is read', () => {
  const piece = fc.constantFrom(...BRACKETS.flat(), '\nObservation:', 'x')
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string())), (texts) => {
      const text = texts.join('')
      expect(withoutThinking(text).length).toBeLessThanOrEqual(text.length)
      expect(text.startsWith(cutAtStop(text, ['\nObservation:']))).toBe(true)
    }),
  )
})
