/** A world in which the visitor acts and the embedded policy scores. Made anew for each run: its visitor is that run's. */
import { withVisitor } from '../../policies/visitor.ts'
import type { World } from './world.ts'

export function humanWorld(world: World): World {
  const { made } = world
  const agent = { ...made.agent, name: `You, scored by: ${made.agent.name}` }
  return { ...world, made: { ...made, agent }, ...withVisitor(world.actor) }
}
