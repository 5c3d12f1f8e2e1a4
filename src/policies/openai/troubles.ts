/** What can go wrong between here and a server: a code, a sentence, and whether asking again may help. */
import { type Failure, failure } from '../../core/failure.ts'
import { CONTEXT_FULL } from '../chat/model.ts'
import { isLocal } from './address.ts'
import { errorText } from './wire.ts'

/** `often`: it is likely to pass. `twice`: a proxy may have been in between. */
export type Again = 'never' | 'twice' | 'often'

export interface Trouble {
  readonly failure: Failure
  readonly again: Again
  /** As the server asks. */
  readonly waitMs?: number
  /** The server wants the token limit under its newer name. */
  readonly otherLimit?: boolean
}

export interface Place {
  readonly address: string
  /** Of the page; undefined outside of one. */
  readonly origin: string | undefined
}

const GATEWAY = 'If it stays so, look at what the server, or a proxy before it, writes.'

function trouble(again: Again, code: string, sentence: string): Trouble {
  return { again, failure: failure(code, sentence).failure }
}

/** Nothing came back. A browser does not tell a server that is not there from one that does not allow the page. */
export function unreachable({ address, origin }: Place, thrown: unknown): Trouble {
  const cause: unknown = thrown instanceof Error ? thrown.cause : undefined
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  if (/TIMEOUT/.test(code)) return slow({ address, origin }, undefined)
  if (origin === undefined) {
    const why = CAUSES[code] ?? (/CERT|TLS|SSL|SELF_SIGNED/.test(code) ? 'its certificate is not trusted' : '')
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

/** A status that is not 2xx. */
export function refused(place: Place, status: number, body: string, model: string | undefined): Trouble {
  const { address } = place
  const told = errorText(body).replace(/\s+/g, ' ').trim().slice(0, 240)
  const said = told === '' ? '.' : `: “${told}”`
  const answer = `The server at ${address} answered ${status}${said}`
  const asks = /max_completion_tokens/.test(told)
  switch (true) {
    case status === 401 || status === 403:
      return trouble('never', 'endpoint-key', `${answer} Check the key, and that it may use this model.`)
    case status === 402 || (status === 429 && /quota|billing|credit/i.test(told)):
      return trouble('never', 'endpoint-quota', `${answer} The account has nothing left to spend.`)
    case status === 404 && model !== undefined: {
      const ways = `Check the name of the model (“${model}”) and the address, which often ends in /v1.`
      return trouble('never', 'endpoint-model', `${answer} ${ways}`)
    }
    case status === 429:
      return trouble('often', 'endpoint-busy', `${answer} It is asked too often: ask for less at once.`)
    case status === 408 || status === 425 || (status >= 500 && status !== 501):
      return trouble('often', 'endpoint-server', `${answer} ${GATEWAY}`)
    case /context|token|too long/i.test(told) && /(length|long|window|exceed|maximum|too many)/i.test(told) && !asks:
      return trouble('never', CONTEXT_FULL, `${answer} The conversation is longer than the model can read.`)
    case /system/i.test(told) && /role|message|template/i.test(told): {
      const ways = 'Let the instructions stand in the first user message instead of a system message.'
      return trouble('never', 'endpoint-system-role', `${answer} ${ways}`)
    }
    default:
      return {
        ...trouble('never', 'endpoint-request', `${answer} It does not take this request.`),
        ...(asks && { otherLimit: true }),
      }
  }
}

/**
 * The wait that `Retry-After` asks for, in milliseconds: seconds, or a date.
 * @param nowMs since 1970
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) return Number(text) * 1000
  const date = text === '' || !/[a-z]/i.test(text) ? Number.NaN : Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs)
}
