/** Chapter 3: the value of a step is what the agent makes of it: rollouts, their mean, and how sure it is. */
import { html } from 'lit'
import { knobsOf } from '../../explore/knobs/knobs.ts'
import { estimateText, rewardText, termText } from '../../words/format.ts'
import type { Beat, Chapter } from '../chapter.ts'
import { countDecided, rewardOf } from '../example.ts'
import { ABOUT, nearWords } from '../guess.ts'
import type { Scene } from '../scene.ts'

export const PROCESS_REWARD: Chapter = {
  name: 'process-reward',
  title: 'A process reward by rollouts',
  parts: ['path', 'world', 'inspector'],
  beats: [
    estimated(
      () => 1,
      (
        scene,
      ) => html`<p>What is it worth to take this action here? Nobody knows, so let the ${scene.term('agent')} try: from the page it
        leads to, the agent finishes the ${scene.term('episode')} ${scene.example.config.rollouts} times. Each try is a <b>${scene.term('rollout')}</b>, and
        each ends with an
        ${scene.term('outcome reward')}.</p>
        <p>Their mean is the action’s <b>${scene.term('process reward')}</b>: r&nbsp;=&nbsp;(the sum of
        ${scene.term('m')} outcomes)&nbsp;/&nbsp;m.</p>`,
      'Before the rollouts start: what will their mean be?',
    ),
    estimated(
      ({ example }) => example.rising.chosen,
      () => html`<p>The same step, another action. Look at it in the shop, then judge it.</p>`,
      'What will the mean be now?',
    ),
    {
      parts: ['path', 'inspector'],
      set: (scene) => {
        const { step, chosen } = scene.example.rising
        scene.stand(countDecided(scene.example.events, step.step), { step: step.step, candidate: chosen })
        scene.openKnobs()
      },
      tell: (scene) => html`<p>m = ${scene.example.config.rollouts} rollouts are few. The ± behind a mean is its
        <b>${scene.term('standard error')}</b>: how far it may well be off.</p>
        <p>The panel “What if the rule were different” decides this step anew from what is already drawn.</p>`,
      ask: {
        words: ({ term }) => html`Turn m, rollouts a ${term('candidate')}: how good would this one have seemed?`,
        show: (scene) => scene.openKnobs().change({ rollouts: 1 }),
        heard: (scene) => otherRollouts(scene),
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

/** Of the chosen candidate, with the m that the visitor turned to; undefined while it is the run's own. */
function otherRollouts(scene: Scene): unknown {
  const { config, rising } = scene.example
  const m = knobsOf(scene.page).rules(config).rollouts
  const own = scene.candidate(target(scene, rising.chosen))?.scored
  if (m === config.rollouts || own === undefined) return undefined
  const { value } = scene.redecided(rising.step.step).candidates[rising.chosen - 1] ?? {}
  if (value === undefined)
    return html`<p>For m = ${m} more rollouts have to be drawn first: the panel has a button for it, and says how many. Or turn
      m down, which costs nothing.</p>`
  const sure =
    value.standardError === null
      ? 'one rollout says nothing about how sure it is'
      : estimateText(value.mean, value.standardError)
  return html`<p>With m = ${m}: r = <b>${rewardText(value.mean)}</b> (${sure}). With ${config.rollouts}:
    ${estimateText(own.reward, own.standardError)}. More rollouts are surer, and each costs as many calls of the agent as the
    rest of the episode is long. Try another m, or go on.</p>`
}
