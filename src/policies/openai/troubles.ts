/** What can go wrong between here and a server: a code, a sentence, and whether asking again may help. */
import { type Failure, failure } from '../../core/failure.ts'
import { isLocal } from './address.ts'

/** A field of a request that some servers want under another name, otherwise, or not at all. */
export type Adaptable = 'limit-name' | 'stop' | 'seed' | 'stream'

/** `often`: it is likely to pass. `twice`: a proxy may have been in between. */
export type Again = 'never' | 'twice' | 'often'

export interface Trouble {
  readonly failure: Failure
  readonly again: Again
  /** As the server asks. */
  readonly waitMs?: number
  /** What the server wants otherwise than it was asked. */
  readonly adapt?: Adaptable
}

export interface Place {
  readonly address: string
  /** Of the page; undefined outside of one. */
  readonly origin: string | undefined
}

export const GATEWAY = 'If it stays so, look at what the server, or a proxy before it, writes.'

export function trouble(again: Again, code: string, sentence: string): Trouble {
  return { again, failure: failure(code, sentence).failure }
}

/** Nothing came back. A browser does not tell a server that is not there from one that does not allow the page. */
export function unreachable({ address, origin }: Place, thrown: unknown): Trouble {
  const cause: unknown = thrown instanceof Error ? thrown.cause : undefined
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  if (/TIMEOUT/.test(code)) return slow({ address, origin }, undefined)
  if (origin === undefined) {
    const said = `${code} ${cause instanceof Error ? cause.message : ''}`
    const why = CAUSES[code] ?? INSECURE.find(([pattern]) => pattern.test(said))?.[1] ?? ''
    const words = `The server at ${address} could not be reached${why === '' ? '' : `: ${why}`}${code === '' ? '' : ` (${code})`}.`
    return trouble('often', 'endpoint-unreachable', `${words} Check that it runs and that the address is right.`)
  }
  const there = `it is not running, the address is wrong, it redirects elsewhere, or it does not allow pages from ${origin} (CORS)`
  const allow = `vLLM: --allowed-origins '["${origin}"]', Ollama: OLLAMA_ORIGINS=${origin}, LM Studio: its CORS switch, llama.cpp: it always does`
  const plain =
    origin.startsWith('https:') && address.startsWith('http:') && isLocal(address)
      ? ' Some browsers let a page that came by https ask no server by http, not even on this machine.'
      : ''
  const words = `The server at ${address} could not be reached. A browser does not say why: ${there}.`
  return trouble('often', 'endpoint-unreachable', `${words} To allow this page: ${allow}.${plain}`)
}

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name could not be looked up',
  ECONNRESET: 'it broke the connection off',
  UND_ERR_SOCKET: 'it broke the connection off',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
}

/** By code and words, which OpenSSL has in common for all who use it; the first that holds. */
const INSECURE: readonly (readonly [RegExp, string])[] = [
  [/wrong[ _]version[ _]number/i, 'it speaks no https'],
  [/protocol[ _]version|unsupported[ _]protocol/i, 'its https is older than TLS 1.2'],
  [/alert[ _](\w+[ _])?certificate/i, 'it wants a certificate from whoever asks, which is not offered here'],
  [/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/, 'its certificate is not trusted'],
  [/EPROTO|SSL|TLS/, 'no secure connection to it came about'],
]

export function slow({ address }: Place, timeoutMs: number | undefined): Trouble {
  const within = timeoutMs === undefined ? 'in time' : `within ${timeoutMs / 1000} s`
  const words = `The server at ${address} did not answer ${within}.`
  return trouble('often', 'endpoint-timeout', `${words} Ask for less at once, or allow more time.`)
}

export function cutOff({ address }: Place): Trouble {
  return trouble('often', 'endpoint-cut-off', `The answer of the server at ${address} broke off. ${GATEWAY}`)
}

export function tooLarge({ address }: Place, bytes: number): Trouble {
  const words = `The answer of the server at ${address} is larger than ${(bytes / 1e6).toFixed(0)} MB.`
  return trouble('twice', 'endpoint-too-large', `${words} This is not what a language model says. ${GATEWAY}`)
}

export function notJson({ address }: Place, body: string): Trouble {
  const start = body.trimStart()
  const what = start.startsWith('<') ? 'with a web page' : start === '' ? 'with nothing' : 'with what is not JSON'
  const words = `The server at ${address} answered ${what} instead of a reply.`
  return trouble('twice', 'endpoint-json', `${words} Check that the address is the one of its API. ${GATEWAY}`)
}

/** @param reason the end of a sentence */
export function wrongAnswer({ address }: Place, { code, message }: Failure): Trouble {
  const words = `The server at ${address} answered with ${message}.`
  return trouble('twice', code, `${words} Check that it speaks OpenAI's chat API. ${GATEWAY}`)
}

/** An answer that points elsewhere and is not followed. @param target undefined where a browser does not tell */
export function redirected({ address }: Place, target: string | undefined): Trouble {
  const where = target === undefined ? 'another address, which a browser does not tell' : target
  const words = `The server at ${address} redirects to ${where}.`
  return trouble('never', 'endpoint-redirect', `${words} Give the address that it leads to, if you trust it.`)
}

/** A reply that the provider kept back. @param reason its own word, such as `content_filter` */
export function withheld({ address }: Place, reason: string): Trouble {
  const words = `The server at ${address} kept the model’s reply back (${reason}).`
  return trouble('twice', 'endpoint-withheld', `${words} This is the provider’s doing, and no action of the model.`)
}

/** A reply that the provider broke off. */
export function brokenOff({ address }: Place, reason: string): Trouble {
  const words = `The server at ${address} broke the model’s reply off (${reason}).`
  return trouble('often', 'endpoint-server', `${words} ${GATEWAY}`)
}
