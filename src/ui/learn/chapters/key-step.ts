/** Chapter 2: one step can ruin an episode that is right before and after it. */
import { html } from 'lit'
import { rewardText } from '../../words/format.ts'
import type { Chapter } from '../chapter.ts'
import { rewardOf } from '../example.ts'
import type { Scene } from '../scene.ts'

export const KEY_STEP: Chapter = {
  name: 'key-step',
  title: 'One step can ruin it',
  parts: ['world'],
  beats: [
    {
      unsaid: true,
      set: (scene) => before(scene),
      tell: (
        scene,
      ) => html`<p>The same ${scene.term('task')}, where ${scene.example.key.step.step - 1} actions have been right. The
        ${scene.term('agent')}
        stands here, and two of the things it has tried from here are these.</p>`,
      ask: {
        words: () => 'What would you press now?',
        choices: (scene) =>
          [scene.example.key.mistake, scene.example.key.chosen].map((candidate) => ({
            value: String(candidate),
            words: html`<code>${scene.action(at(scene, candidate))}</code>`,
          })),
        show: (scene) => scene.look(at(scene, Number(scene.said ?? scene.example.key.mistake))),
        heard: (scene) => (scene.said === undefined && !scene.shown ? undefined : consequence(scene)),
      },
    },
    {
      set: (scene) => scene.look(at(scene, scene.example.key.mistake)),
      tell: (
        scene,
      ) => html`<p>All actions before were the same, and yet ${lost(scene)} of the reward hangs on this one. A
        step like it is a <b>key step</b>.</p>
        <p>If we train on the ${scene.term('outcome reward', 'outcome')} alone, every action of the failed episode is blamed, the good ones too. To blame the
        right one we need a value for <i>being here</i>, before the episode has ended.</p>`,
    },
  ],
}

function at({ example }: Scene, candidate: number) {
  return { step: example.key.step.step, candidate }
}

function before(scene: Scene): void {
  const step = scene.example.key.step.step - 1
  scene.look({ step, candidate: scene.whole.steps[step - 1]?.decided?.continued ?? 0 })
}

function lost({ example: { key } }: Scene): string {
  const [mistake, chosen] = [key.mistake, key.chosen].map((candidate) => rewardOf(key.step.candidates[candidate - 1]))
  return rewardText((chosen ?? 0) - (mistake ?? 0))
}

function consequence(scene: Scene): unknown {
  const { key } = scene.example
  const [mistake, chosen] = [key.mistake, key.chosen].map((candidate) => key.step.candidates[candidate - 1])
  const action = (candidate: number) => html`<code>${scene.action(at(scene, candidate))}</code>`
  const ended = html`${action(key.mistake)} ends the ${scene.term('episode')} at once, with reward <b>${rewardText(rewardOf(mistake))}</b>`
  const went = html`After ${action(key.chosen)} the agent went on to buy and earned <b>${rewardText(rewardOf(chosen))}</b> on
    average in ${chosen?.rollouts.length ?? 0} attempts`
  return scene.said === String(key.chosen)
    ? html`<p>Well chosen. ${went}. ${ended}.</p>`
    : html`<p>${ended}: too early. ${went}.</p>`
}
