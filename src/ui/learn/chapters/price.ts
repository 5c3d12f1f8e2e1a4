/** Chapter 4: what it costs to score a fixed number of candidates at every step, beside RRO on the same task. */
import { html } from 'lit'
import { parseComparison } from '../../../core/comparison/comparison-address.ts'
import { totalCalls } from '../../compare/duel/budget.ts'
import { DuelState } from '../../compare/duel/duel-state.ts'
import type { PageState } from '../../state/page-state.ts'
import { countText, rewardText } from '../../words/format.ts'
import type { Chapter } from '../chapter.ts'
import type { Example } from '../example.ts'
import { type Scene, wantsStill } from '../scene.ts'

/** A whole duel in six seconds. */
const SPEED = 4
/** Times the calls of RRO that can be guessed. */
const TIMES = [1, 2, 5] as const

const DUELS = new WeakMap<PageState, DuelState>()

/** RRO and fixed-size exploration on the example's own task, with its own settings and seed. */
export function priceDuel({ page, example }: Scene): DuelState {
  const known = DUELS.get(page)
  if (known !== undefined) return known
  const duel = new DuelState(page, () => comparisonOf(example))
  duel.arms = [0, 1]
  duel.task = example.task.task
  duel.setSpeed(SPEED)
  DUELS.set(page, duel)
  return duel
}

function comparisonOf({ config }: Example) {
  const own = `rollouts=${config.rollouts}:candidates=${config.candidates}`
  const { environment, model, seed } = config
  const given = { environment, start: model, arms: `rro:${own};fixed-size:${own}`, firstSeed: String(seed), seeds: '1' }
  return parseComparison(given).comparison
}

export const PRICE: Chapter = {
  name: 'price',
  title: 'The price of scoring k candidates',
  parts: ['duel'],
  beats: [
    {
      before: ['path'],
      set: (scene) => {
        priceDuel(scene).halt()
        scene.look({ step: scene.example.rising.step.step, candidate: scene.example.rising.chosen })
      },
      tell: ({
        whole,
        example: { config },
        term,
      }) => html`<p>Now we can value single actions. So value them all: at every step draw
        ${term('K', 'k')} = ${config.candidates} ${term('candidate', 'candidates')}, score each by ${term('m')} = ${config.rollouts}
        ${term('rollout', 'rollouts')}, keep the best. This is
        <b>${term('fixed-size')}</b> process supervision, and it is dear: k × m ${term('episode', 'episodes')} a step, and each costs a call of the ${term('agent')} for
        every action in it.</p>
        <p>On this task ${term('RRO')}, which the next chapter explains, spent <b>${countText(whole.cost.policyCalls)}</b> ${term('policy call', 'policy calls')}.</p>`,
      ask: {
        words: ({ example }) => `And k = ${example.config.candidates} at every step?`,
        choices: ({ whole }) =>
          TIMES.map((times) => ({ value: String(times), words: `about ${countText(times * whole.cost.policyCalls)}` })),
        show: (scene) => void play(priceDuel(scene)),
        heard: (scene) => answer(scene, priceDuel(scene)),
      },
    },
  ],
}

async function play(duel: DuelState): Promise<void> {
  duel.follow()
  await duel.answered
  duel.halt()
  if (wantsStill()) duel.moveTo(duel.total)
  else {
    duel.moveTo(0)
    duel.toggle()
  }
}

function answer({ said, shown }: Scene, duel: DuelState): unknown {
  const { sides, playing, budget, total } = duel
  if ((said === undefined && !shown) || sides === undefined || playing || budget < total) return undefined
  const [rro, fixed] = [totalCalls(sides[0]), totalCalls(sides[1])]
  const times = fixed / Math.max(1, rro)
  const nearest = TIMES.toSorted((a, b) => Math.abs(a - times) - Math.abs(b - times))[0]
  const judged = said === undefined ? '' : said === String(nearest) ? 'Well judged. ' : 'Not quite. '
  const [one, other] = sides.map(({ events }) => {
    const last = events.at(-1)
    return last?.type === 'task-finished' ? rewardText(last.reward) : '?'
  })
  return html`<p>${judged}It took <b>${countText(fixed)}</b>: ${times.toFixed(1)} times as many. The episodes they came to earn
    ${other} (fixed-size) and ${one} (RRO).</p>
    <p>Most of those candidates taught little: the first that is good enough would have done. Which one is “good enough” is the
    whole idea, and the next chapter.</p>`
}
