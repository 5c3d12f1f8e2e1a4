/**
 * Plays the worked examples of the chat agent again in the shipped environments and writes what was seen. Thoughts and
 * actions are by hand, in the same files. Run it again whenever the shipped data changes:
 *
 *   npx tsx src/scripts/make/chat-examples.ts
 */
import { readFile, writeFile } from 'node:fs/promises'
import { unwrap } from '../../core/failure.ts'
import { DEFAULT_CONFIG, ENVIRONMENT_NAMES } from '../../core/settings/settings.ts'
import { loadShippedWorld } from '../../node/node-lab.ts'
import type { WorkedExample } from '../../policies/chat/style.ts'

for (const environment of ENVIRONMENT_NAMES) {
  const path = new URL(`../../policies/chat/example-${environment}.json`, import.meta.url)
  const example = JSON.parse(await readFile(path, 'utf8')) as WorkedExample // our own file
  const world = unwrap(await loadShippedWorld({ ...DEFAULT_CONFIG, environment }))
  const actions: string[] = []
  const steps = example.steps.map(({ thought, action }) => {
    const { observation } = unwrap(world.see(example.task, actions))
    actions.push(action)
    return { observation, thought, action }
  })
  await writeFile(path, `${JSON.stringify({ task: example.task, steps }, undefined, 2)}\n`)
  console.log(`${environment}: ${example.task}, ${steps.length} steps`)
}
