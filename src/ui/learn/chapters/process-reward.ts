/** Chapter 3: the value of a step is what the agent makes of it: rollouts, their mean, and how sure it is. */
import { html } from 'lit'
import { processReward } from '../../../core/exploration/process-reward.ts'
import { estimateText, rewardText, termText } from '../../words/format.ts'
import type { Beat, Chapter } from '../chapter.ts'
import { rewardOf } from '../example.ts'
import { ABOUT, nearWords } from '../guess.ts'
import type { Scene } from '../scene.ts'

export const PROCESS_REWARD: Chapter = {
  name: 'process-reward',
  title: 'A process reward by rollouts',
  parts: ['path', 'world', 'inspector'],
  beats: [
    estimated(
      () => 1,
      (scene) => html`<p>What is it worth to take this action here? Nobody knows, so let the agent try: from the page it
        leads to, the agent finishes the episode ${scene.example.config.rollouts} times. Each try is a <b>rollout</b>, and
        each ends with an outcome reward.</p>
        <p>Their mean is the action’s <b>process reward</b>: r = (the sum of m outcomes) / m.</p>`,
      'Before the rollouts start: what will their mean be?',
    ),
    estimated(
      ({ example }) => example.rising.chosen,
      () => html`<p>The same step, another action. Look at it in the shop, then judge it.</p>`,
      'What will the mean be now?',
    ),
    {
      set: (scene) => scene.score(target(scene, scene.example.rising.chosen)),
      tell: (scene) => html`<p>m = ${scene.example.config.rollouts} rollouts are few. The ± behind a mean is its
        <b>standard error</b>: how far it may well be off. Here are the outcomes of the candidate that you see:
        ${outcomes(scene).map(termText).join(', ')}.</p>`,
      ask: {
        words: () => 'What would we have believed after fewer rollouts? Choose m.',
        choices: (scene) => outcomes(scene).map((_, i) => ({ value: String(i + 1), words: `m = ${i + 1}` })),
        show: () => undefined,
        heard: (scene) => {
          if (scene.said === undefined && !scene.shown) return undefined
          const m = Number(scene.said ?? 1)
          const { mean, standardError } = processReward(outcomes(scene).slice(0, m))
          const all = processReward(outcomes(scene))
          const sure =
            standardError === null
              ? 'one rollout says nothing about how sure it is'
              : `${estimateText(mean, standardError)}`
          return html`<p>With m = ${m}: r = <b>${rewardText(mean)}</b> (${sure}). With all ${outcomes(scene).length}:
            ${estimateText(all.mean, all.standardError)}. More rollouts are surer, and each costs as many calls of the agent as
            the rest of the episode is long. Try another m, or go on.</p>`
        },
      },
    },
  ],
}

/** Guess, then see the rollouts of a candidate of the rising step. */
function estimated(which: (scene: Scene) => number, tell: Beat['tell'], words: string): Beat {
  return {
    set: (scene) => scene.propose(target(scene, which(scene))),
    tell,
    ask: {
      words: () => words,
      choices: () => ABOUT,
      show: (scene) => scene.score(target(scene, which(scene))),
      heard: (scene) => {
        const at = target(scene, which(scene))
        if (!scene.isScored(at)) return undefined
        const candidate = scene.candidate(at)
        const sum = candidate?.rollouts.map(({ reward }) => termText(reward)).join(' + ')
        return html`<p>${nearWords(scene.said, rewardOf(candidate))} (${sum}) / ${candidate?.rollouts.length ?? 0}.</p>`
      },
    },
  }
}

function target({ example }: Scene, candidate: number) {
  return { step: example.rising.step.step, candidate }
}

function outcomes(scene: Scene): readonly number[] {
  return scene.candidate(target(scene, scene.example.rising.chosen))?.rollouts.map(({ reward }) => reward) ?? []
}
