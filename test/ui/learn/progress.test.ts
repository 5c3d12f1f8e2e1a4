/** How far somebody came in Learn, read from a storage that may hold anything; and the chapters themselves. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LANGUAGE_MODEL } from '../../../src/ui/learn/chapters/language-model.ts'
import { BEATS } from '../../../src/ui/learn/chapters/language-model-beats.ts'
import { CHAPTERS } from '../../../src/ui/learn/chapters.ts'
import { ABOUT, nearWords } from '../../../src/ui/learn/guess.ts'
import { chapterIn, formatLearnHash } from '../../../src/ui/learn/learn-hash.ts'
import { parseProgress } from '../../../src/ui/learn/progress.ts'

test('progress comes back as it was kept', () => {
  const progress = { chapter: 'rule', beat: 2, done: ['episode', 'pair'] }
  expect(parseProgress(JSON.parse(JSON.stringify(progress)))).toEqual(progress)
})

test('whatever else stands in the storage is no progress, and nothing throws', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const progress = parseProgress(value)
      if (progress === undefined) return
      expect(progress.beat).toBeGreaterThanOrEqual(0)
      expect(typeof progress.chapter).toBe('string')
    }),
  )
  expect(parseProgress({ chapter: 'rule', beat: -1, done: [] })).toBeUndefined()
  expect(parseProgress({ chapter: 'rule', beat: 1e9, done: [] })).toBeUndefined()
})

test('eleven chapters, each with a name of its own that comes back from the address, and something to do', async () => {
  expect(CHAPTERS).toHaveLength(11)
  expect(new Set(CHAPTERS.map(({ name }) => name)).size).toBe(11)
  for (const { name, beats, fetch } of CHAPTERS) {
    await fetch?.()
    expect(chapterIn(formatLearnHash(name))).toEqual({ name })
    expect(beats.some(({ ask }) => ask !== undefined)).toBe(true)
  }
  expect(LANGUAGE_MODEL.beats).toHaveLength(BEATS.length)
})

test('an address without a chapter says nothing, one with an unknown chapter is corrected', () => {
  expect(chapterIn('#learn')).toEqual({})
  expect(chapterIn('#learn&chapter=magic').correction).toMatch(/"magic" is none of episode, /)
})

test('a guess is judged by the nearest of those that could be made', () => {
  expect(nearWords('0', 0.2)).toMatch(/Well judged/)
  expect(nearWords('1', 0.2)).toBe('You said about 1; it is 0.20.')
  expect(nearWords(undefined, 0.2)).toBe('It is 0.20.')
  for (const { value } of ABOUT) expect(nearWords(value, Number(value))).toMatch(/Well judged/)
})
