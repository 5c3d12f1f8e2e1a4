/** Language models: in the page (WebGPU), the browser's own, and behind an endpoint. */
import type { Failure, Result } from '../../core/failure.ts'
import type { SystemPlace } from '../../core/log/conversation.ts'
import type { TokenCost } from '../../core/log/token-cost.ts'
import type { BrowserDesk, DeskAnswer, DeskError, PromptAnswer, PromptCall } from '../../policies/browser-model/desk.ts'
import type { SessionCounts } from '../../policies/browser-model/sessions.ts'
import type { RawPrompt } from '../../policies/chat/raw-prompts.ts'
import type { EndpointStats } from '../../policies/openai/endpoint.ts'
import type { ListedModel } from '../../policies/openai/listing.ts'
import type { Presence } from '../../policies/webllm/engine-host.ts'
import type { LoadProgress } from '../../policies/webllm/load-progress.ts'
import type { ModelChoice } from '../../policies/webllm/model-list.ts'

export type {
  BrowserDesk,
  DeskAnswer,
  DeskError,
  EndpointStats,
  ListedModel,
  LoadProgress,
  PromptAnswer,
  PromptCall,
  RawPrompt,
  TokenCost,
}

export interface DeviceReport {
  /** As the browser calls the graphics processor; undefined where there is none for pages. */
  readonly name: string | undefined
  /** Computed on the processor: right, and far too slow. */
  readonly software: boolean
  /** Whether it computes in 16-bit numbers. */
  readonly f16: boolean
  /** Disk that the browser offers this site, beside what it uses; undefined where it does not tell. */
  readonly freeBytes: number | undefined
  /** Why no model at all runs here. */
  readonly trouble: Failure | undefined
}

/** A model of the list, and what this machine says to it. */
export interface PageModel extends ModelChoice {
  /** On this disk. */
  readonly presence: Presence
  /** Why it does not run here; found out before anything is downloaded. */
  readonly trouble: Failure | undefined
  /** Why it may not fit on the disk. */
  readonly roomTrouble: Failure | undefined
}

export const LOAD_STATUSES = ['none', 'loading', 'ready', 'failed'] as const

export interface PageModelState {
  readonly status: (typeof LOAD_STATUSES)[number]
  /** That is loaded, being loaded, or was when it failed. */
  readonly id: string | undefined
  /** Whether its replies are kept to the form of an action. */
  readonly constrained: boolean
  readonly progress: LoadProgress | undefined
  readonly failure: Failure | undefined
}

/** Of the browser's own model, as the page has loaded it. */
export interface BrowserModelFacts {
  /** Name and version, as it calls itself. */
  readonly browser: string
  /** What a conversation may take up, in the browser's units (tokens as a rule); may be infinite. */
  readonly contextTokens: number
  /** Whether its replies are kept to the form of an action. */
  readonly constrained: boolean
}

/** With what its sessions cost and saved since then. */
export type BrowserModelState = BrowserModelFacts & Readonly<SessionCounts>

/** Without its key: that stays in the worker. */
export interface EndpointState {
  readonly address: string
  readonly model: string
  readonly contextTokens: number
  readonly stats: EndpointStats
  /** What the server was found to do otherwise than it was asked, in sentences. */
  readonly notices?: readonly string[]
}

export interface ModelState {
  /** Of two reports the one with the larger number is the newer. */
  readonly revision: number
  readonly page: PageModelState
  /** Undefined where it is not loaded. */
  readonly browser: BrowserModelState | undefined
  readonly endpoint: EndpointState | undefined
}

export interface ModelUpdate {
  readonly type: 'model'
  readonly state: ModelState
}

/** As a form gives it. */
export interface EndpointForm {
  readonly address: string
  readonly key: string
}

export interface EndpointRequest extends EndpointForm {
  readonly model: string
  /** Requests at once, 1 to 512. A browser sends at most six at once to a host by HTTP/1.1. */
  readonly concurrency: number
  /** Tokens that a prompt and its reply may have together, from 512. */
  readonly contextTokens: number
  /** Tokens that one reply may have, from 16. */
  readonly maxTokens: number
  /** Where the instructions stand; undefined for by the model's name. */
  readonly system?: SystemPlace
  /** Whether the model's chat template is told to leave thinking aloud out. */
  readonly noThinking?: boolean
  /** Undefined for no limit. */
  readonly mostRequests: number | undefined
  readonly mostTokens: number | undefined
}

/** Called through `LabApi.model`, by name: the first load knows of none of them. */
export interface ModelCalls {
  modelState(): Promise<Result<ModelState>>
  /** @param desk crosses over; the page makes the doors that are asked for there (`worker/protocol/doors.ts`) */
  takeDoors(desk: MessagePort): Promise<Result<true>>
  /** Whether there is a graphics processor for pages. Fetches nothing. */
  checkDevice(): Promise<Result<DeviceReport>>
  /** Fetches the library from this site; asks no other host. */
  models(): Promise<Result<readonly PageModel[]>>
  /** Puts a model that somebody hosts on the list, until the page is left. @returns its id */
  addModel(form: unknown): Promise<Result<string>>
  /**
   * Downloads what is missing and makes the model ready; resolves then. A model loaded before is given up.
   * @param constrained whether every reply is kept to the form of an action
   */
  loadModel(id: string, constrained: boolean): Promise<Result<true>>
  /** Cancels loading, or gives the loaded model's memory back. What has been downloaded stays on the disk. */
  unloadModel(): Promise<Result<true>>
  /** Off the disk. */
  deleteModel(id: string): Promise<Result<true>>

  /** @param desk crosses over; the page answers there with the browser's own model, which it has loaded */
  takeBrowserModel(desk: MessagePort, facts: BrowserModelFacts): Promise<Result<true>>
  leaveBrowserModel(): Promise<Result<true>>

  listEndpointModels(form: EndpointForm): Promise<Result<readonly ListedModel[]>>
  /** Nothing is sent before a run asks. */
  connectEndpoint(request: EndpointRequest): Promise<Result<EndpointState>>
  disconnectEndpoint(): Promise<Result<true>>

  /** What a candidate of the open run was asked and said, first its proposal, then the calls of its rollouts. */
  rawPrompts(task: number, step: number, candidate: number): Promise<Result<readonly RawPrompt[]>>
  /** What the calls of the open run cost so far. */
  tokens(): Promise<Result<TokenCost>>
}
