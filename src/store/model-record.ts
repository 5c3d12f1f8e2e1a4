/** What is stored of a language model: its folder, as the zip that it is taken away as. */
import * as v from 'valibot'
import { failure, type Result, success } from '../core/failure.ts'

export const MODEL_VERSION = 1

const schema = v.object({
  version: v.literal(MODEL_VERSION),
  /** Its fingerprint; also its key. */
  model: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  /** A Hugging Face folder; whoever reads it checks it. */
  zip: v.instance(Uint8Array),
})

export type ModelRecord = Readonly<v.InferOutput<typeof schema>>

/** Reads a record from storage. */
export function parseModelRecord(stored: unknown): Result<ModelRecord> {
  const parsed = v.safeParse(schema, stored, { abortEarly: true })
  if (parsed.success) return success(parsed.output)
  const words = 'The stored weights of this language model are missing or damaged.'
  return failure('model-damaged', `${words} Delete the agent, and import its file again.`)
}
