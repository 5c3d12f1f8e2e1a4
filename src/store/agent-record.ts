/** What is stored of an agent that was trained here or imported: who it is, and the text of its weights file. */
import * as v from 'valibot'
import { failure, quote, type Result, success } from '../core/failure.ts'
import { ENVIRONMENT_NAMES } from '../core/settings/settings.ts'

export const AGENT_VERSION = 1
/** Of a language model's record. */
export const LANGUAGE_AGENT_VERSION = 2

const common = {
  /** The fingerprint of its weights; also its key. */
  model: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  name: v.string(),
  origin: v.picklist(['here', 'imported']),
  createdAtMs: v.pipe(v.number(), v.finite()),
}

const linear = v.object({
  version: v.literal(AGENT_VERSION),
  ...common,
  environment: v.picklist(ENVIRONMENT_NAMES),
  /** Opaque here; whoever reads the weights parses it. */
  file: v.string(),
})

const facts = v.exactOptional(v.record(v.string(), v.union([v.string(), v.number()])))
const language = v.object({
  version: v.literal(LANGUAGE_AGENT_VERSION),
  ...common,
  policy: v.literal('transformer'),
  /** What it was trained on and what it earns, for people, in each environment that anything is known of. */
  trained: v.object({ webshop: facts, 'intercode-sql': facts }),
})

/** The embedded policy with weights of its own. */
export type LinearAgentRecord = Readonly<v.InferOutput<typeof linear>>
/** A language model, which acts in every environment; its folder lies beside, in `models`, under the same key. */
export type LanguageAgentRecord = Readonly<v.InferOutput<typeof language>>
export type AgentRecord = LinearAgentRecord | LanguageAgentRecord

export function isLanguage(record: AgentRecord): record is LanguageAgentRecord {
  return record.version === LANGUAGE_AGENT_VERSION
}

/** Reads a record from storage; what this version cannot read is left as it is. */
export function parseAgentRecord(stored: unknown): Result<AgentRecord> {
  const { version, name } = (stored ?? {}) as { version?: unknown; name?: unknown }
  const agent = `The stored agent ${quote(typeof name === 'string' ? name : 'without a name')}`
  if (typeof version === 'number' && version > LANGUAGE_AGENT_VERSION)
    return failure('agent-newer', `${agent} was written by a newer RRO Lab. Reload the page to use it.`)
  const parsed = v.safeParse(version === LANGUAGE_AGENT_VERSION ? language : linear, stored, { abortEarly: true })
  if (parsed.success) return success(parsed.output)
  const where = v.getDotPath(parsed.issues[0]) ?? 'all of it'
  return failure('agent-damaged', `${agent} is damaged (${where}) and cannot be used. It was left as it is.`)
}
