import { describe, expect, test } from 'vitest'
import { stream } from '../../src/core/random.ts'
import { createLinearActor } from '../../src/policies/linear/linear-actor.ts'
import { createWebShopActions } from '../../src/policies/linear/webshop/webshop-actions.ts'
import { demonstrate, SLIPS, type Slips } from '../../src/training/demonstrations.ts'
import { evaluate } from '../../src/training/evaluation.ts'
import { fineTune, meanLogLikelihood, SFT_DEFAULTS, sftLoss } from '../../src/training/sft.ts'
import { createSmallShop } from '../policies/small-shop.ts'

const shop = createSmallShop()
const space = createWebShopActions(shop.catalogue.products)
const width = space.features.length
const CAREFUL = Object.fromEntries(Object.keys(SLIPS).map((name) => [name, 0])) as unknown as Slips // same keys

function demonstrations(count: number, slips: Slips = SLIPS) {
  const goals = shop.catalogue.goals.filter((goal) => goal.split === 'train')
  return Array.from({ length: count }, (_, i) => {
    const goal = goals[i % goals.length] as (typeof goals)[number]
    return demonstrate(shop, space, goal, stream(4).child('demonstration', i), slips)
  }).filter((demonstration) => demonstration !== undefined)
}

describe('demonstrations', () => {
  test('replay to their reward, and every action was on offer', () => {
    for (const { taskId, actions, reward, decisions } of demonstrations(60)) {
      let state = shop.reset(shop.task(taskId) as never)
      let last = 0
      for (const action of actions) ({ state, reward: last } = shop.step(state, action))
      expect(last).toBe(reward)
      expect(decisions.length).toBe(actions.length)
      for (const { chosen, count } of decisions) expect(chosen >= 0 && chosen < count).toBe(true)
    }
  })

  test('an expert without slips earns the most; slips cost', () => {
    const mean = (slips: Slips) => {
      const shown = demonstrations(80, slips)
      return shown.reduce((sum, { reward }) => sum + reward, 0) / shown.length
    }
    expect(mean(CAREFUL)).toBeGreaterThan(0.95)
    expect(mean(SLIPS)).toBeLessThan(mean(CAREFUL) - 0.03)
  })
})

describe('supervised fine-tuning', () => {
  const decisions = demonstrations(60).flatMap((demonstration) => demonstration.decisions)
  const zero = new Float64Array(width)
  const options = { ...SFT_DEFAULTS, epochs: 10 }

  test('the gradient agrees with finite differences', () => {
    const weights = Float64Array.from({ length: width }, (_, k) => Math.sin(k))
    const gradient = new Float64Array(width)
    const unused = new Float64Array(width)
    sftLoss(decisions, weights, 0.01, gradient)
    for (let k = 0; k < width; k++) {
      const at = (h: number): number => {
        const moved = Float64Array.from(weights)
        moved[k] = (moved[k] as number) + h
        return sftLoss(decisions, moved, 0.01, unused)
      }
      expect(gradient[k]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 6)
    }
  })

  test('raises the likelihood, the same way each time', () => {
    const fitted = fineTune(decisions, zero, stream(1), options)
    expect(meanLogLikelihood(decisions, fitted)).toBeGreaterThan(meanLogLikelihood(decisions, zero) + 0.3)
    expect(fineTune(decisions, zero, stream(1), options)).toEqual(fitted)
  })

  test('a heavier penalty gives smaller weights', () => {
    const size = (l2: number) => Math.hypot(...fineTune(decisions, zero, stream(1), { ...options, l2 }))
    expect(size(0.3)).toBeLessThan(size(1e-4))
  })

  test('earns more than the untrained policy on held-out tasks', async () => {
    const dev = shop.tasks('dev')
    const settings = { temperature: 1, stepLimit: 10, episodesPerTask: 100 }
    const reward = async (weights: Float64Array) =>
      (await evaluate(createLinearActor(shop, space, weights), dev, stream(2), settings)).mean
    expect(await reward(fineTune(decisions, zero, stream(1), options))).toBeGreaterThan((await reward(zero)) + 0.05)
  })
})
