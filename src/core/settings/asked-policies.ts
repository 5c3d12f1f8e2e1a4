/** Language models of others, which are asked in words; apart from the settings, because the first load of the lab does without. */
import type { POLICY_NAMES } from './run-config.ts'

export type AskedPolicy = Extract<(typeof POLICY_NAMES)[number], 'webllm' | 'openai' | 'browser-model'>

export const ASKED_POLICIES: readonly string[] = ['webllm', 'openai', 'browser-model'] satisfies AskedPolicy[]
