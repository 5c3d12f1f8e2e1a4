/**
 * What a shopper makes of an instruction by reading it: its content words, the phrases they form, and the price limit.
 * Words are compared by their search terms (stems); a set of instruction words is a bit mask, so that how well a text
 * covers the instruction is one pass over its terms and a population count.
 */
import { analyze } from '../../../environments/webshop/analysis.ts'

/** Content terms beyond these are not told apart: bits of one number. */
const MOST_TERMS = 30

/** Words that say that something is wanted, not what; they also part phrases. */
const FILLER: ReadonlySet<string> = new Set(
  (
    "a also am an and any are as at be been buy by can cant can't color colour comes could dollars dont don't find flavor for from " +
    "get give good has have help hello hi i i'd i'll i'm i've id ill im in interested is it it's its ive kind like looking made me my need " +
    'of on one or order pair please preferably price priced purchase scent set should show size so some somebody something style that thats ' +
    "that's the them these they this those to type up us very want wants was we which will with would you your"
  ).split(' '),
)

const PRICE =
  /[,.]?\s*(?:\b(?:and|with|at|for)\b\s*)?(?:\b(?:a|the|its|my)\b\s*)?\b(?:prices?d?|costs?|costing|budget)?\s*(?:\b(?:is|of|that is|should be)\b\s*)?\b(?:lower than|less than|cheaper than|under|below|up to|at most|no more than)\s*\$?\s*(\d[\d,]*(?:\.\d+)?)\s*(?:dollars?|usd|\$)?/i

export interface Instruction {
  /** Lower-cased, without the price clause, white space collapsed. */
  readonly wish: string
  /** The whole instruction, lower-cased. */
  readonly whole: string
  /** Dollars; Infinity where no limit is named. */
  readonly priceLimit: number
  /** Runs of content words, in order, as they stand. The first is usually the thing itself. */
  readonly phrases: readonly string[]
  /** Terms of the content words, first occurrence first, at most 30. */
  readonly terms: readonly string[]
  /** Bit of each term. */
  readonly bits: ReadonlyMap<string, number>
  /** ` word word ` of all words, for finding an option's value word for word. */
  readonly padded: string
}

export function readInstruction(instruction: string): Instruction {
  const whole = instruction.toLowerCase().replace(/\s+/g, ' ').trim()
  const price = PRICE.exec(whole)
  const limit = price === null ? Number.POSITIVE_INFINITY : Number((price[1] ?? '').replaceAll(',', ''))
  const wish = (price === null ? whole : whole.replace(PRICE, ' ')).replace(/\s+/g, ' ').trim()
  const phrases: string[] = []
  let open: string[] = []
  const close = (): void => {
    if (open.length > 0) phrases.push(open.join(' '))
    open = []
  }
  for (const raw of wish.split(' ')) {
    const word = bare(raw)
    const filler = word === '' || FILLER.has(word)
    if (filler) close()
    else open.push(word)
    if (/[,.;:!?]$/.test(raw)) close()
  }
  close()
  const terms = [...new Set(phrases.flatMap(analyze))].slice(0, MOST_TERMS)
  return {
    wish,
    whole,
    priceLimit: Number.isFinite(limit) ? limit : Number.POSITIVE_INFINITY,
    phrases: [...new Set(phrases)],
    terms,
    bits: new Map(terms.map((term, i) => [term, 1 << i])),
    padded: paddedWords(wish),
  }
}

/** A word without the punctuation around it. */
function bare(word: string): string {
  return word.replace(/^[("'[]+|[)"\].,;:!?]+$/g, '')
}

/** ` word word `: one text contains another's words in a row exactly when it contains the other's padded form. */
export function paddedWords(text: string): string {
  return ` ${text.toLowerCase().split(/\s+/).map(bare).filter(Boolean).join(' ')} `
}

/** Which of the instruction's terms are among these. */
export function maskOf({ bits }: Instruction, terms: readonly string[]): number {
  let mask = 0
  for (const term of terms) mask |= bits.get(term) ?? 0
  return mask
}

/** How many terms a mask holds. */
export function sizeOf(mask: number): number {
  let v = mask - ((mask >>> 1) & 0x55555555)
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333)
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Dollars of a price tag (`$12.5`, or the lower end of `$10.0 to $20.0`); NaN where there is none. */
export function readPrice(tag: string): number {
  return Number.parseFloat(tag.replace(/^[^\d]*/, ''))
}
