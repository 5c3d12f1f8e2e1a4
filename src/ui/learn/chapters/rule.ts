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
      }) => html`<p>Reward Rising Optimization draws candidates <b>one at a time</b>. Each gets its
        process reward, and that is held against the <b>bar</b>: the process reward of the step before, here
        <b>${rewardText(rising.step.bar)}</b>.</p>
        <p>If it reaches the bar, the reward is <b>rising</b>: the step is decided, nothing more is drawn. If it falls short,
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
      set: (scene) => scene.play(countDecided(scene.example.events, scene.example.rising.step.step)),
      tell: ({ example: { rising, config } }) => html`<p>It rises, so the step stops here:
        ${plural(rising.step.candidates.length, 'candidate')} of at most ${config.candidates}. The
        ${config.candidates - rising.step.candidates.length} that were never drawn would have cost
        ${(config.candidates - rising.step.candidates.length) * config.rollouts} rollouts more.</p>
        <p>And the chosen candidate’s reward, ${rewardText(rewardOf(rising.step.candidates[rising.chosen - 1]))}, is the bar of the
        next step: along the path it can only be met or passed. That is the <b>rising path</b>.</p>`,
      ask: {
        words: () => 'Where would the bar have to stand, so that the very first candidate had been enough?',
        choices: ({ example: { rising } }) =>
          bars(rising).map((bar) => ({ value: String(bar), words: `at ${rewardText(bar)}` })),
        show: () => undefined,
        heard: (scene) => (scene.said === undefined && !scene.shown ? undefined : barAnswer(scene)),
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

/** Places to put the bar: where the first candidate stands, between it and the chosen one, and there. */
function bars({ step, chosen }: Scene['example']['rising']): readonly number[] {
  const [first, last] = [rewardOf(step.candidates[0]), rewardOf(step.candidates[chosen - 1])]
  return [first, Math.round(((first + last) / 2) * 100) / 100, last]
}

function barAnswer({ example: { rising, config }, said }: Scene): unknown {
  const first = rewardOf(rising.step.candidates[0])
  const bar = Number(said ?? first)
  const equal = config.riseRule === '>='
  if (bar > first)
    return html`<p>At ${rewardText(bar)} the first one, ${rewardText(first)}, still falls short. The bar has to come down to it.</p>`
  return html`<p>Yes: ${rewardText(first)} against a bar of ${rewardText(first)}. ${
    equal
      ? html`Equal is enough here (the rule is ≥): it <b>holds the bar</b>. With few rollouts equal means are common, and a step that
        keeps the value is no worse than the one before.`
      : html`But this run asks for more than equal (the rule is &gt;), so the bar would have to stand below it.`
  } The lower the bar, the cheaper the step, and the less its choice says.</p>`
}
