/** Chapter 5: the rising rule: draw one at a time, stop at the first that reaches the bar. */
import { html } from 'lit'
import { plural, rewardText } from '../../words/format.ts'
import type { Beat, Chapter } from '../chapter.ts'
import { countDecided, rewardOf } from '../example.ts'
import type { Scene } from '../scene.ts'

export const RULE: Chapter = {
  name: 'rule',
  title: 'The rising rule',
  parts: ['path', 'inspector'],
  beats: [
    rises(
      () => 1,
      ({
        example: { rising },
        term,
      }) => html`<p>${term('RRO', 'Reward Rising Optimization')} draws ${term('candidate', 'candidates')} <b>one at a time</b>. Each gets its
        ${term('process reward')}, and that is held against the <b>${term('bar')}</b>: the process reward of the step before, here
        <b>${rewardText(rising.step.bar)}</b>.</p>
        <p>If it reaches the bar, the reward is <b>${term('rise', 'rising')}</b>: the step is decided, nothing more is drawn. If it falls short,
        another is drawn.</p>`,
    ),
    rises(
      ({ example }) => example.rising.chosen,
      ({
        example: { rising },
      }) => html`<p>${plural(rising.chosen - 1, 'candidate')} fell short of ${rewardText(rising.step.bar)}.
        Here is the next.</p>`,
    ),
    {
      set: (scene) => {
        scene.play(countDecided(scene.example.events, scene.example.rising.step.step))
        scene.openKnobs()
      },
      tell: ({ example: { rising, config }, term }) => html`<p>It rises, so the step stops here:
        ${plural(rising.step.candidates.length, 'candidate')} of at most ${term('K')} = ${config.candidates}. The
        ${config.candidates - rising.step.candidates.length} that were never drawn would have cost
        ${(config.candidates - rising.step.candidates.length) * config.rollouts} ${term('rollout', 'rollouts')} more.</p>
        <p>And the chosen candidate’s reward, ${rewardText(rewardOf(rising.step.candidates[rising.chosen - 1]))}, is the bar of the
        next step: along the path it can only be met or passed. That is the <b>rising path</b>.</p>`,
      ask: {
        words: () => 'Move the bar in the panel up, until even the chosen candidate falls short.',
        show: (scene) => {
          const { step, chosen } = scene.example.rising
          scene.openKnobs().setBar(scene.whole, step.step, rewardOf(step.candidates[chosen - 1]) + 0.01)
        },
        heard: (scene) => barAnswer(scene),
      },
    },
  ],
}

/** Guess whether a candidate of the rising step rises, then see. */
function rises(which: (scene: Scene) => number, tell: Beat['tell']): Beat {
  return {
    set: (scene) => scene.propose(target(scene, which(scene))),
    tell,
    ask: {
      words: () => 'Will this one rise?',
      choices: () => [
        { value: 'rises', words: 'It rises' },
        { value: 'falls', words: 'It falls short' },
      ],
      show: (scene) => scene.score(target(scene, which(scene))),
      heard: (scene) => {
        const at = target(scene, which(scene))
        if (!scene.isScored(at)) return undefined
        const scored = scene.candidate(at)?.scored
        const does = scored?.rises ? 'rises' : 'falls'
        const judged = scene.said === undefined ? '' : scene.said === does ? 'Right: ' : 'No: '
        const { bar } = scene.example.rising.step
        return html`<p>${judged}${rewardText(scored?.reward ?? 0)} ${does === 'rises' ? 'reaches' : 'does not reach'} the bar of
          ${rewardText(bar)}: it <b>${does === 'rises' ? 'rises' : 'falls short'}</b>.</p>`
      },
    },
  }
}

function target({ example }: Scene, candidate: number) {
  return { step: example.rising.step.step, candidate }
}

/** Undefined until the bar stands so high that the chosen candidate would not have stopped the step. */
function barAnswer(scene: Scene): unknown {
  const { rising, config } = scene.example
  const { bar, candidates } = scene.redecided(rising.step.step)
  if (bar === undefined || candidates[rising.chosen - 1]?.rises !== false) return undefined
  const reward = rewardText(rewardOf(rising.step.candidates[rising.chosen - 1]))
  const equal =
    config.riseRule === '>='
      ? html` (At exactly ${reward} it still <b>holds the bar</b>: equal is enough, for with few rollouts equal means are common, and a
          step that keeps the value is no worse than the one before.)`
      : ''
  return html`<p>With the bar at ${rewardText(bar)} it would have to draw on, up to ${config.candidates} candidates, and if none
    reaches it, keep the best.${equal}</p>
    <p>A bar too high costs draws; one too low takes whatever comes, and makes no ${scene.term('pair')}. RRO sets it where the last step stood.</p>`
}
