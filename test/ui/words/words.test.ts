import { expect, test } from 'vitest'
import { treeRows } from '../../../src/ui/explore/path/tree-rows.ts'
import { COMMANDS, commandOf, keyText } from '../../../src/ui/state/commands.ts'
import { partsOf, presses } from '../../../src/ui/words/action-words.ts'
import { durationText, estimateText, plural, signedText, termText } from '../../../src/ui/words/format.ts'
import { bytesText } from '../../../src/ui/words/sizes-and-times.ts'
import { CONFIG, toyTask } from '../toy-task.ts'

test('numbers have true signs and no more digits than they need', () => {
  expect([signedText(0.2), signedText(-0.08), signedText(0), signedText(-0.001)]).toEqual([
    '+0.20',
    '−0.08',
    '0.00',
    '0.00',
  ])
  expect([termText(1), termText(0.5), termText(2 / 3)]).toEqual(['1', '0.5', '0.667'])
  expect([estimateText(0.5, 0.1), estimateText(0.5, 0), estimateText(0.5, null)]).toEqual([
    '0.50 ± 0.10',
    '0.50',
    '0.50',
  ])
  expect([plural(1, 'pair'), plural(1200, 'pair')]).toEqual(['1 pair', '1,200 pairs'])
  expect([durationText(4.2), durationText(125), durationText(7500)]).toEqual(['5 s', '2 min 5 s', '2 h 5 min'])
  expect([bytesText(12), bytesText(12_345), bytesText(1.5e6), bytesText(2e9)]).toEqual([
    '12 B',
    '12 kB',
    '1.5 MB',
    '2.0 GB',
  ])
})

test('an action is taken apart as WebShop does', () => {
  expect(partsOf('click[Buy Now]')).toEqual({ name: 'click', argument: 'buy now' })
  expect(partsOf('buy it')).toBeUndefined()
  expect(presses(partsOf('click[< prev]'), '< Prev')).toBe(true)
  expect(presses(partsOf('search[< prev]'), '< Prev')).toBe(false)
})

test('no key has two meanings', () => {
  const keys = Object.values(COMMANDS).flatMap((command) => command.keys as readonly string[])
  expect(new Set(keys).size).toBe(keys.length)
})
test('keys find their commands; those with modifiers belong to the browser', () => {
  const key = (name: string, more = {}) => ({
    key: name,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...more,
  })
  expect(commandOf(key(' '))).toBe('play')
  expect(commandOf(key('ArrowRight', { shiftKey: true }))).toBe('stepForward')
  expect(commandOf(key('G', { shiftKey: true }))).toBe('last')
  expect(commandOf(key('r', { ctrlKey: true }))).toBeUndefined()
  expect([' ', 'Shift+ArrowLeft', 'j'].map(keyText)).toEqual(['Space', 'Shift+←', 'j'])
})

test('the tree says what the cards say, and opens row by row', () => {
  const closed = treeRows(toyTask(), CONFIG, new Set())
  expect(closed.map(({ text }) => text)).toEqual([
    'Step 1, bar 0.00: candidate 1 rises',
    'Step 2, bar 0.25: candidate 2 rises',
    'Step 3, bar 0.75: candidate 1 rises',
  ])
  const open = treeRows(toyTask(), CONFIG, new Set(['2', '2/2']))
  expect(open.map(({ key }) => key)).toEqual(['1', '2', '2/1', '2/2', '2/2/1', '2/2/2', '3'])
  expect(open[3]?.text).toBe('Candidate 2: click[b02]. 0.75 ± 0.10, rises by 0.50: stop. Chosen')
  expect(open[4]).toMatchObject({ level: 3, text: 'Rollout 1: 1.00, click[x]', selection: { step: 2, candidate: 2 } })
})
