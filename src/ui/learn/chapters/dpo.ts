/** Chapter 7: DPO moves the policy: the chosen action becomes likelier, the rejected one less so. */
import { html } from 'lit'
import { actionWords } from '../../words/action-words.ts'
import { plural } from '../../words/format.ts'
import type { Chapter } from '../chapter.ts'
import type { Scene } from '../scene.ts'
import { type Shift, trainingLessonOf } from '../training-lesson.ts'

export const DPO: Chapter = {
  name: 'dpo',
  title: 'DPO moves the policy',
  parts: ['training'],
  beats: [
    {
      set: (scene) => void trainingLessonOf(scene.page).look(scene.example),
      tell: (
        scene,
      ) => html`<p>The ${scene.term('agent')} is a <b>${scene.term('policy')}</b>: in each state it gives every action a probability. Here it stands in the
        state where step ${scene.example.rising.step.step} began.</p>
        <p><b>${scene.term('DPO', 'Direct Preference Optimization')}</b> turns a ${scene.term('pair')} into a push: raise
        <span class="whole">log π(${scene.term('chosen')})</span> − <span class="whole">log π(${scene.term('rejected')})</span>, measured
        from the ${scene.term('reference policy')}: the policy as it began. No reward model, no simulator: only the pairs.
        The example’s run has made ${plural(pairsIn(scene), 'pair')} in all its tasks.</p>`,
      ask: {
        words: () => 'Train on all of them. Which action of this state will gain?',
        choices: () => [
          { value: 'chosen', words: 'the chosen one' },
          { value: 'rejected', words: 'a rejected one' },
          { value: 'other', words: 'one that is in no pair' },
        ],
        show: (scene) => void trainingLessonOf(scene.page).train(scene.example),
        heard: (scene) => heard(scene),
      },
    },
    {
      set: (scene) => void trainingLessonOf(scene.page).look(scene.example),
      tell: () => html`<p>Nothing was written into a table for this one state. The policy has a few dozen weights on what it sees
        (a product that shares words with the request, an option not yet chosen, …), and DPO moved those: what it learnt here
        counts in every task. That is why few pairs can teach much, and why bad pairs do harm everywhere.</p>`,
    },
  ],
}

function pairsIn({ page }: Scene): number {
  return page.explorer.progress?.info.pairs ?? 0
}

function heard(scene: Scene): unknown {
  const lesson = trainingLessonOf(scene.page)
  if (lesson.failure !== undefined) return html`<p>${lesson.failure}</p>`
  if (!lesson.done || (scene.said === undefined && !scene.shown)) return undefined
  const gains = lesson.shifts.toSorted((a, b) => gain(b) - gain(a))
  const [most, least] = [gains[0], gains.at(-1)]
  if (most === undefined || least === undefined) return undefined
  const role = roleOf(scene, most.action)
  const judged = scene.said === undefined ? '' : scene.said === role ? 'Right. ' : 'Not so. '
  const words = {
    chosen: 'the chosen one',
    rejected: 'one that was rejected here',
    other: 'one that is in no pair here',
  }[role]
  return html`<p>${judged}Most is gained by ${words}, <code>${actionWords(most.action)}</code>, from ${share(most.before)} to
    ${share(most.after ?? 0)}. Most is lost by <code>${actionWords(least.action)}</code>: ${share(least.before)} to
    ${share(least.after ?? 0)}.</p>
    ${leadWords(scene, lesson.shifts)}`
}

/** What DPO raises for a pair: how much likelier the chosen action is than the rejected one. */
function leadWords({ example: { rising } }: Scene, shifts: readonly Shift[]): unknown {
  const of = (number: number | undefined) =>
    shifts.find(({ action }) => action === rising.step.candidates[(number ?? 0) - 1]?.proposed.action)
  const [chosen, rejected] = [of(rising.step.pairs[0]?.chosen), of(rising.step.pairs[0]?.rejected)]
  if (chosen?.after === undefined || rejected?.after === undefined || rejected.before * rejected.after === 0) return ''
  const [before, after] = [chosen.before / rejected.before, chosen.after / rejected.after]
  return html`<p>What DPO looks at is the lead of chosen over rejected: it went from ${before.toFixed(2)} to 1 to
    <b>${after.toFixed(2)} to 1</b>.${chosen.after < chosen.before ? ' (The chosen action alone may well become rarer: nothing but the lead is asked for.)' : ''}</p>`
}

function roleOf({ example: { rising } }: Scene, action: string): 'chosen' | 'rejected' | 'other' {
  const actionAt = (number: number) => rising.step.candidates[number - 1]?.proposed.action
  if (rising.step.pairs.some(({ chosen }) => actionAt(chosen) === action)) return 'chosen'
  return rising.step.pairs.some(({ rejected }) => actionAt(rejected) === action) ? 'rejected' : 'other'
}

function gain({ before, after }: Shift): number {
  return (after ?? before) - before
}

function share(probability: number): string {
  return `${Math.round(100 * probability)} %`
}
