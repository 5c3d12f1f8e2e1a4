/** Chapter 8: what the training did to the agent, on tasks that nobody has explored, told with its uncertainty. */
import { html, nothing } from 'lit'
import type { TrainedAgent } from '../../../worker/protocol/lab-api.ts'
import { countText, rewardText, signedText } from '../../words/format.ts'
import type { Chapter } from '../chapter.ts'
import type { Scene } from '../scene.ts'
import { trainingLessonOf } from '../training-lesson.ts'

export const AGENT: Chapter = {
  name: 'agent',
  title: 'What it does to the agent',
  parts: ['training'],
  beats: [
    {
      set: (scene) => void trainingLessonOf(scene.page).train(scene.example),
      tell: (
        scene,
      ) => html`<p>Likelier actions in one state are not the point: does the ${scene.term('agent')} <i>earn</i> more? It is judged on
        held-out tasks, which no run has explored, before and after, with the same random numbers for both.</p>
        ${trainingLessonOf(scene.page).done ? html`<p>The training is done, here, on your computer.</p>` : html`<p role="status">Training and judging, here, on your computer…</p>`}`,
      ask: {
        words: ({ term }) =>
          html`The ${term('pair', 'pairs')} of ten tasks: how much will they change its mean reward?`,
        choices: () => [
          { value: 'better', words: 'clearly better' },
          { value: 'open', words: 'too little to tell' },
          { value: 'worse', words: 'clearly worse' },
        ],
        show: () => undefined,
        heard: (scene) => {
          const { result } = trainingLessonOf(scene.page).training
          if (result === undefined || (scene.said === undefined && !scene.shown)) return undefined
          return answer(scene, result)
        },
      },
    },
    {
      tell: ({
        term,
      }) => html`<p>The trained agent is kept: “Agents” in Explore has it, under “Trained in Learn”. A run with it explores
        again, with a better ${term('policy')}; its pairs teach the next. Explore, optimise, explore: those are the rounds of the
        paper.</p>`,
    },
  ],
}

function answer({ said }: Scene, { compared, after }: TrainedAgent): unknown {
  if (compared === undefined) return nothing
  const { before, gain } = compared
  const half = gain.sampled.halfWidth ?? Number.POSITIVE_INFINITY
  const came = gain.sampled.mean - half > 0 ? 'better' : gain.sampled.mean + half < 0 ? 'worse' : 'open'
  const judged = said === undefined ? '' : said === came ? 'Right. ' : 'Not so. '
  const words = { better: 'clearly better', open: 'too close to tell', worse: 'clearly worse' }[came]
  return html`<p>${judged}On ${countText(before.tasks)} held-out tasks its mean reward went from
    <b>${rewardText(before.sampled.mean)}</b> to <b>${rewardText(after.sampled.mean)}</b>: ${signedText(gain.sampled.mean)} ±
    ${rewardText(half)} (95 % interval), ${words}. One training on ten tasks is an anecdote, whichever way it went: the next
    chapter asks the question properly.</p>`
}
