/** Chapter 10: the theory with the numbers of the example in it: how often an estimate only seems to rise. */
import { html } from 'lit'
import { MOST_ROLLOUTS } from '../../compare/theory/rise-odds.ts'
import { theoryOf } from '../../compare/theory/theory-state.ts'
import type { Chapter } from '../chapter.ts'
import { countDecided } from '../example.ts'
import type { Scene } from '../scene.ts'

/** Of the rises that are accepted, the most that may be false. */
const BEARABLE = 0.1

export const THEORY: Chapter = {
  name: 'theory',
  title: 'The theory, to play with',
  parts: ['theory'],
  beats: [
    {
      set: (scene) => adopt(scene),
      tell: (scene) => html`<p>How good is a rise that five rollouts say? Here every next action of step
        ${scene.example.rising.step.step} is rolled out until its process reward is all but exact, which only a simulator can do.</p>
        <p>Look at the <b>tower property</b> first: the mean of what follows, weighted by the policy, is the value before. So at least
        one action is never below the bar, if the bar is exact.</p>`,
    },
    {
      tell: (
        scene,
      ) => html`<p>But estimates are not exact. With few rollouts an action that lies below the bar may seem to rise: a
        <b>false rise</b>, and a pair that teaches the wrong thing. ${now(scene)}</p>`,
      ask: {
        words: () => `Turn m in “The rule” until fewer than ${BEARABLE * 100} of 100 accepted rises are false.`,
        show: (scene) => {
          const state = theoryOf(scene.page)
          const enough = state.odds?.curve.find(({ falseRise }) => falseRise !== undefined && falseRise < BEARABLE)?.m
          state.change({ rollouts: enough ?? MOST_ROLLOUTS })
        },
        heard: (scene) => {
          const { odds, rule } = theoryOf(scene.page)
          if (odds === undefined) return undefined
          const { falseRise } = odds.estimated
          if (falseRise === undefined || falseRise >= BEARABLE)
            return scene.shown
              ? html`<p>With this bar not even m = ${rule.rollouts} is enough: ${percent(falseRise)} are false. The next action’s values lie
                  too near the bar; try a margin.</p>`
              : undefined
          return html`<p>With m = ${rule.rollouts}: ${percent(falseRise)} of accepted rises are false. More rollouts buy
            truer pairs, and fewer of them for the same calls. That is the bargain behind every number of this page.</p>`
        },
      },
    },
    {
      tell: () => html`<p>You can now say what RRO does: draw actions one at a time, score each by rollouts, stop at the first whose
        process reward reaches that of the step before; train on the pairs; and what it saves, and when it does not.</p>
        <p>Next: <a href="#">watch it in Explore</a> from any seed, act yourself in its place, or
        <a href="#compare">compare methods</a> at the same cost. The paper: <a href="https://arxiv.org/abs/2505.20737" rel="noreferrer">arXiv 2505.20737</a>.</p>`,
    },
  ],
}

function adopt(scene: Scene): void {
  const { step, chosen } = scene.example.rising
  scene.stand(countDecided(scene.example.events, step.step), { step: step.step, candidate: chosen })
  theoryOf(scene.page).adopt()
}

function now({ page }: Scene): unknown {
  const { odds, rule } = theoryOf(page)
  return odds === undefined
    ? ''
    : html`With m = ${rule.rollouts}, ${percent(odds.estimated.falseRise)} of accepted rises are false here.`
}

function percent(share: number | undefined): string {
  return share === undefined ? 'none' : `${(100 * share).toFixed(0)} %`
}
