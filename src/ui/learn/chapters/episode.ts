/** Chapter 1: what an agent does, and that it is paid once, at the end. */
import { html } from 'lit'
import { plural, rewardText } from '../../words/format.ts'
import type { Chapter } from '../chapter.ts'
import type { Scene } from '../scene.ts'

export const EPISODE: Chapter = {
  name: 'episode',
  title: 'An agent’s episode',
  parts: ['world'],
  beats: [
    {
      set: (scene) => scene.look({ step: 0, candidate: 0 }),
      tell: ({ whole, term }) => html`<p>Somebody wants: <q>${whole.instruction}</q></p>
        <p>An <b>${term('agent')}</b> shops for them. It reads the page that stands here and answers with one action: a search, or
        something to click. The shop answers with the next page. That is all it can do, ${plural(whole.steps.length, 'time')} in
        this <b>${term('episode')}</b>.</p>`,
      ask: {
        words: () => 'Walk with the agent until it has bought.',
        choices: (scene) =>
          atEnd(scene) ? [] : [{ value: String(scene.selection.step + 1), words: html`Next action: ${onward(scene)}` }],
        show: (scene) => walk(scene, scene.said === undefined ? scene.whole.steps.length : Number(scene.said)),
        heard: (scene) =>
          atEnd(scene) &&
          html`<p>Bought. Only now comes the <b>${scene.term('outcome reward')}</b>, between 0 and 1: how well what was bought fits what
          was wanted. Here it is <b>${rewardText(outcome(scene))}</b>.</p>`,
      },
    },
    {
      set: (scene) => walk(scene, scene.whole.steps.length),
      tell: ({ whole }) => html`<p>One number for ${plural(whole.steps.length, 'action')}. To make the agent better, we
        want to know which of them earned it.</p>`,
      ask: {
        words: () => 'Which of them decided it, do you think?',
        choices: (scene) =>
          scene.whole.steps.map(({ step, decided }) => ({
            value: String(step),
            words: html`<code>${scene.action({ step, candidate: decided?.continued ?? 1 })}</code>`,
          })),
        show: (scene) => walk(scene, scene.said === undefined ? scene.whole.steps.length : Number(scene.said)),
        heard: (scene) =>
          (scene.said ?? (scene.shown || undefined)) &&
          html`<p>${scene.said === undefined ? 'Nobody can tell from here' : html`Perhaps step ${scene.said}. The reward cannot tell`}: it
          says ${rewardText(outcome(scene))} for all of them together. An agent may do almost everything right and fail by
          one press. The next chapter shows one.</p>`,
      },
    },
  ],
}

function walk(scene: Scene, step: number): void {
  const candidate = scene.whole.steps[step - 1]?.decided?.continued ?? 1
  scene.look({ step, candidate })
}

function atEnd(scene: Scene): boolean | undefined {
  return scene.selection.step >= scene.whole.steps.length || undefined
}

function onward(scene: Scene): unknown {
  const step = scene.selection.step + 1
  return html`<code>${scene.action({ step, candidate: scene.whole.steps[step - 1]?.decided?.continued ?? 1 })}</code>`
}

function outcome({ whole }: Scene): number {
  return whole.finished?.reward ?? 0
}
