import { expect, test } from 'vitest'
import { normalised } from '../../../../src/scripts/make/databases/hardness.ts'
import { DATABASES_SEED, makeDatabases } from '../../../../src/scripts/make/databases.ts'
import {
  isAllowed,
  type SqlEpisode,
  shippedQuestions,
  sqlEpisodes,
} from '../../../../src/scripts/make/language-model/sql-demonstrations.ts'

async function first(count: number, seed: number): Promise<readonly SqlEpisode[]> {
  const episodes: SqlEpisode[] = []
  for await (const episode of sqlEpisodes(seed)) if (episodes.push(episode) >= count) break
  return episodes
}

const episodes = await first(400, 7)
const records: readonly { db: string; gold: string; query: string; split: string }[] = JSON.parse(
  makeDatabases(DATABASES_SEED)['tasks.json'] ?? '[]',
)

test('the same seed gives the same episodes, another others', async () => {
  expect(await first(30, 7)).toEqual(episodes.slice(0, 30))
  expect(await first(30, 8)).not.toEqual(episodes.slice(0, 30))
})

test('every episode lists the tables, runs a query and submits what earns everything', () => {
  for (const { turns, reward, question } of episodes) {
    expect(reward, question).toBe(1)
    expect(turns.length).toBeLessThanOrEqual(10)
    expect(turns[0]?.action).toBe(' show')
    expect(turns.at(-2)?.action).toMatch(/^ select /)
    expect(turns.at(-1)).toMatchObject({ action: ' submit', imitate: true })
    expect(turns.flatMap(({ seen, action }) => `${seen}${action}`.split(' ')).length).toBeLessThan(400)
  }
})

test('every pointer that is written was shown', () => {
  for (const { turns } of episodes) {
    const shown = turns.map(({ seen }) => seen).join(' ')
    const query = turns.at(-2)?.action ?? ''
    for (const pointer of query.replaceAll(/'[^']*'/g, '').match(/\b(?:[A-Z]{1,2}|[tv][a-z])\b/g) ?? [])
      expect(` ${shown} `, query).toContain(` ${pointer} `)
  }
})

test('slips are some, and marked', () => {
  const slips = episodes.filter(({ turns }) => turns.some(({ imitate }) => !imitate)).length
  expect(slips).toBeGreaterThan(episodes.length * 0.05)
  expect(slips).toBeLessThan(episodes.length * 0.4)
  for (const { turns } of episodes)
    for (const { seen } of turns.slice(2))
      if (seen.startsWith(' error')) expect(turns.some((t) => !t.imitate)).toBe(true)
})

test('no question of dev or test is shown, nor their gold queries with other values', () => {
  const { kept, train } = shippedQuestions()
  const apart = records.filter(({ split }) => split !== 'train')
  expect(kept.questions.size).toBeGreaterThan(200)
  for (const { query, gold, db } of apart) {
    expect(isAllowed(kept, query, gold, db)).toBe(false)
    expect(isAllowed(kept, 'Something else?', gold, db)).toBe(false)
  }
  for (const { question } of episodes)
    expect(apart.every(({ query }) => query.toLowerCase() !== question.toLowerCase())).toBe(true)
  const shapes = new Set(apart.map(({ db, gold }) => `${db}: ${normalised(gold, true)}`))
  for (const [db, questions] of train)
    for (const { gold } of questions)
      expect(shapes.has(`${db}: ${normalised(gold.replace(/'[^']*'/g, "'x'").replace(/\{\w+\}/g, '1'), true)}`)).toBe(
        false,
      )
})
