/** The key to a server. It goes into the head of requests and nowhere else: what the server says is searched for it. */
import { failure, type Result, success } from '../../core/failure.ts'

/** Shorter keys are placeholders ("none", "EMPTY"); to look for them would tear words apart. */
const LEAST_SECRET = 8

export interface Key {
  /** Fields of a request's head. */
  readonly headers: Readonly<Record<string, string>>
  /** The text without the key. */
  hidden(text: string): string
}

/** @param address of the server, in which no key may stand */
export function createKey(given: string | undefined, address: string): Result<Key> {
  const key = given?.trim() ?? ''
  if (!/^[\x21-\x7e]*$/.test(key))
    return failure('endpoint-key', 'The key has a space or another sign in it that no key has. Copy it once more.')
  if (key !== '' && address.includes(key) && key.length >= LEAST_SECRET)
    return failure('endpoint-address', 'The key stands in the address. Give the address alone, and the key as the key.')
  return success({
    headers: key === '' ? {} : { authorization: `Bearer ${key}` },
    hidden(text) {
      if (key.length < LEAST_SECRET) return text
      return text.replaceAll(key, '[key]').replaceAll(encodeURIComponent(key), '[key]')
    },
  })
}
