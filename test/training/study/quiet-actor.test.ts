import { expect, test } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import { quietActor } from '../../../src/training/study/quiet-actor.ts'
import { smallWorld } from './small-study.ts'

const { actor, tasks } = await smallWorld()

test('acts as the policy does, without a word, however small the memory of its trees', () => {
  for (const memory of [0, 40, 1_000_000]) {
    const quiet = quietActor(actor, memory)
    for (const round of [1, 2]) {
      for (const task of tasks('train')) {
        const [own, silent] = [actor.begin(task), quiet.begin(task)]
        const random = (name: string) => stream(round).child(name, task.id)
        const { action } = actor.propose(own, 0.8, random('propose'))
        expect(quiet.propose(silent, 0.8, random('propose'))).toEqual({ text: '', action })
        const [next, after] = [actor.execute(own, { text: '', action }), quiet.execute(silent, { text: '', action })]
        expect(quiet.rollouts(after, 9, 0.8, [random('rollout')])).toEqual(
          actor.rollouts(next, 9, 0.8, [random('rollout')]),
        )
        expect(quiet.observe(silent)).toBe('')
        expect(quiet.decision(after, quiet.actions(after)[0] ?? '')).toEqual(
          actor.decision(next, actor.actions(next)[0] ?? ''),
        )
        expect(quiet.begin(task)).toBe(silent)
      }
    }
  }
})
