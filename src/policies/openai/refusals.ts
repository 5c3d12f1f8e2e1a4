/** What an error of a server means: by its words where they tell, by its status where they do not. */
import { CONTEXT_FULL } from '../chat/model.ts'
import type { Said } from './said.ts'
import { type Adaptable, GATEWAY, type Place, type Trouble, trouble } from './troubles.ts'
import { wordsWaitMs } from './waits.ts'

const NO_SUCH =
  /support|unknown|unrecogni|unexpected|extra|not (be )?(permitted|allowed|accept|used)|forbidden|invalid|additional|cannot|no such|does not exist|unavailable|remove|ignored|must be (null|none|empty)/i
/** What is too long. */
const MATTER = /context|tokens?\b|prompt|input|message|sequence|seq_?len|session_len|conversation|request|body/i
const EXCESS =
  /exceed|too (long|large|many)|(longer|greater|larger|more|bigger) than|over(flow|s\b)|maximum (context|model|prompt|input|sequence)|max_(seq|model|input|prompt)_?len|must (have less|be (<=|less|at most|smaller))|reduce (the|your)|must be reduced|token limit|should be \[1|(context|window) (is )?full|does(n't| not) fit|greater than the context|limit (is|of) \d/i
/** Errors that have the words of a full window and are none. */
const ELSEWHERE = /deadline|time(d)? ?out|rate limit|quota|concurren|(completion|output) tokens|image|temperature/i
const TOO_LARGE_A_REQUEST =
  /(request|prompt|input).{0,30}too (large|long|big)|must be reduced|reduce (the|your) (length|message|prompt|input)/i

function isContext(words: string, kinds: string): boolean {
  if (
    /context_(length|window|size)|exceed_context|prompt_tokens_exceeded|string_above_max_length|tokens_limit_reached/.test(
      kinds,
    )
  )
    return true
  if (/max_tokens must be at least 1\b|default_max_tokens|context (size|length|window)[^.]{0,40}exceeded/i.test(words))
    return true
  if (/context[ _](length|window|size)|prompt is too long/i.test(words) && EXCESS.test(words)) return true
  return MATTER.test(words) && EXCESS.test(words) && !ELSEWHERE.test(words)
}

const SPENT = /quota|billing|credit|balance|insufficient|spend|payment|funds/i
const PER_TIME = /per[- ]?(min|sec|hour|day)|\b[rt]p[mds]\b|rate.?limit|too many requests|requests? limit/i

/**
 * @param status of the answer; 200 where the error stands in an answer of good status that tells no other
 * @param headerMs the wait that the answer's head asks for
 */
export function refused(
  place: Place,
  status: number,
  said: Said,
  model: string | undefined,
  headerMs: number | undefined,
): Trouble {
  const told = said.words.replace(/\s+/g, ' ').trim()
  const shown = told === '' ? '.' : `: “${told.slice(0, 240)}”`
  const answer = `The server at ${place.address} answered ${status}${status === 200 ? ' with an error' : ''}${shown}`
  const meant = status === 200 ? (said.status ?? 200) : status
  const all = `${told} ${said.kinds}`
  const waitMs = headerMs ?? said.waitMs ?? wordsWaitMs(told)
  const waiting = waitMs === undefined ? {} : { waitMs }
  const refusing = (meant < 500 || meant === 501) && meant !== 401 && meant !== 403 && meant !== 429
  const wants = refusing ? wanted(told, said) : undefined
  switch (true) {
    case meant === 401:
      return trouble('never', 'endpoint-key', `${answer} Check the key, and that it may use this model.`)
    case meant === 402 || (meant === 403 && /quota|billing|credits?\b|balance/i.test(told)):
      return trouble('never', 'endpoint-quota', `${answer} The account has nothing left to spend.`)
    case meant === 403 && told === '':
      return trouble('never', 'endpoint-key', `${answer} Check the key, and that it may use this model.`)
    case meant === 403:
      return trouble('never', 'endpoint-forbidden', `${answer} It does not allow this request.`)
    case meant === 429 || (meant < 500 && meant !== 413 && PER_TIME.test(all) && /exceed|limit|too many/i.test(all)):
      return { ...tooOften(answer, told, said, waitMs), ...waiting }
    case meant === 413 || (meant !== 404 && wants === undefined && isContext(told, said.kinds)):
      return trouble('never', CONTEXT_FULL, `${answer} The conversation is longer than the model can read.`)
    case /alternat|only user and assistant|first message (must|should|has to) |(unexpected|invalid|unsupported) role/i.test(
      told,
    ) ||
      (/system|developer instruction/i.test(told) && /role|message|template|instruction/i.test(told)): {
      const ways = 'Let the instructions stand in the first user message instead of a system message'
      const where = '(--system first-user-message; in the page the model’s settings have it as Instructions).'
      return trouble('never', 'endpoint-system-role', `${answer} ${ways} ${where}`)
    }
    case wants !== undefined: {
      const words = `${answer} It does not take this request.`
      return { ...trouble('never', 'endpoint-request', words), adapt: wants }
    }
    case meant === 404 && model !== undefined: {
      const name = `Check the name of the model (“${model}”)`
      if (told === '')
        return trouble('never', 'endpoint-model', `${answer} ${name} and the address, which often ends in /v1.`)
      const ways = /model|deployment/i.test(told) ? `${name}.` : 'What was asked for is not there.'
      return trouble('never', 'endpoint-model', `${answer} ${ways}`)
    }
    case [408, 409, 423, 425].includes(meant) || (meant >= 500 && meant !== 501):
      return { ...trouble('often', 'endpoint-server', `${answer} ${GATEWAY}`), ...waiting }
    case meant === 200:
      return { ...trouble('twice', 'endpoint-server', `${answer} ${GATEWAY}`), ...waiting }
    default:
      return trouble('never', 'endpoint-request', `${answer} It does not take this request.`)
  }
}

/** A rate limit passes, also one that mentions billing; a spent quota does not, nor a request above the limit itself. */
function tooOften(answer: string, told: string, { kinds }: Said, waitMs: number | undefined): Trouble {
  const spent = /insufficient_quota|billing_(hard_limit|not_active)|insufficient_(balance|credits|funds)/.test(kinds)
  if (spent || (waitMs === undefined && SPENT.test(told) && !PER_TIME.test(told)))
    return trouble('never', 'endpoint-quota', `${answer} The account has nothing left to spend.`)
  if (TOO_LARGE_A_REQUEST.test(told))
    return trouble('never', CONTEXT_FULL, `${answer} The conversation is longer than the server takes at once.`)
  return trouble('often', 'endpoint-busy', `${answer} It is asked too often: ask for less at once.`)
}

/** What the server wants otherwise, if it says so. */
function wanted(told: string, { kinds }: Said): Adaptable | undefined {
  if (/max_completion_tokens/.test(told) && !/context length|input tokens|prompt tokens/i.test(told))
    return 'limit-name'
  const about = (field: RegExp): boolean => field.test(told) || field.test(kinds)
  const refusedField = NO_SUCH.test(told) || /unsupported|unknown|extra_forbidden|invalid/.test(kinds)
  if (refusedField && about(/\bseed\b/i)) return 'seed'
  if (refusedField && about(/\bstop(_?sequences?)?\b/i)) return 'stop'
  if (
    /only\b.{0,40}\bstream|stream.{0,60}\b(must|should|has to|required|need|enable|only|true)|must.{0,40}stream/i.test(
      told,
    )
  )
    return 'stream'
  return undefined
}
