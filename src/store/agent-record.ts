/** What is stored of an agent that was trained here or imported: who it is, and the text of its weights file. */
import * as v from 'valibot'
import { failure, quote, type Result, success } from '../core/failure.ts'
import { ENVIRONMENT_NAMES } from '../core/settings/settings.ts'

export const AGENT_VERSION = 1

const schema = v.object({
  version: v.literal(AGENT_VERSION),
  /** The fingerprint of its weights; also its key. */
  model: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  name: v.string(),
  environment: v.picklist(ENVIRONMENT_NAMES),
  origin: v.picklist(['here', 'imported']),
  createdAtMs: v.pipe(v.number(), v.finite()),
  /** Opaque here; whoever reads the weights parses it. */
  file: v.string(),
})

export type AgentRecord = Readonly<v.InferOutput<typeof schema>>

/** Reads a record from storage; what this version cannot read is left as it is. */
export function parseAgentRecord(stored: unknown): Result<AgentRecord> {
  const { version, name } = (stored ?? {}) as { version?: unknown; name?: unknown }
  const agent = `The stored agent ${quote(typeof name === 'string' ? name : 'without a name')}`
  if (typeof version === 'number' && version > AGENT_VERSION)
    return failure('agent-newer', `${agent} was written by a newer RRO Lab. Reload the page to use it.`)
  const parsed = v.safeParse(schema, stored, { abortEarly: true })
  if (parsed.success) return success(parsed.output)
  const where = v.getDotPath(parsed.issues[0]) ?? 'all of it'
  return failure('agent-damaged', `${agent} is damaged (${where}) and cannot be used. It was left as it is.`)
}
