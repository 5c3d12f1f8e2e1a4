/** Chapter 6: what the step teaches: a chosen and a rejected action. */
import { html } from 'lit'
import { plural, rewardText } from '../../words/format.ts'
import type { Chapter } from '../chapter.ts'
import { countDecided, rewardOf } from '../example.ts'
import type { Scene } from '../scene.ts'

export const PAIR: Chapter = {
  name: 'pair',
  title: 'What a pair is',
  parts: ['path', 'inspector'],
  beats: [
    {
      set: (scene) => {
        const { step, chosen } = scene.example.rising
        scene.stand(countDecided(scene.example.events, step.step), { step: step.step, candidate: chosen })
      },
      tell: ({
        example: { rising },
        term,
      }) => html`<p>The step is decided. Its ${term('candidate', 'candidates')} now teach: in <i>this</i> state, the one
        that rose is better than one that fell short. Such a judgement is a <b>${term('pair', 'preference pair')}</b>: the state, a
        <b>${term('chosen')}</b> and a <b>${term('rejected')}</b> action. This step makes ${plural(rising.step.pairs.length, 'pair')}.</p>`,
      ask: {
        words: () => 'Press a card on the path that is rejected in a pair.',
        show: (scene) =>
          scene.page.explorer.pick({ step: scene.example.rising.step.step, candidate: rejectedOf(scene) }),
        heard: (scene) => heardPick(scene),
      },
    },
    {
      tell: ({
        example: { config },
        term,
      }) => html`<p>Nobody had to label anything: the ${term('agent', 'agent’s')} own ${term('rollout', 'rollouts')} did. A trainer reads one
        line a pair, and “Export” writes them. Note what is compared: actions drawn in the same state, scored by the same
        agent, ${config.rollouts} rollouts each. A pair of two rollouts’ luck is a false lesson; the last chapter counts how often
        that happens.</p>`,
    },
  ],
}

function rejectedOf({ example: { rising } }: Scene): number {
  return rising.step.pairs[0]?.rejected ?? 1
}

function heardPick(scene: Scene): unknown {
  const { rising } = scene.example
  const { step, candidate } = scene.selection
  if (step === rising.step.step && candidate === rising.chosen) return undefined // as it stood
  const pair = rising.step.pairs.find(({ rejected }) => step === rising.step.step && rejected === candidate)
  const reward = (number: number) => rewardText(rewardOf(rising.step.candidates[number - 1]))
  if (pair === undefined)
    return html`<p>That one, in step ${step}, is in no pair of step ${rising.step.step}. The rejected ones stand beside the chosen
      one, and are marked “pair”.</p>`
  return html`<p>Yes. Chosen <code>${scene.action({ step, candidate: pair.chosen })}</code>, ${reward(pair.chosen)}, over
    <code>${scene.action({ step, candidate })}</code>, ${reward(candidate)}. The inspector shows it as it goes to the trainer.</p>`
}
