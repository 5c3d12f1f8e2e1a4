/** Chapter 11: the theory with the numbers of the example in it: how often an estimate only seems to rise. */
import { html } from 'lit'
import { MOST_ROLLOUTS, type Odds } from '../../compare/theory/rise-odds.ts'
import { theoryOf } from '../../compare/theory/theory-state.ts'
import { PAPER } from '../../words/glossary.ts'
import type { Chapter } from '../chapter.ts'
import { countDecided } from '../example.ts'
import type { Scene } from '../scene.ts'

/** Of the false rises of one rollout, the share that may be left. */
const LEFT = 1 / 4

export const THEORY: Chapter = {
  name: 'theory',
  title: 'The theory, to play with',
  parts: ['theory'],
  beats: [
    {
      view: '[aria-label="Tower property"]',
      set: (scene) => adopt(scene),
      tell: (
        scene,
      ) => html`<p>How good is a ${scene.term('rise')} that five ${scene.term('rollout', 'rollouts')} say? Here every next action of step
        ${scene.example.rising.step.step} is rolled out until its ${scene.term('process reward')} is all but
        ${scene.term('exact value', 'exact')}, which only a simulator can do.</p>
        <p>Look at the <b>tower property</b> first: the mean of what follows, weighted by the ${scene.term('policy')}, is the value before. So at least
        one action is never below the ${scene.term('bar')}, if the bar is exact.</p>`,
    },
    {
      view: '[aria-label="The rule"]',
      set: (scene) => {
        adopt(scene)
        theoryOf(scene.page).change({ rollouts: 1 })
      },
      tell: (
        scene,
      ) => html`<p>But estimates are not exact. With few rollouts an action that lies below the bar may seem to rise: a
        <b>${scene.term('false rise')}</b>, and a ${scene.term('pair')} that teaches the wrong thing. ${falseWords(scene, 1)}</p>`,
      ask: {
        words: ({ term }) => html`Turn ${term('m')} in “The rule” until at most a quarter as many are false.`,
        show: (scene) => {
          const { odds } = theoryOf(scene.page)
          const enough = odds?.curve.find(({ m }) => m > 1 && isEnough(odds, m))?.m
          theoryOf(scene.page).change({ rollouts: enough ?? MOST_ROLLOUTS })
        },
        heard: (scene) => {
          const { odds, rule } = theoryOf(scene.page)
          if (odds === undefined || rule.rollouts === 1) return undefined
          if (!isEnough(odds, rule.rollouts))
            return scene.shown || rule.rollouts === MOST_ROLLOUTS
              ? html`<p>${falseWords(scene, rule.rollouts)} With this bar more rollouts do not help enough: values lie too near to
                  it. A margin would.</p>`
              : undefined
          return html`<p>${falseWords(scene, rule.rollouts)} More rollouts buy truer pairs, and fewer of them for the same calls: that
            is the bargain behind every number of this page.</p>`
        },
      },
    },
    {
      tell: ({
        page,
      }) => html`<p>You can now say what RRO does: draw actions one at a time, score each by rollouts, stop at the first whose
        process reward reaches that of the step before; train on the pairs; and what it saves, and when it does not.</p>
        <p>Next: <a href=${page.address.hrefOf('explore')}>watch it in Explore</a> from any seed, act yourself in its place, or
        <a href=${page.address.hrefOf('compare')}>compare methods</a> at the same cost. The paper: <a href=${PAPER.address} target="_blank" rel="noreferrer">arXiv 2505.20737</a>.</p>`,
    },
  ],
}

function adopt(scene: Scene): void {
  const { step, chosen } = scene.example.rising
  scene.stand(countDecided(scene.example.events, step.step), { step: step.step, candidate: chosen })
  theoryOf(scene.page).adopt()
}

function isEnough({ curve }: Odds, m: number): boolean {
  return falseAt(curve, m) <= LEFT * falseAt(curve, 1)
}

/** Of the accepted rises; 0 where none is accepted. */
function falseAt(curve: Odds['curve'], m: number): number {
  return curve[m - 1]?.falseRise ?? 0
}

function falseWords({ page }: Scene, m: number): string {
  const { odds } = theoryOf(page)
  if (odds === undefined) return ''
  return `With m = ${m}, ${(100 * falseAt(odds.curve, m)).toFixed(1)} % of the rises that are accepted here are false.`
}
