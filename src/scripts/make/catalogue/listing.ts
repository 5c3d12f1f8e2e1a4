/**
 * Listing prose: titles, bullet points and descriptions. A family keeps one voice (title shape, bullet headings,
 * sentences), so that its members read alike but for what sets them apart.
 */
import type { RandomStream } from '../../../core/random.ts'
import {
  alternatives,
  type Department,
  type KindRow,
  type OptionGroup,
  pick,
  pickWeighted,
  type Trait,
} from './model.ts'

/** How one family's listings are written. */
export interface Voice {
  readonly brand: string
  readonly series: string
  /** Title's name of the thing, with `Men's` or `Women's` where it matters. */
  readonly head: string
  readonly titleShape: number
  readonly flourish: string
  readonly heading: number
  readonly about: readonly string[]
  readonly closings: readonly string[]
  /** How many traits the title shows, 0 to 2; the others take reading. */
  readonly shown: number
  /** Whether the title ends with an option's value, as if it were the only one. */
  readonly showsOption: boolean
  /** The first bullet is indexed by the search; in some families it tells nothing about traits. */
  readonly aboutFirst: boolean
  readonly order: RandomStream
}

const FLOURISHES = [
  '',
  '',
  '',
  'New Arrival',
  'Great Gift Idea',
  'for Home and Travel',
  'Updated Version',
  'Gift for Mom or Dad',
  'Best Value',
  'for Adults and Teens',
  'Limited Batch',
  'Satisfaction Guarantee',
] as const

const TITLE_SHAPES = 7
const HEADINGS = 6

export function newVoice(random: RandomStream, department: Department, kind: KindRow, brand: string): Voice {
  const audience = /^(?:Wom|M)en's/.exec(kind.query)?.[0]
  const head = pick(random, alternatives(kind.heads))
  return {
    brand,
    series: pick(random, alternatives(department.series)),
    head: audience === undefined ? head : `${audience} ${head}`,
    titleShape: random.below(TITLE_SHAPES),
    flourish: pick(random, FLOURISHES),
    shown: pickWeighted(random, [
      [0, 0.5],
      [1, 0.35],
      [2, 0.15],
    ] as const),
    showsOption: random.next() < 0.5,
    heading: random.below(HEADINGS),
    about: alternatives(kind.about).map((sentence) => sentence.replaceAll('{b}', brand.replace('&', '&amp;'))),
    closings: random.shuffled(alternatives(department.closings)).slice(0, 2),
    aboutFirst: random.next() < 0.85,
    order: random.child('order'),
  }
}

function isTail(title: string): boolean {
  return /^(?:for|with) /.test(title)
}

/** At most two traits show in a title; the others take reading. `place` is the product's place in its family. */
export function writeTitle(
  voice: Voice,
  traits: readonly Trait[],
  options: readonly OptionGroup[],
  edition: string,
  place: number,
): string {
  const values = options[0]?.values ?? []
  const value = voice.showsOption ? values[place % values.length] : undefined
  return value === undefined ? bareTitle(voice, traits, edition) : `${bareTitle(voice, traits, edition)}, ${value}`
}

function bareTitle(voice: Voice, traits: readonly Trait[], edition: string): string {
  const shown = traits
    .slice(0, voice.titleShape === 6 ? Math.min(1, voice.shown) : voice.shown)
    .map((trait) => trait.title)
  const [first = '', second = ''] = shown
  const front = isTail(first) ? (isTail(second) ? '' : second) : first
  const rest = shown.filter((title) => title !== front)
  const after = rest.filter(isTail).join(' ')
  const listed = rest.filter((title) => !isTail(title))
  const { brand, series, head, flourish } = voice
  const phrase = (...words: readonly string[]): string => words.filter((word) => word !== '').join(' ')
  const commas = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ')
  switch (voice.titleShape) {
    case 0:
      return commas(phrase(brand, front, head, after), ...listed, edition, flourish)
    case 1:
      return phrase(
        brand,
        series,
        head,
        after,
        '-',
        commas(phrase(front), ...listed, edition || flourish || 'Standard'),
      )
    case 2:
      return commas(phrase(head, 'by', brand), front, ...listed, phrase(edition, after), series)
    case 3:
      return phrase(front, head, after, '|', commas(...listed, phrase(brand, series), edition, flourish))
    case 4:
      return phrase(brand, edition, head, after, `(${commas(front || 'Classic', ...listed, `${series} Collection`)})`)
    case 5:
      return commas(
        phrase(brand, series, front, head),
        phrase('Designed', after || 'for Every Day'),
        ...listed,
        edition,
      )
    default:
      return phrase(commas(phrase(brand, series, head), edition, flourish), front === '' ? after : `- ${front}`)
  }
}

function headed(voice: Voice, heading: string, sentence: string): string {
  switch (voice.heading) {
    case 1:
      return `${heading.toUpperCase()} - ${sentence}`
    case 2:
      return `【${heading}】${sentence}`
    case 3:
      return `✓ ${sentence}`
    case 4:
      return `${heading}: ${sentence}`
    case 5:
      return `${heading.toUpperCase()}: ${sentence} `
    default:
      return sentence
  }
}

/** Three to six bullets. */
export function listBullets(random: RandomStream, voice: Voice, traits: readonly Trait[]): readonly string[] {
  // the draw is by trait name, so that members of a family share the bullets of what they share
  const bullets = voice.order
    .child(traits.length)
    .shuffled(traits.map((trait, place) => ({ trait, place })))
    .filter(({ place }) => place >= 2 || random.next() < 0.8)
    .map(({ trait }) =>
      headed(
        voice,
        trait.title.replace(/^(?:for|with) /, ''),
        pick(voice.order.child('bullet', trait.name), trait.bullets),
      ),
    )
  const [about = '', second = ''] = voice.about
  const [closing = ''] = voice.closings
  const all = voice.aboutFirst ? [headed(voice, 'About', about), ...bullets] : [...bullets, about]
  if (all.length < 6 && second !== '' && voice.heading % 2 === 0) all.push(headed(voice, 'Good to Know', second))
  if (all.length < 6) all.push(headed(voice, 'Note', closing))
  return all.slice(0, 6)
}

const OPENINGS = [
  'Meet {h} from {b}.',
  '{b} has made its {h} better again.',
  'Our {h} started as a gift for a friend.',
  'Looking for a {h} that just works? So were we.',
  'The {h} you will reach for first.',
  'A {h}, done properly.',
  'There&#39;s a reason people come back to {b}.',
  'Simple, honest, made to be used: the {b} {s} line.',
] as const

/** What the product is, and one of its traits in some; empty now and then. */
export function describe(random: RandomStream, voice: Voice, traits: readonly Trait[]): string {
  if (random.next() < 0.1) return ''
  const opening = pick(voice.order.child('opening'), OPENINGS)
    .replace('{h}', voice.head.toLowerCase())
    .replace('{b}', voice.brand.replace('&', '&amp;'))
    .replace('{s}', voice.series)
  const told = random.next() < 0.2 ? traits[random.below(traits.length)] : undefined
  const detail = told === undefined ? '' : (told.bullets[random.below(told.bullets.length)] ?? '')
  const sentences = [opening, voice.about[1] ?? '', detail, voice.closings[1] ?? '']
  return sentences.filter((sentence) => sentence !== '').join(' ')
}
