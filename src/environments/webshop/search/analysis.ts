/**
 * Text to search terms, as WebShop's search engine does it: Lucene 8's StandardTokenizer, EnglishPossessiveFilter,
 * LowerCaseFilter, StopFilter with EnglishAnalyzer's 33 words, PorterStemFilter (Anserini's DefaultEnglishAnalyzer).
 *
 * Words break by the rules of Unicode TR29 as StandardTokenizerImpl.jflex reads them, in a regular expression rather
 * than Intl.Segmenter, whose answer depends on the browser: newer ICUs split `color:style`, which Lucene 8 keeps.
 * Left out: quotation marks inside Hebrew words, underscores beside Katakana.
 */
import { stemmer } from 'stemmer'

/** org.apache.lucene.analysis.en.EnglishAnalyzer.ENGLISH_STOP_WORDS_SET. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and are as at be but by for if in into is it no not of on or such ' +
    'that the their then there these they this to was will with'
  ).split(' '),
)

/** StandardAnalyzer.DEFAULT_MAX_TOKEN_LENGTH, in UTF-16 units; a longer word is cut and its rest read again. */
const MAX_TOKEN_LENGTH = 255

/** Sources of the character classes that TR29's rules speak of. */
interface WordClasses {
  readonly letter: string
  readonly digit: string
  /** Stands inside a word between two letters. */
  readonly midLetter: string
  /** Stands inside a number between two digits. */
  readonly midNumber: string
  /** Joins letters and digits (ExtendNumLet). */
  readonly connector: string
  /** Rides on the character before it (Extend, Format, ZWJ), any number of times; may be empty. */
  readonly rider: string
}

/** Rules WB5 to WB13b: runs of letters, digits and connectors, with certain signs between two letters or two digits. */
function wordPattern({ letter, digit, midLetter, midNumber, connector, rider }: WordClasses): string {
  const letters = `(?:${letter}${rider})+(?:${midLetter}${rider}(?=${letter}))?`
  const digits = `(?:${digit}${rider})+(?:${midNumber}${rider}(?=${digit}))?`
  return `(?:${letters}|${digits}|${connector}${rider})+`
}

const ASCII_WORDS = new RegExp(
  wordPattern({
    letter: '[A-Za-z]',
    digit: '[0-9]',
    midLetter: "[.':]",
    midNumber: "[.',;]",
    connector: '_',
    rider: '',
  }),
  'g',
)

const RIDER = '(?:(?!\\u200b)[\\p{Gr_Ext}\\p{Mc}\\p{Cf}])*'
const KATAKANA = '[\\p{sc=Katakana}\\u3031-\\u3035\\u309b\\u309c\\u30a0\\u30fc\\uff70]'
const HIRAGANA = '\\p{sc=Hiragana}'
/** Scripts without spaces (Line_Break=Complex_Context): a run of them is one token. */
const COMPLEX =
  '[\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\p{sc=Tai_Le}\\p{sc=New_Tai_Lue}\\p{sc=Tai_Tham}\\p{sc=Tai_Viet}\\p{sc=Ahom}]'
const EMOJI = `(?:\\p{ExtPict}${RIDER}\\p{EMod}?|\\p{EMod})${RIDER}`

const UNICODE_WORDS = new RegExp(
  [
    wordPattern({
      letter: `(?:(?![\\p{M}\\p{Ideographic}\\p{Nd}]|${KATAKANA}|${HIRAGANA}|${COMPLEX})\\p{Alphabetic})`,
      digit: '[\\p{Nd}\\u066c]',
      midLetter: "[.':\\xb7\\u0387\\u05f4\\u2018\\u2019\\u2024\\u2027\\ufe13\\ufe52\\ufe55\\uff07\\uff0e\\uff1a]",
      midNumber:
        "[.',;\\u037e\\u0589\\u060c\\u060d\\u066c\\u07f8\\u2018\\u2019\\u2024\\u2044\\ufe10\\ufe14\\ufe50\\ufe52\\ufe54\\uff07\\uff0c\\uff0e\\uff1b]",
      connector: '[\\p{Pc}\\u202f]',
      rider: RIDER,
    }),
    `(?:${KATAKANA}${RIDER})+`,
    `(?:(?!\\p{M})${COMPLEX}${RIDER})+`,
    `\\p{sc=Han}${RIDER}`,
    `${HIRAGANA}${RIDER}`,
    // Emoji are tokens in Lucene 8, and so are ©, ® and ™.
    `${EMOJI}(?:\\u200d${EMOJI})*`,
    `[0-9#*]\\ufe0f?\\u20e3`,
    `\\p{RI}${RIDER}\\p{RI}${RIDER}`,
  ].join('|'),
  'gu',
)

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII starts with them
const ASCII = /^[\x00-\x7f]*$/

/** StandardTokenizer: the words of a text as they stand, at most 255 UTF-16 units each. */
function tokenize(text: string): readonly string[] {
  const words = text.match(ASCII.test(text) ? ASCII_WORDS : UNICODE_WORDS) ?? []
  return words.some((word) => word.length > MAX_TOKEN_LENGTH) ? words.flatMap(cut) : words
}

function cut(word: string): readonly string[] {
  if (word.length <= MAX_TOKEN_LENGTH) return [word]
  return [word.slice(0, MAX_TOKEN_LENGTH), ...tokenize(word.slice(MAX_TOKEN_LENGTH))]
}

const POSSESSIVE = /['\u2019\uff07][sS]$/

/** Java's Character.toLowerCase: each code point for itself, so no final sigma and a plain i for \u0130. */
function lowerCase(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase()
  return Array.from(word, (c) => (c === '\u0130' ? 'i' : c.toLowerCase())).join('')
}

/** A run of connectors only is no word. Matched whole and dropped here, so that a long one takes linear time. */
const CONNECTORS_ONLY = /^[\p{Pc}\u202f\p{M}\p{Cf}]+$/u

/** The term of one token, or '' for a stop word. */
function termOf(token: string): string {
  if (CONNECTORS_ONLY.test(token)) return ''
  const word = lowerCase(token.replace(POSSESSIVE, ''))
  return STOP_WORDS.has(word) ? '' : stemmer(word)
}

/** Terms by token. A catalogue repeats its words; the bound keeps a hostile one from filling the memory. */
const terms = new Map<string, string>()
const MOST_TERMS = 200_000

/** Search terms of a text in order, repeats kept: `analyze("Men's running-shoes")` is `['men', 'run', 'shoe']`. */
export function analyze(text: string): string[] {
  const found: string[] = []
  for (const token of tokenize(text)) {
    let term = terms.get(token)
    if (term === undefined) {
      if (terms.size >= MOST_TERMS) terms.clear()
      term = termOf(token)
      terms.set(token, term)
    }
    if (term !== '') found.push(term)
  }
  return found
}
