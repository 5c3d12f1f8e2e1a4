/** The address of an OpenAI-compatible server as people write it, and the one that is asked. */
import { failure, quote, type Result, success } from '../../core/failure.ts'

const EXAMPLE = 'It looks like http://localhost:8000/v1.'
const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/i
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^[^.]+$/

/**
 * `localhost:8000` and `http://localhost:8000/v1/chat/completions/` are both `http://localhost:8000/v1`. Without a
 * scheme, machines close by are asked by http and others by https. A path that is given stays, and of what stands behind
 * a question mark Azure's `api-version`. No key may stand in it: addresses are shown.
 */
export function endpointAddress(given: string): Result<string> {
  const text = given.trim()
  if (text === '') return failure('endpoint-address', `The address of the server is missing. ${EXAMPLE}`)
  let url: URL
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${schemeFor(text)}://${text}`)
  } catch {
    return failure('endpoint-address', `What was given as the server is not an address. ${EXAMPLE}`)
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return failure('endpoint-address', `A server is asked by http or https, not by ${quote(url.protocol)}. ${EXAMPLE}`)
  const version = /^\?api-version=[\w.-]{1,40}$/.exec(url.search)?.[0] ?? ''
  if (url.username !== '' || url.password !== '' || url.search !== version || url.hash !== '') {
    const words = 'The address of the server has a password, a question mark or a # in it.'
    return failure('endpoint-address', `${words} Give the address alone, and the key as the key. ${EXAMPLE}`)
  }
  const path = url.pathname.replace(/\/{1,9}$/, '').replace(/\/(chat\/completions|completions|models)$/, '')
  return success(`${url.origin}${path === '' ? '/v1' : path}${version}`)
}

/** Of what is asked, for an address that `endpointAddress` gave: Azure's ends in `?api-version=...`. */
export function urlOf(address: string, path: string): string {
  const [base = '', version] = address.split('?')
  return `${base}${path}${version === undefined ? '' : `?${version}`}`
}

/** Whether it is Azure's, where a key goes under a name of its own. */
export function isAzure(address: string): boolean {
  return address.includes('?api-version=') || /\.(azure\.com|azure-api\.net)$/i.test(new URL(address).hostname)
}

function schemeFor(text: string): string {
  const host = text.split('/', 1)[0]?.replace(/:\d+$/, '') ?? ''
  return LOCAL.test(host) || PRIVATE.test(host) ? 'http' : 'https'
}

/** Whether the server is this very machine, which browsers trust without https. */
export function isLocal(address: string): boolean {
  return LOCAL.test(new URL(address).hostname)
}

/** Undefined where a page at `origin` may ask the server at all, as far as https goes. */
export function mixedContent(address: string, origin: string | undefined): ReturnType<typeof failure> | undefined {
  if (origin === undefined || !origin.startsWith('https:') || address.startsWith('https:') || isLocal(address))
    return undefined
  const words = `This page came by https, and a browser lets it ask no server by http (${address}).`
  const ways = 'Put https in front of the server, run it on this machine (http://localhost), or run RRO Lab here'
  return failure('endpoint-mixed-content', `${words} ${ways} (npm start serves it by http).`)
}
