/** Agents in words: what they earn, what they were trained on, and what a training did. */
import type { AgentInfo, Interval, TrainedAgent, TrainingPhase } from '../../worker/protocol/lab-api.ts'
import { plural, rewardText, signedText } from '../words/format.ts'
import { momentText } from '../words/sizes-and-times.ts'

/** `0.42 ± 0.02`. */
export function intervalText({ mean, halfWidth }: Interval): string {
  return halfWidth === undefined ? rewardText(mean) : `${rewardText(mean)} ± ${rewardText(halfWidth)}`
}

/** `+0.25 ± 0.03`. */
export function changeText({ mean, halfWidth }: Interval): string {
  return halfWidth === undefined ? signedText(mean) : `${signedText(mean)} ± ${rewardText(halfWidth)}`
}

/** What it earns, on one line. */
export function rewardLine({ trained }: AgentInfo): string {
  const said = (value: unknown, words: string): string[] =>
    typeof value === 'number' ? [`${words} ${rewardText(value)}`] : []
  const dev = [...said(trained.devReward, 'sampled'), ...said(trained.devGreedyReward, 'greedy')]
  const test = [...said(trained.testReward, 'sampled'), ...said(trained.testGreedyReward, 'greedy')]
  const tasks = typeof trained.devTasks === 'number' ? ` (${plural(trained.devTasks, 'task')})` : ''
  if (dev.length > 0) return `Mean dev reward: ${dev.join(', ')}${tasks}`
  return test.length > 0 ? `Mean test reward: ${test.join(', ')}` : 'Its file says nothing of what it earns'
}

const FACTS: readonly (readonly [string, (value: number) => string])[] = [
  ['demonstrations', (count) => plural(count, 'demonstration')],
  ['pairs', (count) => plural(count, 'pair')],
  ['tasks', (count) => plural(count, 'task')],
  ['policyCalls', (count) => plural(count, 'policy call')],
  ['epochs', (count) => plural(count, 'epoch')],
  ['beta', (beta) => `beta ${beta}`],
]

const ORIGINS = { shipped: 'Ships with the page', here: 'Trained here', imported: 'Imported' } as const

/** Where it comes from and what it was trained on. */
export function trainedLine({ trained, origin, createdAtMs }: AgentInfo): string {
  const when = momentText(createdAtMs)
  const { method, run, reference, computedBy } = trained
  const facts = FACTS.flatMap(([name, words]) => {
    const value = trained[name]
    return typeof value === 'number' ? [words(value)] : []
  })
  const parts = [
    typeof method === 'string' ? method : '',
    typeof run === 'string' ? `“${run}”` : '',
    typeof reference === 'string' ? `from ${reference}` : '',
    ...facts,
    typeof computedBy === 'string' && computedBy !== 'WebAssembly' ? `computed by ${computedBy}` : '',
  ].filter((part) => part !== '')
  return `${ORIGINS[origin]}${when && `, ${when}`}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`
}

export const PHASE_WORDS: Readonly<Record<TrainingPhase, string>> = {
  reading: 'Reading what there is to learn',
  before: 'Measuring before, on the dev tasks',
  trying: 'Trying whether WebGPU is faster here',
  fitting: 'Training',
  after: 'Measuring after, on the dev tasks',
}

/** In the middle of a sentence. */
export function phaseInSentence(phase: TrainingPhase): string {
  const words = PHASE_WORDS[phase]
  return words.charAt(0).toLowerCase() + words.slice(1)
}

/** Whether a change is more than chance: its 95 % interval does not hold 0. */
function direction({ mean, halfWidth = Number.POSITIVE_INFINITY }: Interval): -1 | 0 | 1 {
  return mean - halfWidth > 0 ? 1 : mean + halfWidth < 0 ? -1 : 0
}

/** What keeps a new policy near the one that it came from, as the forms call it. */
const HOLDS = { linear: 'a larger KL weight', transformer: 'a larger beta' } as const

/** What a training did, plainly; also where it did harm. */
export function verdictOf({ agent, compared, after }: TrainedAgent): string {
  if (compared === undefined)
    return `From random weights: it earns ${intervalText(after.sampled)} sampled, ${intervalText(after.greedy)} greedy on ${plural(after.tasks, 'held-out task')}.`
  const { gain, before } = compared
  const bySft = typeof agent.trained.demonstrations === 'number'
  const lessons = bySft ? 'demonstrations' : 'pairs'
  const where = `on ${plural(before.tasks, 'held-out task')} (95 % interval, task by task)`
  const sampled = direction(gain.sampled)
  const greedy = direction(gain.greedy)
  const [first, advice] = {
    '1': [`Better: the sampled reward rose by ${changeText(gain.sampled)} ${where}.`, ''],
    '0': [
      `No clear change: the sampled reward moved by ${changeText(gain.sampled)} ${where}, which may be chance.`,
      ` More ${lessons}${bySft ? '' : ' (more tasks, more rollouts)'} would say more.`,
    ],
    '-1': [
      `Worse: the sampled reward fell by ${changeText(gain.sampled)} ${where}.`,
      ` Keep the agent that it came from, or train with ${bySft ? '' : `${HOLDS[agent.policy]}, `}fewer epochs, or more ${lessons}.`,
    ],
  }[`${sampled}`]
  const second = {
    '1': `Greedy, it is better too: ${changeText(gain.greedy)}.`,
    '0': `Greedy, there is no clear change: ${changeText(gain.greedy)}.`,
    '-1': `Greedy, it is worse: ${changeText(gain.greedy)}.`,
  }[`${greedy}`]
  return `${first} ${sampled === 1 ? second : second.replace(' too', '')}${advice}`
}
