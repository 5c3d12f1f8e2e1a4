import { expect, test } from 'vitest'
import { maskOf, readInstruction, readPrice, sizeOf } from '../../../../src/policies/linear/webshop/instruction.ts'
import { composeQueries } from '../../../../src/policies/linear/webshop/queries.ts'

test.each([
  ['i need a floor lamp, and price lower than 120.00 dollars', 120],
  ['find me tea under $9.50 please', 9.5],
  ['a rug, and price lower than 1,200.00 dollars', 1200],
  ['shoes for less than 40 dollars', 40],
  ['i need a mirror', Number.POSITIVE_INFINITY],
  ['a lamp that is lower than a table', Number.POSITIVE_INFINITY],
])('the limit of %j is %d', (text, limit) => {
  expect(readInstruction(text).priceLimit).toBe(limit)
})

test('phrases are the runs of words that say what is wanted', () => {
  const text = 'I need a floor lamp that is touch screen, in antique brass, and price lower than 70.00 dollars'
  expect(readInstruction(text).phrases).toEqual(['floor lamp', 'touch screen', 'antique brass'])
})

test.each([
  '',
  '   ',
  '[[[',
  'i need a',
  'a'.repeat(5000),
  'x '.repeat(3000),
  '<r> shoes, <a>',
  ']]] click[',
  'ñandú 靴',
])('the odd instruction %j has a few distinct searches that can be said', (text) => {
  const queries = composeQueries(readInstruction(text))
  expect(queries.length).toBeGreaterThan(0)
  expect(queries.length).toBeLessThan(20)
  expect(new Set(queries.map(({ action }) => action)).size).toBe(queries.length)
  for (const { action } of queries) expect(action).toMatch(/^search\[[^[\]<>]+\]$/)
})

test('an inner "to" holds a phrase together', () => {
  expect(readInstruction('i want to find a rug that is easy to clean').phrases).toEqual(['rug', 'easy to clean'])
})

test('a mask counts the instruction’s words in a text, at most thirty', () => {
  const many = Array.from({ length: 50 }, (_, i) => `word${i}x`)
  const instruction = readInstruction(many.join(' '))
  expect(instruction.terms.length).toBe(30)
  expect(sizeOf(maskOf(instruction, instruction.terms))).toBe(30)
  expect(sizeOf(maskOf(instruction, [...instruction.terms.slice(0, 3), 'other']))).toBe(3)
})

test.each([
  ['$12.5', 12.5],
  ['$10.0 to $20.0', 10],
  ['', Number.NaN],
])('the tag %j costs %d', (tag, price) => {
  expect(readPrice(tag)).toBe(price)
})
