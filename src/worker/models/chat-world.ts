/** A world whose agent is a language model. */
import { type ChatOptions, createChatActor } from '../../policies/chat/chat-actor.ts'
import type { ChatModel } from '../../policies/chat/model.ts'
import type { OpenEnvironment } from '../worlds/loaded-environment.ts'
import { joined, type World } from '../worlds/world.ts'

export function chatWorld(loaded: OpenEnvironment, model: ChatModel, options: ChatOptions = {}): World {
  const actor = createChatActor(loaded.environment, model, options)
  const { systemPrompt, conversation } = actor
  const world = joined(loaded, loaded.environment, actor, actor)
  return { ...world, made: { ...world.made, systemPrompt, conversation } }
}
