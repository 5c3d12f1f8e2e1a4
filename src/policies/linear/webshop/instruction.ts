/**
 * What a shopper makes of an instruction by reading it: its content words, the phrases they form, and the price limit.
 * Words are compared by their search terms (stems); a set of instruction words is a bit mask, so that how well a text
 * covers the instruction is one pass over its terms and a population count.
 */
import { analyze } from '../../../environments/webshop/search/analysis.ts'

/** Content terms beyond these are not told apart: bits of one number. */
const MOST_TERMS = 30

/** Words that say that something is wanted, not what; they also part phrases. */
const FILLER: ReadonlySet<string> = new Set(
  (
    '& - / a add after also am an and any are as asked at be because been better bought brother but buy by can ' +
    "can't cant carry choose color colored colors colour coloured comes could dad daughter do does dollars " +
    "don't dont featuring find flavor flavored for friend from get give good had has have he hello help helps " +
    "her hi his hopefully how hunting husband i i'd i'll i'm i've id if ill im important in interested is it " +
    "it's its ive just kind let let's lets like list looking lot made make making market me mom must my need " +
    'needed needs next no not now of on one only option options or order our out pair pick picked please prefer ' +
    'preferably price priced purchase really roommate same scent search searching sell set she shopping should ' +
    "show since sister size sized so some somebody something son still style sure than that that's thats the " +
    'them then there these they thing things think this those though to too total trying type up us very w/ ' +
    "want wants was we what what's when where which who whose wife will wish with without would you your"
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
  const words = wish.split(' ')
  words.forEach((raw, i) => {
    const word = bare(raw)
    const inside = word === 'to' && open.length > 0 && !FILLER.has(bare(words[i + 1] ?? '')) // "easy to clean"
    if (word === '' || (FILLER.has(word) && !inside)) close()
    else open.push(word)
    if (/[,.;:!?]$/.test(raw)) close()
  })
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
