/** What a server says of an error, wherever it says it: servers put their words into objects, lists and strings at will. */

export interface Said {
  /** For people; empty where nothing readable is said. */
  readonly words: string
  /** Types and codes beside the words, such as `context_length_exceeded rate_limit_error`. */
  readonly kinds: string
  /** A status that the body tells, 400 to 599. */
  readonly status: number | undefined
  /** A wait that the body tells in a field (`retryDelay: "1s"`), in milliseconds. */
  readonly waitMs: number | undefined
}

const WORDS = [
  ...['error', 'message', 'msg', 'detail', 'details', 'errors', 'error_message', 'errorMessage', 'error_msg'],
  ...['error_description', 'description', 'reason', 'title'],
]
const KINDS = ['code', 'type', 'status', 'param', 'kind', 'innererror', 'loc', 'error_code']
/** Deeper than this nobody puts words; errors have errors of their own (`metadata.raw` of a gateway is a string). */
const MOST_DEEP = 6
const MOST_ITEMS = 20

export const NOTHING_SAID: Said = { words: '', kinds: '', status: undefined, waitMs: undefined }

/** @param value JSON of any shape */
export function saidIn(value: unknown): Said {
  const kinds: string[] = []
  let status: number | undefined
  let waitMs: number | undefined
  const words = wordsOf(value, 0)
  return { words, kinds: kinds.join(' ').slice(0, 500), status, waitMs }

  function wordsOf(part: unknown, depth: number): string {
    if (typeof part === 'string') return inner(part, depth)
    if (depth > MOST_DEEP || typeof part !== 'object' || part === null) return ''
    if (Array.isArray(part)) {
      const all = part.slice(0, MOST_ITEMS).map((item) => wordsOf(item, depth + 1))
      return [...new Set(all)].filter(Boolean).join('; ')
    }
    const fields = part as Readonly<Record<string, unknown>>
    for (const name of KINDS) note(fields[name])
    if (typeof fields.retryDelay === 'string') waitMs ??= Number.parseFloat(fields.retryDelay) * 1000 || undefined
    const metadata = fields.metadata
    let found = ''
    for (const name of WORDS) {
      const said = wordsOf(fields[name], depth + 1)
      if (said !== '' && found === '') found = said
    }
    const raw =
      typeof metadata === 'object' && metadata !== null && 'raw' in metadata ? wordsOf(metadata.raw, depth) : ''
    const at = Array.isArray(fields.loc) ? `${fields.loc.filter((step) => typeof step !== 'object').join('.')}: ` : ''
    return `${at}${found}${raw === '' || raw === found ? '' : ` (${raw})`}`.trim()
  }

  /** An error of a server behind this one often comes as the text of its JSON. */
  function inner(text: string, depth: number): string {
    if (!/^\s*[{[]/.test(text) || text.length > 20_000) return text.trim()
    try {
      return wordsOf(JSON.parse(text), depth + 1) || text.trim()
    } catch {
      return text.trim()
    }
  }

  function note(kind: unknown): void {
    const number = Number(typeof kind === 'string' && !/^\d{3}$/.test(kind) ? Number.NaN : kind)
    if (Number.isInteger(number) && number >= 400 && number < 600) status ??= number
    else if (typeof kind === 'string') kinds.push(kind)
    else if (Array.isArray(kind)) kinds.push(kind.filter((step) => typeof step === 'string').join('.'))
  }
}

/** Of a body that may be no JSON: a web page says nothing, a short line of text is what is said. */
export function saidInBody(body: string): Said {
  try {
    return saidIn(JSON.parse(body))
  } catch {
    const plain = body.length < 2000 && !/^\s*[<{[]/.test(body)
    return plain ? { ...NOTHING_SAID, words: body.trim() } : NOTHING_SAID
  }
}

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const isSomething = (value: unknown): boolean =>
  typeof value === 'string' ? value !== '' : typeof value === 'object' && value !== null

/**
 * The error in an answer whose status was a good one: beside or instead of its choices, or in a choice.
 * @returns undefined where there is none
 */
export function errorIn(value: unknown): Said | undefined {
  const { error, choices, data, models, message, detail } = fieldsOf(value)
  if (isSomething(error)) return saidIn({ ...fieldsOf(value), message: undefined, error })
  if (Array.isArray(value)) return isSomething(fieldsOf(value[0]).error) ? saidIn(value) : undefined
  const choice = Array.isArray(choices) ? fieldsOf(choices[0]) : undefined
  if (choice !== undefined && isSomething(choice.error)) return saidIn(choice.error)
  if (choice !== undefined && isSomething(fieldsOf(choice.message).error)) return saidIn(fieldsOf(choice.message).error)
  if (choice !== undefined || data !== undefined || models !== undefined) return undefined
  return isSomething(message) || isSomething(detail) ? saidIn(value) : undefined
}
