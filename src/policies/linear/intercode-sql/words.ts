/** Words as the embedded policy compares them: stems, the parts of identifiers, and a few words that mean the same. */
import { stemmer } from 'stemmer'

const stems = new Map<string, string>()
const MOST_STEMS = 50_000

/** Porter's stem, taken twice so that `statuses` and `status` meet. */
export function stem(word: string): string {
  let known = stems.get(word)
  if (known === undefined) {
    if (stems.size >= MOST_STEMS) stems.clear()
    known = word.length > 60 ? word.slice(0, 60).toLowerCase() : stemmer(stemmer(word.toLowerCase()))
    stems.set(word, known)
  }
  return known
}

/** What an abbreviated unit in a column name is called in a question. */
const UNITS: Readonly<Record<string, readonly string[]>> = {
  m: ['m', 'metre', 'meter'],
  km: ['km', 'kilometre', 'kilometer'],
  cm: ['cm', 'centimetre'],
  kg: ['kg', 'kilogram', 'kilo'],
  g: ['g', 'gram'],
  s: ['second'],
  min: ['minute'],
  ly: ['light-year', 'ly'],
  deg: ['degree'],
  m2: ['m2'],
}

/** Parts of a name that say nothing of what it holds. */
const EMPTY_PARTS: ReadonlySet<string> = new Set(['id', 'no', 'of', 'on', 'at', 'per', 'the', 'in', 'is', 'code'])

export interface Identifier {
  /** Stems of the parts that say something. */
  readonly words: readonly string[]
  /** Stems of the units' names. */
  readonly units: readonly string[]
}

const identifiers = new Map<string, Identifier>()
const MOST_IDENTIFIERS = 10_000

/** The same name is read once. */
export function readIdentifier(name: string): Identifier {
  let known = identifiers.get(name)
  if (known === undefined) {
    if (identifiers.size >= MOST_IDENTIFIERS) identifiers.clear()
    known = partsOf(name)
    identifiers.set(name, known)
  }
  return known
}

function partsOf(name: string): Identifier {
  const parts = name
    .slice(0, 100)
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '')
  const units = parts.slice(1).flatMap((part) => UNITS[part] ?? [])
  const words = parts.filter((part, i) => !(EMPTY_PARTS.has(part) || (i > 0 && Object.hasOwn(UNITS, part))))
  return { words: (words.length === 0 ? parts : words).map(stem), units: units.map(stem) }
}

/** Groups of words of which one in a question may mean another one in a column's name. */
const GROUPS: readonly string[] = [
  'long length duration second runtime hour minute exposure day last',
  'length second kilometre duration long runtime height',
  'short length duration second runtime hour minute exposure height',
  'quick day duration minute hour speed',
  'old age born birth year built opened',
  'young age born birth year built',
  'born birth',
  'birth born',
  'departure from start',
  'destination to end',
  'built year',
  'released release year',
  'release released',
  'earliest year date',
  'late date year',
  'recent date year born',
  'when date start starts started',
  'start starts departure began',
  'time starts start departure',
  'date held birth',
  'high height altitude rating price',
  'tall height',
  'heavy weight',
  'weigh weight',
  'light weight',
  'fast speed',
  'expensive price cost fee',
  'dear price cost',
  'cheap price cost fee',
  'cost price fee',
  'price cost fare priced',
  'fare price',
  'pay wage salary fee prize',
  'earn wage salary pay',
  'salary wage pay',
  'hold capacity',
  'big capacity size seats honey',
  'popular listeners riders rating',
  'difficult difficulty',
  'hard difficulty harder',
  'near mile distance',
  'far mile distance',
  'male sex gender',
  'female sex gender',
  'live village city town',
  'come country city nationality',
  'speak language',
  'experience year',
  'sell sold ticket',
  'title name',
  'label name',
  'designation name',
  'person name',
  'number no',
  'delay delayed late',
  'state status',
  'location city country district',
]

const RELATED: ReadonlyMap<string, readonly string[]> = new Map(
  GROUPS.map((group) => {
    const [head = '', ...others] = group.split(' ')
    return [stem(head), others.map(stem)]
  }),
)

/** Stems that a question's word may stand for, besides itself. */
export function related(word: string): readonly string[] {
  return RELATED.get(word) ?? RELATED.get(stem(word.replace(/(?:i?er|i?est)$/, ''))) ?? []
}

/** Words of questions that name nothing. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and are as at be but by for from if in into is it no not of on or such that the their then there these they this to was ' +
    'will with which what who whose whom where when why how many much count number list show give find name names all any some ' +
    'each every per do does did has have had were been being its than more less most least fewer over under above below between ' +
    'before after at up also both only once twice times time ever never without nobody nothing none sorted sort order ordered ' +
    'first last alphabetical alphabetically ascending descending increasing decreasing together total sum average mean maximum ' +
    'minimum highest lowest largest smallest biggest greatest different distinct please their them he she we our can could come ' +
    'comes same other others apart leaving out except excluding those where whether either neither while during since until one ' +
    'two three having make makes made exactly altogether overall least often put add up according group tell me return top whole ' +
    'empty single kg km cm m g s id ids date dates number numbers count counts metre metres minute minutes second seconds gram grams ' +
    'hour hours year years unit units condition among take takes taken carry contain contains belong belongs grow grows need needs ' +
    'get gets use uses word condition something anything anybody person people thing things record records ' +
    'earlier later longer shorter so too just yet still own must should might i you your know known unknown missing recorded record'
  ).split(' '),
)
