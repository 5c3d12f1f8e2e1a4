import { expect, test } from 'vitest'
import { stream } from '../../../../src/core/random.ts'
import {
  createStage,
  DEMONSTRATING,
  demonstratorWeights,
  type Episode,
  heldOutTexts,
  shippedCatalogue,
  webshopDemonstrations,
} from '../../../../src/scripts/make/language-model/webshop-demonstrations.ts'

function taken(count: number, seed: number): Episode[] {
  const episodes: Episode[] = []
  for (const episode of webshopDemonstrations(seed)) {
    if (episodes.push(episode) === count) break
  }
  return episodes
}

test('the same seed gives the same episodes, another seed others', () => {
  const first = taken(40, 3)
  expect(taken(20, 3)).toEqual(first.slice(0, 20))
  expect(taken(20, 4)).not.toEqual(first.slice(0, 20))
})

test('episodes are good, complete, and of no task that agents are measured on', () => {
  const heldOut = heldOutTexts(shippedCatalogue())
  const episodes = taken(1500, 1) // the train goals, and some of another catalogue
  expect(new Set(episodes.map(({ task }) => task)).size).toBeGreaterThan(900)
  for (const { task, turns, reward } of episodes) {
    expect(heldOut.has(task.toLowerCase())).toBe(false)
    expect(reward).toBeGreaterThanOrEqual(0.75)
    expect(turns[0]?.seen).toMatch(/^task : /)
    expect(turns[0]?.action).toMatch(/^search .+$/)
    expect(turns.at(-1)?.action).toBe('click buy now')
  }
})

test('an episode that never earns enough is not shown', () => {
  const catalogue = shippedCatalogue()
  const stage = createStage(catalogue, demonstratorWeights())
  const goal = catalogue.goals[0] as (typeof catalogue.goals)[number]
  expect(stage.show(goal, stream(1), { ...DEMONSTRATING, goodReward: 1.1 })).toBeUndefined()
})
