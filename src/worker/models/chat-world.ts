/** A world whose agent is a language model. */
import { type ChatOptions, createChatActor } from '../../policies/chat/chat-actor.ts'
import type { ChatModel } from '../../policies/chat/model.ts'
import { joined, type OpenScene, type World } from '../worlds/world.ts'

export function chatWorld(scene: OpenScene, model: ChatModel, options: ChatOptions = {}): World {
  const actor = createChatActor(scene.environment, model, options)
  const { systemPrompt, conversation } = actor
  const world = joined(scene, scene.environment, actor, actor)
  return { ...world, made: { ...world.made, systemPrompt, conversation } }
}
