/** What language models are given: of the machine, and of the lab. */
import type { ChatOptions } from '../../policies/chat/chat-actor.ts'
import type { ChatModel } from '../../policies/chat/model.ts'
import type { EndpointPorts } from '../../policies/openai/ports.ts'
import type { GpuPort } from '../../policies/webllm/device.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import type { ModelState } from '../protocol/models.ts'
import type { ReadRun } from './asked-and-said.ts'
import type { OpenedHost } from './model-host.ts'

/** Of the machine. */
export interface MachinePorts {
  /** Hears from now on at which port the page makes doors (`worker/protocol/doors.ts`). */
  takeDoors?(desk: MessagePort): void
  /** @param origins that it may reach beside this site, as in `connect-src` */
  openHost(origins: readonly string[]): OpenedHost
  /** Undefined where pages have no graphics processor. */
  readonly gpu: GpuPort | undefined
  /** Bytes that the browser offers this site beside what it uses. */
  freeBytes(): Promise<number | undefined>
  readonly endpoint: EndpointPorts
}

export interface ModelPorts extends MachinePorts {
  readonly loader: DataLoader
  /** The open run; undefined where none is. */
  run(): ReadRun | undefined
  emit(state: ModelState): void
  /** A model came or went: worlds that were made, or could not be made, are to be made again. */
  changed(): void
}

/** What a world with a language model in it is made from. */
export interface ModelAgent {
  readonly model: ChatModel
  readonly options: ChatOptions
}

/** The end of a sentence on a model that is not at hand. */
export const WHERE = 'Open “Language model” in the settings.'
