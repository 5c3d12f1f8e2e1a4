/** Chapter 9: where RRO wins and where it does not: the visitor spends the same budget otherwise, and both are judged. */
import { html } from 'lit'
import { comparerOf } from '../../compare/comparer.ts'
import { PLAIN_RRO_IN_SHORT } from '../../compare/results/plain-rro-words.ts'
import { expectedSeconds } from '../../compare/setup/expected-time.ts'
import { durationText, rewardText, signedText } from '../../words/format.ts'
import type { Chapter } from '../chapter.ts'
import { BUDGET_WORDS, contestLessonOf, contestOf } from '../contest-lesson.ts'
import type { Scene } from '../scene.ts'

/** What can be done with the same calls, as arms in an address. */
const WAYS = [
  { value: 'rro:rollouts=1', words: 'RRO, but 1 rollout a candidate' },
  { value: 'rro:rollouts=20', words: 'RRO, but 20 rollouts a candidate' },
  { value: 'rro:candidates=2', words: 'RRO, but at most 2 candidates' },
  { value: 'fixed-size:candidates=3', words: '3 candidates at every step' },
] as const

export const LIMITS: Chapter = {
  name: 'limits',
  title: 'Where it wins, and where not',
  parts: ['contest'],
  beats: [
    {
      before: ['path'],
      set: (scene) => scene.look({ step: scene.example.rising.step.step, candidate: scene.example.rising.chosen }),
      tell: ({
        term,
      }) => html`<p>Fewer ${term('candidate', 'candidates')} a step is not yet a better agent. The fair question: with <i>the same number of
        ${term('policy call', 'policy calls')}</i> (${BUDGET_WORDS}), whose ${term('pair', 'pairs')} teach more? The paper’s ${term('RRO')} takes ${term('m')} = 5 ${term('rollout', 'rollouts')} for each ${term('process reward')}, at most 5
        candidates a step.</p>`,
      ask: {
        words: ({ term }) =>
          html`Spend the ${term('budget')} better. What would you change? <small>(computed here, in about ${durationText(expectedSeconds(contestOf(WAYS[0].value)))})</small>`,
        choices: () => WAYS,
        show: (scene) => void contestLessonOf(scene.page).run(scene.said ?? WAYS[0].value),
        heard: (scene) => heard(scene),
      },
    },
    {
      tell: ({
        term,
      }) => html`<p>So does RRO win? Our studies (20 ${term('seed', 'seeds')}, both environments, three budgets) say, of the small agent of this page:</p>
        <ul>${PLAIN_RRO_IN_SHORT.map((answer) => html`<li>${answer}</li>`)}</ul>
        <p>A method that saves candidates is worth most where a candidate is dear: where the agent is a large language model, and a
        wasted draw costs seconds. Judge it where you would use it; Compare is made for that.</p>`,
    },
  ],
}

function heard(scene: Scene): unknown {
  if (scene.said === undefined && !scene.shown) return undefined
  const arm = scene.said ?? WAYS[0].value
  const difference = contestLessonOf(scene.page).difference(arm)
  if (difference === undefined) {
    const { progress, running } = comparerOf(scene.page)
    // While it runs there is no answer yet; one that failed is told by the part itself.
    return running || progress?.status !== 'failed' ? undefined : html`<p>It could not be computed.</p>`
  }
  const { mean, halfWidth, outcome } = difference
  const words =
    { wins: 'Yours teaches more', loses: 'Yours teaches less', close: 'Too close to tell' }[outcome] ?? 'Unknown'
  return html`<p><b>${words}</b>: ${signedText(mean)} ± ${rewardText(halfWidth)} reward on held-out tasks, seed by seed (95 %
    interval). Choose another way to spend it, or go on.</p>`
}
