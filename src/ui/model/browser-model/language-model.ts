/** The part of the Prompt API (https://webmachinelearning.github.io/prompt-api) that is used here, by its shape: few browsers have it. */
import type { Message } from '../../../core/log/conversation.ts'

export const AVAILABILITIES = ['unavailable', 'downloadable', 'downloading', 'available'] as const
export type Availability = (typeof AVAILABILITIES)[number]

export interface LanguageModelSession extends EventTarget {
  /** Of the context window, in tokens as a rule. */
  readonly contextUsage?: number
  readonly contextWindow?: number
  /** Their names until 2026. */
  readonly inputUsage?: number
  readonly inputQuota?: number
  promptStreaming(input: string, options: PromptOptions): ReadableStream<string>
  append(input: readonly Message[], options: { signal: AbortSignal }): Promise<void>
  measureContextUsage?(input: string, options: { signal: AbortSignal }): Promise<number>
  clone(options: { signal: AbortSignal }): Promise<LanguageModelSession>
  destroy(): void
}

export interface PromptOptions {
  signal: AbortSignal
  responseConstraint?: RegExp
  /** Without it the browser may write the form into the prompt, which would not be the logged one then. */
  omitResponseConstraintInput?: true
}

export interface LanguageModelApi {
  availability(options: Expected): Promise<Availability>
  create(options: CreateOptions): Promise<LanguageModelSession>
}

interface Expected {
  expectedInputs: { type: 'text'; languages: string[] }[]
  expectedOutputs: { type: 'text'; languages: string[] }[]
}

export interface CreateOptions extends Expected {
  signal: AbortSignal
  initialPrompts?: readonly Message[]
  monitor?(monitor: EventTarget): void
}

/** What is said to it, and by it. */
export const EXPECTED: Expected = {
  expectedInputs: [{ type: 'text', languages: ['en'] }],
  expectedOutputs: [{ type: 'text', languages: ['en'] }],
}

/** Undefined where this browser has none, or the page may not have it. */
export function languageModelHere(): LanguageModelApi | undefined {
  const { LanguageModel } = globalThis as { LanguageModel?: LanguageModelApi }
  return typeof LanguageModel?.create === 'function' ? LanguageModel : undefined
}

export function windowOf({ contextWindow, inputQuota }: LanguageModelSession): number {
  return contextWindow ?? inputQuota ?? Number.POSITIVE_INFINITY
}

export function usedOf({ contextUsage, inputUsage }: LanguageModelSession): number {
  const used = contextUsage ?? inputUsage ?? 0
  return Number.isFinite(used) ? used : 0
}
