/** A world whose agent is a language model. */
import { type ChatOptions, createChatActor } from '../../policies/chat/chat-actor.ts'
import type { ChatModel } from '../../policies/chat/model.ts'
import type { OpenEnvironment } from '../worlds/loaded-environment.ts'
import { joined, type World } from '../worlds/world.ts'

export function chatWorld(loaded: OpenEnvironment, model: ChatModel, options: ChatOptions = {}): World {
  return joined(loaded, loaded.environment, createChatActor(loaded.environment, model, options))
}
