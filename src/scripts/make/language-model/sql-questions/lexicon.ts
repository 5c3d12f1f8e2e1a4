/** How questions speak of columns: units, words that mean the same, and adjectives. */

/** What a unit at a column's end is called. */
export const UNITS: Readonly<Record<string, string>> = {
  m: 'm',
  km: 'km',
  cm: 'cm',
  kg: 'kg',
  g: 'g',
  s: 'seconds',
  min: 'minutes',
  ly: 'light-years',
  deg: 'degrees',
  m2: 'm2',
}

/** Highest, lowest, above, below. */
export interface Degrees {
  readonly high: string
  readonly low: string
  readonly more: string
  readonly less: string
}

const degrees = (high: string, low: string, more: string, less: string): Degrees => ({ high, low, more, less })

const LONG = degrees('longest', 'shortest', 'longer', 'shorter')
const DEAR = degrees('most expensive', 'cheapest', 'more expensive', 'cheaper')
const LARGE = degrees('largest', 'smallest', 'larger', 'smaller')

/** By the last word of a column's name without its unit. */
export const ADJECTIVES: Readonly<Record<string, Degrees>> = {
  height: degrees('tallest', 'shortest', 'taller', 'shorter'),
  depth: degrees('deepest', 'shallowest', 'deeper', 'shallower'),
  altitude: degrees('highest', 'lowest', 'higher', 'lower'),
  length: LONG,
  width: degrees('widest', 'narrowest', 'wider', 'narrower'),
  duration: LONG,
  runtime: LONG,
  seconds: LONG,
  minutes: LONG,
  hours: LONG,
  exposure: LONG,
  weight: degrees('heaviest', 'lightest', 'heavier', 'lighter'),
  age: degrees('oldest', 'youngest', 'older', 'younger'),
  price: DEAR,
  cost: DEAR,
  fee: DEAR,
  fare: DEAR,
  speed: degrees('fastest', 'slowest', 'faster', 'slower'),
  difficulty: degrees('hardest', 'easiest', 'harder', 'easier'),
  rating: degrees('best rated', 'worst rated', 'better rated', 'worse rated'),
  wage: degrees('best paid', 'worst paid', 'better paid', 'worse paid'),
  salary: degrees('best paid', 'worst paid', 'better paid', 'worse paid'),
  capacity: LARGE,
  area: LARGE,
  size: LARGE,
  population: LARGE,
}

/** Other words for a column, by its name's words without the unit. */
export const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  wage: ['wage', 'pay'],
  salary: ['salary', 'pay'],
  fee: ['fee', 'charge'],
  price: ['price', 'cost'],
  cost: ['cost', 'price'],
  country: ['country', 'home country'],
  nationality: ['nationality', 'country'],
  city: ['city', 'town'],
  town: ['town'],
  village: ['village'],
  colour: ['colour'],
  kind: ['kind', 'type'],
  category: ['category', 'kind'],
  born: ['year of birth', 'birth year'],
  'birth year': ['birth year', 'year of birth'],
  'birth date': ['birth date', 'date of birth'],
  built: ['year built', 'year of building', 'build year'],
  'release year': ['release year', 'year of release'],
  'opened year': ['opening year', 'year of opening'],
  formed: ['year of forming'],
  released: ['release year', 'year of release'],
  hired: ['hire date', 'date of hiring'],
  joined: ['joining date', 'date of joining'],
  started: ['start', 'start date'],
  'starts at': ['start', 'starting time'],
  'held on': ['date', 'day'],
  departure: ['departure', 'departure time'],
}

/** Participles of columns that hold when something happened: `born after 1980`. */
export const PARTICIPLES: Readonly<Record<string, string>> = {
  born: 'born',
  'birth year': 'born',
  'birth date': 'born',
  built: 'built',
  'release year': 'released',
  released: 'released',
  'opened year': 'opened',
  'opened on': 'opened',
  formed: 'formed',
  founded: 'founded',
  hired: 'hired',
  'licensed on': 'licensed',
  'played on': 'played',
  'played at': 'played',
  'held on': 'held',
  'set on': 'set',
  'climbed on': 'climbed',
  'borrowed on': 'borrowed',
  'reported on': 'reported',
  'worked on': 'worked',
  'inspected on': 'made',
  'taken on': 'taken',
  'called on': 'made',
  'placed at': 'placed',
  'delivered on': 'delivered',
  'bought on': 'bought',
  'painted on': 'painted',
  'sent on': 'sent',
  'signed on': 'signed',
}

/** Columns that say where something is. */
export const PLACES: ReadonlySet<string> = new Set(
  'country city town village county district island valley hall street dome region nationality venue quarter harbour'.split(
    ' ',
  ),
)

const IRREGULAR: Readonly<Record<string, string>> = {
  person: 'people',
  child: 'children',
  entry: 'entries',
  bus: 'buses',
}

export function plural(noun: string): string {
  const cut = noun.lastIndexOf(' ') + 1
  const [rest, last] = [noun.slice(0, cut), noun.slice(cut)]
  const known = IRREGULAR[last]
  if (known !== undefined) return rest + known
  if (/(?:s|x|ch|sh)$/.test(last)) return `${rest}${last}es`
  return /[^aeiou]y$/.test(last) ? `${rest}${last.slice(0, -1)}ies` : `${rest}${last}s`
}

export function article(noun: string): string {
  return /^[aeiou]/.test(noun) && !/^(?:uni|use|one)/.test(noun) ? `an ${noun}` : `a ${noun}`
}
