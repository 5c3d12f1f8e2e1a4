/** The key to a server. It goes into the head of requests and nowhere else: what the server says is searched for it. */
import { failure, type Result, success } from '../../core/failure.ts'
import { isAzure } from './address.ts'

/** Shorter keys are placeholders ("none", "EMPTY"); to look for them would tear words apart. */
const LEAST_SECRET = 8

export interface Key {
  /** Fields of a request's head. */
  readonly headers: Readonly<Record<string, string>>
  /** The text without the key. */
  hidden(text: string): string
}

/**
 * @param given the key, which goes as `Authorization: Bearer`; another header's name may stand before it: `api-key: abc`
 * @param address of the server, in which no key may stand; Azure's takes `api-key`
 */
export function createKey(given: string | undefined, address: string): Result<Key> {
  const named = /^(api-key|x-api-key|ocp-apim-subscription-key):\s*/i.exec(given?.trim() ?? '')
  const key = (given?.trim() ?? '').slice(named?.[0].length ?? 0)
  const header = named?.[1]?.toLowerCase() ?? (isAzure(address) ? 'api-key' : undefined)
  if (!/^[\x21-\x7e]*$/.test(key))
    return failure('endpoint-key', 'The key has a space or another sign in it that no key has. Copy it once more.')
  if (key !== '' && address.includes(key) && key.length >= LEAST_SECRET)
    return failure('endpoint-address', 'The key stands in the address. Give the address alone, and the key as the key.')
  return success({
    headers: key === '' ? {} : header === undefined ? { authorization: `Bearer ${key}` } : { [header]: key },
    hidden(text) {
      if (key.length < LEAST_SECRET) return text
      return text.replaceAll(key, '[key]').replaceAll(encodeURIComponent(key), '[key]')
    },
  })
}
