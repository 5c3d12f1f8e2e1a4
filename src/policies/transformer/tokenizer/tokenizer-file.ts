/**
 * A vocabulary as Hugging Face's `tokenizer.json`, which its tokenizers, llama.cpp's converter and others read; and read back with
 * suspicion: a file of this family, in which everything that would change an id is as we have it, or a sentence.
 */
import * as v from 'valibot'
import { failure, quote, type Result, success } from '../../../core/failure.ts'
import { BYTE_LETTERS, bytesOfLetters } from './byte-letters.ts'
import { type Merge, SPECIAL_KINDS, SPECIAL_TOKENS, type SpecialToken, type Vocabulary } from './vocabulary.ts'

/** Bounds on what is read: characters of the file, tokens, bytes of a token. */
const MOST_CHARACTERS = 1 << 24
const MOST_TOKENS = 1 << 16
const MOST_TOKEN_BYTES = 256

const off = v.optional(v.union([v.null(), v.literal('')]))
const no = v.optional(v.literal(false))
const Id = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_TOKENS - 1))
const none = v.optional(v.null())

/** Cutting and filling (`truncation`, `padding`) are a batch's, not a text's: whatever stands there is passed over. */
const TokenizerFile = v.object({
  added_tokens: v.array(v.object({ id: Id, content: v.string(), special: v.literal(true) })),
  normalizer: none,
  pre_tokenizer: v.object({
    type: v.literal('ByteLevel'),
    add_prefix_space: v.literal(false),
    use_regex: v.optional(v.literal(true)),
  }),
  post_processor: v.optional(v.union([v.null(), v.object({ type: v.literal('ByteLevel') })])),
  decoder: v.object({ type: v.literal('ByteLevel') }),
  model: v.object({
    type: v.optional(v.literal('BPE')),
    dropout: v.optional(v.union([v.null(), v.literal(0)])),
    unk_token: none,
    continuing_subword_prefix: off,
    end_of_word_suffix: off,
    fuse_unk: v.optional(v.boolean()),
    byte_fallback: no,
    ignore_merges: no,
    vocab: v.custom<Readonly<Record<string, unknown>>>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'tokens and their ids are expected',
    ),
    merges: v.pipe(
      v.array(v.union([v.string(), v.strictTuple([v.string(), v.string()])])),
      v.maxLength(MOST_TOKENS, `more than ${MOST_TOKENS} merges`),
    ),
  }),
})

const bad = (what: string) =>
  failure('tokenizer-file', `tokenizer.json ${what} Only byte-level BPE as RRO Lab writes it is read.`)

/** @param text of a `tokenizer.json`, from anywhere */
export function parseTokenizer(text: string): Result<Vocabulary> {
  if (text.length > MOST_CHARACTERS) return bad(`has ${text.length} characters; at most ${MOST_CHARACTERS} are read.`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return bad('is no JSON.')
  }
  const parsed = v.safeParse(TokenizerFile, json)
  if (!parsed.success) {
    const issue = parsed.issues[0]
    return bad(`is not as expected at ${v.getDotPath(issue) ?? 'its root'}: ${issue.message}.`)
  }
  const { added_tokens: added, model } = parsed.output
  const tokens = tokensOf([...Object.entries(model.vocab), ...added.map(({ content, id }) => [content, id] as const)])
  if (!tokens.ok) return tokens
  const special = specialOf(added)
  if (!special.ok) return special
  const merges = mergesOf(model.merges, tokens.value, new Set(Object.values(special.value)))
  if (!merges.ok) return merges
  return success({ tokens: tokens.value, merges: merges.value, special: special.value })
}

/** Tokens by id: each id from 0 on has one, each token has one id. */
function tokensOf(entries: readonly (readonly [token: string, id: unknown])[]): Result<readonly string[]> {
  const ids = new Map<string, number>()
  for (const [token, id] of entries) {
    if (!v.is(Id, id)) return bad(`gives ${quote(token)} the id ${quote(id)}.`)
    if ((ids.get(token) ?? id) !== id) return bad(`gives ${quote(token)} two ids.`)
    const bytes = bytesOfLetters(token)
    if (bytes === undefined || bytes.length === 0 || bytes.length > MOST_TOKEN_BYTES)
      return bad(`has the token ${quote(token)}: 1 to ${MOST_TOKEN_BYTES} byte letters are expected.`)
    ids.set(token, id)
  }
  const tokens: string[] = Array(ids.size)
  for (const [token, id] of ids) {
    if (id >= ids.size) return bad(`has ${ids.size} tokens, and the id ${id}.`)
    if (tokens[id] !== undefined) return bad(`gives ${quote(tokens[id])} and ${quote(token)} the same id.`)
    tokens[id] = token
  }
  const missing = BYTE_LETTERS.find((letter) => !ids.has(letter))
  return missing === undefined ? success(tokens) : bad(`lacks the byte ${quote(missing)}.`)
}

function specialOf(added: readonly { readonly id: number; readonly content: string }[]): Result<Vocabulary['special']> {
  const ids = new Map(added.map(({ content, id }) => [content, id]))
  const special: Partial<Record<SpecialToken, number>> = {}
  for (const kind of SPECIAL_KINDS) {
    const id = ids.get(SPECIAL_TOKENS[kind])
    if (id === undefined) return bad(`lacks the special token ${SPECIAL_TOKENS[kind]}.`)
    special[kind] = id
    ids.delete(SPECIAL_TOKENS[kind])
  }
  for (const content of ids.keys()) return bad(`has a special token that is not known here: ${quote(content)}.`)
  return success(special as Record<SpecialToken, number>) // each kind was set
}

/** Merges in order: each once, of bytes and of what was merged before; none of or into a special token. */
function mergesOf(
  written: readonly (string | readonly [string, string])[],
  tokens: readonly string[],
  special: ReadonlySet<number>,
): Result<readonly Merge[]> {
  const ids = new Map(tokens.map((token, id) => [token, id]))
  const there = new Set(BYTE_LETTERS)
  const pairs = new Set<string>()
  const merges: Merge[] = []
  for (const pair of written) {
    const parts = typeof pair === 'string' ? pair.split(' ') : pair
    const [first = '', second = ''] = parts
    const made = ids.get(first + second)
    const words = quote(parts.join(' '))
    if (parts.length !== 2 || made === undefined) return bad(`merges ${words}, which makes no token.`)
    if (special.has(made)) return bad(`merges ${words} to a special token.`)
    if (!there.has(first) || !there.has(second)) return bad(`merges ${words} before it has both.`)
    if (pairs.has(`${first} ${second}`)) return bad(`merges ${words} twice.`)
    pairs.add(`${first} ${second}`)
    there.add(first + second)
    merges.push({ left: ids.get(first) as number, right: ids.get(second) as number, made }) // both are tokens
  }
  return success(merges)
}

/** The text of a `tokenizer.json`. What `parseTokenizer` reads back. */
export function writeTokenizer({ tokens, merges, special }: Vocabulary): string {
  const specialIds = new Set(Object.values(special))
  const bytes = { add_prefix_space: false, trim_offsets: true, use_regex: true }
  const file = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL_KINDS.map((kind) => ({
      id: special[kind],
      content: SPECIAL_TOKENS[kind],
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })).sort((a, b) => a.id - b.id),
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', ...bytes },
    post_processor: null,
    decoder: { type: 'ByteLevel', ...bytes },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(
        tokens.map((token, id) => [token, id] as const).filter(([, id]) => !specialIds.has(id)),
      ),
      merges: merges.map(({ left, right }) => `${tokens[left]} ${tokens[right]}`),
    },
  }
  return `${JSON.stringify(file, undefined, 1)}\n`
}
