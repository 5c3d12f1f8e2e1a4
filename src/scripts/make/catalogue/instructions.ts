/**
 * Instructions as different people would write them: requests, fragments, questions, lists, little stories. A sentence
 * is put together from an opener, a way to name the thing, traits before or after it or in sentences of their own, and
 * options likewise; every worker has openers, habits and typing errors of their own.
 */
import { type RandomStream, stream } from '../../../core/random.ts'
import { type Draft, pick, pickWeighted, type Trait } from './model.ts'
import { spokenOption } from './options.ts'

export interface Wish {
  readonly draft: Draft
  readonly ask: string
  readonly traits: readonly Trait[]
  /** Option group name (lower case) and value (as `optionText`). */
  readonly options: readonly (readonly [group: string, value: string])[]
  readonly reasons: readonly string[]
}

export interface Instruction {
  readonly text: string
  /** Which sentence shape made it, for counting. */
  readonly shape: string
  readonly worker: string
}

const WORKERS = 32

interface Worker {
  readonly id: string
  readonly openers: readonly number[]
  readonly looseness: number
  readonly typos: number
  readonly apostrophes: boolean
  readonly period: boolean
  readonly please: number
  readonly reasons: number
}

/** `{}` is the thing with what was said about it. */
const OPENERS = [
  'i am looking for {}',
  "i'm looking for {}",
  'looking for {}',
  'i need {}',
  'i need to find {}',
  'need {}',
  'i want {}',
  'i want to buy {}',
  "i'd like {}",
  'i would like {}',
  "i'd like to order {}",
  'i would like to get {}',
  'find me {}',
  'please find me {}',
  'find {}',
  'get me {}',
  'can you find me {}',
  'can you find {}?',
  'could you help me find {}',
  'can i get {}?',
  'help me find {}',
  'do you have {}?',
  'do you sell {}?',
  'show me {}',
  'show me some options for {}',
  "i'm shopping for {}",
  'shopping for {}',
  "i'm in the market for {}",
  "i'm after {}",
  "i'm trying to find {}",
  'where can i find {}?',
  'where would i get {}',
  '{} please',
  '{}',
  'buy {}',
  'purchase {}',
  'order {} for me',
  'i could use {}',
  'searching for {}',
  'in search of {}',
  'my wife asked me to pick up {}',
  'my mom needs {}',
  'my husband wants {}',
  'my roommate is looking for {}',
  'need a gift for my sister, {}',
  'for a friend: {}',
  "let's find {}",
  'hi, i want {}',
  'hello i am searching for {}',
  'i have been hunting for {}',
  'i wish to buy {}',
  'i am interested in {}',
  'pick out {} for me',
  'add {} to my cart',
  'is there {}?',
] as const

function newWorker(random: RandomStream, n: number): Worker {
  return {
    id: `RRO${String(n + 1).padStart(2, '0')}`,
    openers: random.shuffled(OPENERS.map((_, i) => i)).slice(0, 12),
    looseness: 0.5 + 0.45 * random.next(),
    typos: random.next() < 0.4 ? 0.25 : 0.03,
    apostrophes: random.next() < 0.45,
    period: random.next() < 0.3,
    please: random.next() < 0.3 ? 0.2 : 0.02,
    reasons: random.next() < 0.3 ? 0.3 : 0.05,
  }
}

/** A wish while it is being put into words. */
class Wording {
  readonly random: RandomStream
  readonly worker: Worker
  readonly wish: Wish
  readonly plural: boolean

  constructor(random: RandomStream, worker: Worker, wish: Wish) {
    this.random = random
    this.worker = worker
    this.wish = wish
    this.plural = /s$/.test(wish.ask.split(' of ')[0] ?? '') && !/(?:ss|us)$/.test(wish.ask)
  }

  one<T>(items: readonly T[]): T {
    return pick(this.random, items)
  }

  chance(share: number): boolean {
    return this.random.next() < share
  }

  /** The plain form mostly, so that the words can be found. */
  said(trait: Trait): string {
    const [plain = trait.name] = trait.spoken
    return this.chance(0.5) ? plain : this.one(trait.spoken)
  }

  value(value: string): string {
    return spokenOption(this.random, value, this.worker.looseness)
  }

  get it(): string {
    return this.plural ? 'they' : 'it'
  }

  /** "a", "an", "a pair of", "some" or nothing, before these words. */
  determined(words: string): string {
    const count = this.wish.draft.kind.count ?? 'one'
    const container = /^(?:bottle|box|bag|tube|set|pair)\b/.test(this.wish.ask)
    if (count === 'pair' && this.plural) return `${this.one(['a pair of ', 'a pair of ', 'some ', ''])}${words}`
    if (count !== 'one' && !container) return `${this.one(['some ', '', ''])}${words}`
    if (this.plural) return `${this.one(['some ', ''])}${words}`
    return `${/^(?:[aeio]|u(?!s[be]|su))/.test(words) ? 'an' : 'a'} ${words}`
  }
}

/** Where a remark may stand: before the thing, after it, in a sentence of its own; and bare, in a list. */
interface Remark {
  readonly before?: string
  readonly after: string
  readonly apart: string
  readonly bare: string
}

function traitRemark(w: Wording, trait: Trait): Remark {
  const said = w.said(trait)
  const be = w.plural ? 'are' : 'is'
  if (/^that /.test(said))
    return { after: said, apart: `i want ${w.plural ? 'ones' : 'one'} ${said}`, bare: said.slice(5) }
  switch (trait.phrasing) {
    case 'is': {
      if (/^(?:without|with|from|finished|lined|free of|wrapped) /.test(said))
        return { after: said, apart: `${w.it} should be ${said}`, bare: said }
      const stiff = /^(?:ok|not|good|safe|hard|low in|easy to b|some|small en|simple to|washable in)/.test(said)
      const remark = {
        after: w.one([
          `that ${be} ${said}`,
          `that ${be} ${said}`,
          `which ${be} ${said}`,
          w.plural ? `that are ${said}` : `that's ${said}`,
        ]),
        apart: w.one([
          `${w.it} should be ${said}`,
          `${w.it} must be ${said}`,
          `${w.it} ${w.plural ? 'need' : 'needs'} to be ${said}`,
          `${w.it} ${w.plural ? 'have' : 'has'} to be ${said}`,
          `make sure ${w.it} ${be} ${said}`,
          `must be ${said}`,
          `${said} is a must`,
          `i only want ${said}`,
        ]),
        bare: said,
      }
      return stiff ? remark : { ...remark, before: said }
    }
    case 'has': {
      const noun = said.replace(/^an? /, '')
      const has = w.plural ? 'have' : 'has'
      const remark = {
        after: w.one([
          `with ${said}`,
          `with ${said}`,
          `with ${said}`,
          `that ${has} ${said}`,
          `featuring ${said}`,
          `that ${w.plural ? 'come' : 'comes'} with ${said}`,
        ]),
        apart: w.one([
          `${w.it} should have ${said}`,
          `must have ${said}`,
          `i want ${said}`,
          `${w.it} ${w.plural ? 'need' : 'needs'} ${said}`,
          `${noun} is important to me`,
          `make sure ${w.it} ${has} ${said}`,
        ]),
        bare: noun,
      }
      return /^(?:no|lots|plenty|legs|outsole|good|nothing|pockets|all|0|wide legs)\b/.test(noun)
        ? remark
        : { ...remark, before: noun }
    }
    case 'for':
      return {
        after: w.one([
          `for ${said}`,
          `for ${said}`,
          `that works for ${said}`.replace('works', w.plural ? 'work' : 'works'),
          `suitable for ${said}`,
          `made for ${said}`,
        ]),
        apart: w.one([
          `${w.it} ${be} for ${said}`,
          `should be good for ${said}`,
          `i will use ${w.plural ? 'them' : 'it'} for ${said}`,
          `has to work for ${said}`,
        ]),
        bare: `for ${said}`,
      }
    case 'of':
      return {
        before: said.replace(/^real /, ''),
        after: w.one([`made of ${said}`, `made from ${said}`, `that ${be} ${said}`, `made out of ${said}`]),
        apart: w.one([
          `${w.it} should be made of ${said}`,
          `the material should be ${said}`,
          `${said} only`,
          `${said} is what i want`,
        ]),
        bare: said,
      }
  }
}

function optionRemark(w: Wording, group: string, value: string): Remark {
  const v = w.value(value)
  const ones = w.plural ? 'ones' : 'one'
  switch (group) {
    case 'color':
      return {
        before: w.one([v, v, `${v} colored`]),
        after: w.one([
          `in ${v}`,
          `in ${v}`,
          `in the color ${v}`,
          `in ${v} color`,
          `that ${w.plural ? 'come' : 'comes'} in ${v}`,
        ]),
        apart: w.one([
          `the color should be ${v}`,
          `i want the ${v} ${ones}`,
          `${v} is my color`,
          `i prefer ${v}`,
          `color ${v}`,
          `get it in ${v}`,
        ]),
        bare: w.one([v, v, `color: ${v}`, `${v} color`]),
      }
    case 'flavor name':
    case 'scent': {
      const word = group === 'scent' ? 'scent' : 'flavor'
      return {
        before: w.one([v, `${v} ${word}ed`]),
        after: w.one([`in ${v}`, `in ${v} ${word}`, `in the ${v} ${word}`, `with the ${v} ${word}`]),
        apart: w.one([
          `i want the ${v} ${word}`,
          `${word} should be ${v}`,
          `${v} ${word} please`,
          `the ${v} one sounds best`,
        ]),
        bare: w.one([`${v} ${word}`, v, `${word} ${v}`]),
      }
    }
    case 'width':
      return {
        after: `in ${v}${/width/.test(v) ? '' : ' width'}`,
        apart: w.one([`width ${v}`, `my feet need ${v}`]),
        bare: v,
      }
    case 'pack':
      return {
        after: w.one([`in a ${v}`, `, ${v}`, `that comes as a ${v}`]),
        apart: w.one([`i need the ${v}`, `a ${v} would be best`, v]),
        bare: v,
      }
    case 'style':
      return {
        after: w.one([`in ${v}`, `in the ${v} style`, `, ${v}`]),
        apart: w.one([`i want the ${v} ${ones}`, `style should be ${v}`, `get the ${v} version`, v]),
        bare: w.one([v, `style ${v}`]),
      }
    default: {
      const bulky = /[("]|count|ounce|oz|pack|pound|lb|feet|ft|inch|mah|piece|phone| x /.test(v)
      return bulky
        ? {
            after: w.one([`in ${v}`, `, ${v}`, `in the ${v} size`, `size ${v}`, `in size ${v}`]),
            apart: w.one([
              `the size should be ${v}`,
              `i need the ${v}`,
              `size: ${v}`,
              `${v} would be right`,
              `get me the ${v} size`,
            ]),
            bare: w.one([v, v, `size ${v}`]),
          }
        : {
            after: w.one([`in size ${v}`, `in a size ${v}`, `size ${v}`, `in a ${v}`, `in ${v}`]),
            apart: w.one([
              `i need a size ${v}`,
              `the size should be ${v}`,
              `size ${v}`,
              `i take a ${v}`,
              `size ${v} please`,
            ]),
            bare: w.one([v, `size ${v}`, `size: ${v}`]),
          }
    }
  }
}

interface Parts {
  readonly remarks: readonly Remark[]
  readonly bareThing: string
}

function gather(w: Wording): Parts {
  const remarks = [
    ...w.wish.traits.map((trait) => traitRemark(w, trait)),
    ...w.wish.options.map(([group, value]) => optionRemark(w, group, value)),
  ]
  return { remarks: w.random.shuffled(remarks), bareThing: w.wish.ask }
}

function joined(w: Wording, afters: readonly string[]): string {
  let text = ''
  for (const [i, after] of afters.entries()) {
    const glue = i === 0 ? ' ' : w.one([' ', ' ', ' and ', ', ', ' and ', ', and '])
    text += /^, /.test(after) ? after : `${glue}${after}`
  }
  return text
}

function listed(w: Wording, items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')}${w.one([' and ', ', and ', ', '])}${items.at(-1)}`
}

/** The thing with remarks before and after it; what found no place is left over as sentences. */
function nounPhrase(w: Wording, parts: Parts, apartShare: number): { phrase: string; apart: readonly string[] } {
  const before: string[] = []
  const after: string[] = []
  const apart: string[] = []
  for (const remark of parts.remarks) {
    if (w.chance(apartShare)) apart.push(remark.apart)
    else if (remark.before !== undefined && before.length < 2 && w.chance(0.45)) before.push(remark.before)
    else after.push(remark.after)
  }
  const adjectives = before.join(w.one([' ', ', ', ' ']))
  const words = adjectives === '' ? parts.bareThing : `${adjectives} ${parts.bareThing}`
  return { phrase: `${w.determined(words)}${joined(w, after)}`, apart }
}

function withSentences(w: Wording, text: string, sentences: readonly string[]): string {
  let whole = text
  for (const sentence of sentences)
    whole += `${/\?$/.test(whole) ? ' ' : w.one(['. ', '. ', ', ', ' and ', '; ', '. also '])}${sentence}`
  return whole
}

function reason(w: Wording): string {
  return w.one(w.wish.reasons)
}

type Shape = (w: Wording, parts: Parts) => readonly [variant: string, text: string]

function opened(w: Wording, phrase: string): readonly [string, string] {
  const at = w.one(w.worker.openers)
  return [String(at), (OPENERS[at] ?? '{}').replace('{}', () => phrase)]
}

const plainRequest: Shape = (w, parts) => {
  const { phrase, apart } = nounPhrase(w, parts, 0.12)
  const [at, text] = opened(w, phrase)
  return [`plain ${at}`, withSentences(w, text, apart)]
}

const requestThenNeeds: Shape = (w, parts) => {
  const { phrase, apart } = nounPhrase(w, parts, 0.6)
  const [at, text] = opened(w, phrase)
  return [`needs ${at}`, withSentences(w, text, apart)]
}

const fragments: Shape = (w, parts) => {
  const items = parts.remarks.map((remark) => remark.bare)
  const kind = w.random.below(6)
  const glue = w.one([', ', ', ', ' ', ' / ', ' - '])
  if (kind === 0) return [`list first${glue}`, [parts.bareThing, ...items].join(glue)]
  if (kind === 1) return [`list last${glue}`, [...items, parts.bareThing].join(glue)]
  if (kind === 2) return ['list colon', `${parts.bareThing}: ${listed(w, items)}`]
  if (kind === 3) return ['list w/', `${parts.bareThing} w/ ${listed(w, items)}`]
  if (kind === 4) return ['list middle', [items[0], parts.bareThing, ...items.slice(1)].join(' ')]
  return ['list parens', `${parts.bareThing} (${items.join(', ')})`]
}

const reasonFirst: Shape = (w, parts) => {
  const { phrase, apart } = nounPhrase(w, parts, 0.2)
  const [kind, text] = w.one([
    ['so', `${reason(w)} so i need ${phrase}`],
    ['period', `${reason(w)}. i am looking for ${phrase}`],
    ['because', `i need ${phrase} because ${reason(w)}`],
    ['and now', `${reason(w)} and now i want ${phrase}`],
    ['since', `since ${reason(w)}, help me find ${phrase}`],
    ['dash', `${phrase} - ${reason(w)}`],
  ] as const)
  return [`reason ${kind}`, withSentences(w, text, apart)]
}

const needsFirst: Shape = (w, parts) => {
  const apart = parts.remarks.map((remark) => remark.apart)
  const thing = w.determined(parts.bareThing)
  const bare = listed(
    w,
    parts.remarks.map((remark) => remark.bare),
  )
  const [kind, text] = w.one([
    ['thats what', `${apart.join(', ')}. that's the kind of ${parts.bareThing} i want`],
    ['something', `something ${bare}, i mean ${thing}`],
    ['when it comes', `when it comes to ${parts.bareThing} i look for ${bare}`],
    ['kind of', `what kind of ${parts.bareThing} do you have? ${apart.join('. ')}`],
    ['any', `any ${parts.bareThing} will do as long as ${apart.join(' and ')}`],
    ['question list', `do you carry ${parts.bareThing}? ${bare}`],
    ['requirements', `${thing}. requirements: ${bare}`],
    ['wrong one', `i bought the wrong ${parts.bareThing} last time. this time: ${bare}`],
    ['the one', `the ${parts.bareThing} i want: ${apart.join(', ')}`],
    ['shopping list', `on my shopping list is ${thing}, ${bare}`],
  ] as const)
  return [`first ${kind}`, text]
}

const SHAPES: readonly (readonly [Shape, number])[] = [
  [plainRequest, 0.44],
  [requestThenNeeds, 0.24],
  [fragments, 0.13],
  [reasonFirst, 0.09],
  [needsFirst, 0.1],
]

/** Swaps, drops or doubles a letter of one longer word that is neither the thing nor an option. */
function mistyped(w: Wording, text: string): string {
  const kept = new Set([w.wish.ask, ...w.wish.options.map(([, value]) => value)].join(' ').split(' '))
  const words = text.split(' ')
  const at = w.random.below(words.length)
  const word = words[at] ?? ''
  if (!/^[a-z]{5,}$/.test(word) || kept.has(word)) return text
  const i = 1 + w.random.below(word.length - 2)
  words[at] = w.one([
    `${word.slice(0, i)}${word[i + 1]}${word[i]}${word.slice(i + 2)}`,
    `${word.slice(0, i)}${word.slice(i + 1)}`,
    `${word.slice(0, i)}${word[i]}${word.slice(i)}`,
  ])
  return words.join(' ')
}

export function writeInstruction(random: RandomStream, wish: Wish): Instruction {
  const n = random.child('worker').below(WORKERS)
  const worker = newWorker(stream(2505).child('worker', n), n)
  const w = new Wording(random.child('words'), worker, wish)
  const [shape, written] = pickWeighted(w.random, SHAPES)(w, gather(w))
  let text = written
  if (w.chance(worker.reasons) && !shape.startsWith('reason')) text = `${text}. ${reason(w)}`
  else if (w.chance(worker.please) && !/please/.test(text)) text = `${text} please`
  if (!worker.apostrophes) text = text.replace(/(?<=[a-z])'(?=[a-z])/g, '')
  if (w.chance(worker.typos)) text = mistyped(w, text)
  text = text
    .replace(/\s+([,.?])/g, '$1')
    .replace(/ {2,}/g, ' ')
    .replace(/([,.?])[,.]/g, '$1')
    .trim()
    .toLowerCase()
  if (/\?/.test(text.slice(-1)) && !worker.period) text = text.slice(0, -1)
  if (worker.period && !/[.?]$/.test(text)) text = `${text}.`
  return { text, shape, worker: worker.id }
}
