import { expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import { DEFAULT_CONFIG, ENVIRONMENT_NAMES } from '../../../src/core/settings/settings.ts'
import { loadShippedWorld } from '../../../src/node/node-lab.ts'
import { exampleMessages } from '../../../src/policies/chat/style.ts'
import { STYLES } from '../../../src/policies/chat/styles.ts'

test.each(ENVIRONMENT_NAMES)('the worked example of %s is a real episode with the full reward', async (environment) => {
  const { example, read } = STYLES[environment]
  const world = unwrap(await loadShippedWorld({ ...DEFAULT_CONFIG, environment }))
  const task = world.tasks('train').find(({ id }) => id === example.task)
  expect(task).toBeDefined()
  let prefix = world.actor.begin(task as NonNullable<typeof task>)
  for (const { observation, thought, action } of example.steps) {
    expect(world.actor.outcome(prefix)).toBeUndefined()
    expect(observation).toBe(world.actor.observe(prefix))
    expect(thought.length).toBeGreaterThan(20)
    prefix = world.actor.execute(prefix, { text: '', action })
  }
  expect(world.actor.outcome(prefix)).toEqual({ reward: 1 })
  const replies = exampleMessages(example).filter(({ role }) => role === 'assistant')
  for (const reading of ['tolerant', 'as-ipr'] as const) {
    const actions = replies.map(({ content }) => read[reading](content).replace(/^```sql\n|\n```$/g, ''))
    expect(actions).toEqual(example.steps.map(({ action }) => action))
  }
})
