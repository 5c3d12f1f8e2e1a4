import { expect, test } from 'vitest'
import { phaseInSentence, rewardLine, trainedLine, verdictOf } from '../../../src/ui/agents/agent-words.ts'
import { agentChoices } from '../../../src/ui/words/agent-choices.ts'
import { agentName } from '../../../src/ui/words/agent-name.ts'
import type { AgentInfo, AgentScore, Interval, TrainedAgent } from '../../../src/worker/protocol/lab-api.ts'

const agent: AgentInfo = {
  ...{
    policy: 'linear',
    model: '0123456789abcdef',
    name: 'Mine',
    environment: 'webshop',
    origin: 'imported',
    createdAtMs: 0,
  },
  trained: {
    ...{
      method: 'DPO on the pairs of a run by rro',
      run: 'Best',
      reference: 'weak',
      pairs: 1786,
      epochs: 30,
      beta: 0.1,
    },
    ...{ devTasks: 255, devReward: 0.667, devGreedyReward: 0.651 },
  },
}

test('an agent is called by its name, once that is known', () => {
  expect(agentName('', undefined)).toBe('shipped')
  expect(agentName('weak', [])).toBe('weak start')
  expect(agentName(agent.model, undefined)).toBe('012345…')
  expect(agentName(agent.model, [agent])).toBe('Mine')
  expect(agentName('fedcba9876543210', [agent])).toBe('unknown fedcba…')
  expect(agentChoices('fedcba9876543210', [agent])).toEqual(['', 'weak', 'sharp', agent.model, 'fedcba9876543210'])
  expect(agentChoices('weak', undefined)).toEqual(['', 'weak', 'sharp'])
})

test('what an agent earns and what it learned from are a line each', () => {
  expect(rewardLine(agent)).toBe('Mean dev reward: sampled 0.67, greedy 0.65 (255 tasks)')
  expect(trainedLine(agent)).toBe(
    'Imported: DPO on the pairs of a run by rro, “Best”, from weak, 1,786 pairs, 30 epochs, beta 0.1',
  )
  expect(rewardLine({ ...agent, trained: {} })).toMatch(/says nothing/)
  expect(trainedLine({ ...agent, trained: {} })).toBe('Imported')
  expect(rewardLine({ ...agent, trained: { devReward: 'high' } })).toMatch(/says nothing/)
})

const score: AgentScore = {
  ...{ tasks: 255, sampled: { mean: 0.5, halfWidth: 0.02 }, greedy: { mean: 0.6, halfWidth: 0.02 } },
  ...{ sampledSuccess: 0.1, greedySuccess: 0.2 },
}

function trained(sampled: Interval, greedy: Interval): TrainedAgent {
  return { agent, compared: { before: score, gain: { sampled, greedy } }, after: score }
}

test.each<[Interval, Interval, RegExp]>([
  [
    { mean: 0.1, halfWidth: 0.05 },
    { mean: 0.2, halfWidth: 0.1 },
    /^Better: .*\+0\.10 ± 0\.05.* it is better too: \+0\.20/,
  ],
  [{ mean: 0.1, halfWidth: 0.05 }, { mean: -0.2, halfWidth: 0.1 }, /^Better: .*Greedy, it is worse: −0\.20 ± 0\.10/],
  [
    { mean: 0.1, halfWidth: 0.15 },
    { mean: 0.2, halfWidth: 0.1 },
    /^No clear change: .*Greedy, it is better: .*More pairs/,
  ],
  [
    { mean: -0.1, halfWidth: 0.05 },
    { mean: 0, halfWidth: 0.1 },
    /^Worse: .*−0\.10 ± 0\.05.*no clear change.*Keep the agent/,
  ],
  [{ mean: 0.3, halfWidth: undefined }, { mean: 0.3, halfWidth: undefined }, /^No clear change/],
])('a change of %o sampled and %o greedy is said as it is', (sampled, greedy, sentence) => {
  expect(verdictOf(trained(sampled, greedy))).toMatch(sentence)
})

test('what is advised is there to be done: by what it learnt from, and the forms of its kind', () => {
  const worse = { mean: -0.1, halfWidth: 0.05 }
  const said = (policy: AgentInfo['policy'], facts: AgentInfo['trained']): string =>
    verdictOf({ ...trained(worse, worse), agent: { ...agent, policy, trained: facts } })
  expect(said('linear', { pairs: 9 })).toMatch(/with a larger KL weight, fewer epochs, or more pairs\.$/)
  expect(said('transformer', { pairs: 9 })).toMatch(/with a larger beta, fewer epochs, or more pairs\.$/)
  expect(said('transformer', { demonstrations: 9 })).toMatch(/train with fewer epochs, or more demonstrations\.$/)
})

test('one of anything is one', () => {
  const facts = { method: 'SFT', demonstrations: 1, epochs: 1 }
  expect(trainedLine({ ...agent, trained: facts })).toBe('Imported: SFT, 1 demonstration, 1 epoch')
})

test('a phase in the middle of a sentence keeps its names as they are written', () => {
  expect(phaseInSentence('trying')).toBe('trying whether WebGPU is faster here')
  expect(phaseInSentence('before')).toBe('measuring before, on the dev tasks')
})
