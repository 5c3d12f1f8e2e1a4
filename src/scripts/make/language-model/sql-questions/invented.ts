/** Databases that nobody wrote: tables, columns and rows drawn anew, so that a model has to read them. */
import type { RandomStream } from '../../../../core/random.ts'
import { at, between, type Cell, dayAfter, pick, type Row, rows, type Table, table } from '../../databases/model.ts'

const words = (text: string): readonly string[] => text.split(' ')

/** Nouns for what has a name. */
const ENTITIES = words(
  'painter gallery museum author book library hotel guest room ship captain harbour train station driver airport pilot aircraft ' +
    'school teacher pupil course lecturer student hospital nurse surgeon farm farmer field orchard vineyard wine winery brewery beer ' +
    'restaurant cook dish menu shop seller brand factory worker machine engineer bridge river lake mountain climber guide tour ' +
    'park ranger garden gardener flower zoo keeper animal shelter owner dog horse rider stable race team coach stadium club sailor ' +
    'boat marina orchestra musician concert composer opera singer band album theatre actor play dancer choir studio sculptor statue ' +
    'castle village mayor company employee department project office manager branch bank customer account courier warehouse product ' +
    'supplier recipe bakery market stall potter kiln tailor dress jeweller ring smith forge lighthouse cave diver reef island ferry ' +
    'robot sensor laboratory scientist telescope comet satellite planet journal editor article newspaper reporter podcast host ' +
    'quiz puzzle tower mill clock bell tunnel cable lift trail camp scout festival poet poem printer map atlas stamp coin collector',
)

/** Nouns for what happens between them; none of them is a word of SQL's own. */
const EVENTS = words(
  'visit sale rental booking delivery repair test game lesson exam trip flight voyage loan purchase payment invoice ' +
    'review award contract shift meeting session treatment harvest tasting auction bid exhibition inspection report vote ' +
    'donation transfer ticket reservation entry appointment interview rehearsal recording survey dive ride',
)

const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  colour: words('red blue green white black yellow grey brown purple'),
  kind: words('small public private modern historic mobile open'),
  category: words('basic family business luxury standard sport'),
  style: words('classic baroque gothic plain rustic abstract'),
  material: words('wood steel stone glass copper clay marble'),
  status: words('active closed planned late cancelled finished paid open'),
  genre: words('comedy drama crime fantasy romance jazz folk rock'),
  season: words('spring summer autumn winter'),
  shape: words('round square oval flat curved'),
  grade: words('junior senior expert beginner master'),
  weather: words('sunny cloudy rainy windy foggy'),
  fuel: words('diesel electric petrol hydrogen steam'),
  flavour: words('sweet sour bitter salty spicy nutty'),
  subject: words('history physics music biology art geography'),
  level: words('easy medium hard extreme'),
  weekday: words('Monday Tuesday Wednesday Thursday Friday Saturday Sunday'),
  profession: words('baker lawyer plumber carpenter nurse farmer clerk'),
  language: words('French German Italian Welsh Basque Danish'),
  result: words('won lost drawn'),
  outcome: words('passed failed postponed'),
  payment: words('cash card voucher'),
  cause: words('frost fire flood rust storm'),
  breed: words('Merino Angus Jersey Suffolk Dexter'),
  membership: words('full trial student guest'),
  size: words('tiny small large huge'),
}

const PLACES = words('city town country region district quarter county island valley village')

/** Column to the range of its whole numbers; a third number is the share of halves. */
const NUMBERS: Readonly<Record<string, readonly [number, number]>> = {
  weight_kg: [1, 900],
  weight_g: [20, 4000],
  height_m: [2, 300],
  height_cm: [20, 220],
  length_km: [1, 400],
  length_m: [3, 250],
  width_cm: [5, 300],
  depth_m: [2, 900],
  altitude_m: [10, 4000],
  area_m2: [10, 9000],
  distance_km: [1, 700],
  price: [2, 900],
  cost: [5, 9000],
  fee: [5, 300],
  salary: [18000, 90000],
  wage: [11, 60],
  monthly_fee: [5, 90],
  budget: [1000, 900000],
  prize: [50, 9000],
  deposit: [10, 500],
  age: [16, 90],
  rating: [1, 10],
  points: [0, 100],
  score: [1, 20],
  seats: [10, 800],
  rooms: [1, 200],
  beds: [1, 60],
  pages: [40, 900],
  visitors: [20, 9000],
  guests: [1, 12],
  members: [2, 300],
  passengers: [5, 800],
  employees: [1, 700],
  capacity: [20, 5000],
  population: [200, 90000],
  minutes: [5, 240],
  duration_min: [5, 300],
  hours: [1, 40],
  nights: [1, 21],
  days: [1, 60],
  seconds: [10, 600],
  speed: [5, 320],
  top_speed: [10, 320],
  quantity: [1, 50],
  stock: [0, 400],
  copies: [1, 90],
  attempts: [1, 12],
  goals: [0, 9],
  floors: [1, 60],
  temperature: [0, 40],
  difficulty: [1, 12],
  experience_years: [0, 40],
  delay_min: [0, 60],
  mileage_km: [100, 90000],
  tickets_sold: [0, 900],
  floor_area: [20, 900],
}
const YEARS = words('built born birth_year founded opened_year release_year formed')
const DATES = words(
  'joined hired bought_on opened_on birth_date delivered_on played_on held_on signed_on painted_on sent_on reported_on started departure arrival starts_at placed_at',
)
const FLAGS = words(
  'insured signed vegan indoor heated licensed open_air guided online certified paid returned protected accepted sponsored',
)
const NOTES = words('phone room nickname motto')

const STARTS = words(
  'Al Bar Cal Dor El Fen Gal Har Il Jor Kel Lor Mar Nor Os Pel Quin Ros Sel Tor Ul Ver Wil Yar Zan Bel Cor Dan Ev Fal',
)
const ENDS = words('a an en is o us in ara ella ick ard wen mond ette son by ton ham ley worth mere field gate bury')
const ADJECTIVES = words(
  'Quiet Golden Last Broken Silver Little Lost Wild Northern Old Hidden Grand Blue Empty First Iron',
)
const NOUNS = words(
  'River Sea Garden Star Road Crown Mirror Forest Lantern Bridge Harbour Window Winter Stone Bell Orchard',
)

export const made = (random: RandomStream): string => pick(random, STARTS) + pick(random, ENDS)

function nameOf(kind: string, random: RandomStream): string {
  if (kind === 'person') return `${made(random)} ${made(random)}`
  if (kind === 'work') return `${random.next() < 0.5 ? 'The ' : ''}${pick(random, ADJECTIVES)} ${pick(random, NOUNS)}`
  return random.next() < 0.5 ? made(random) : `${made(random)} ${pick(random, NOUNS)}`
}

interface Field {
  readonly name: string
  readonly type: string
  draw(random: RandomStream, n: number): Cell
}

/** `count` fields that are not keys. */
function fields(count: number, random: RandomStream): readonly Field[] {
  const chosen = new Map<string, Field>()
  while (chosen.size < count) {
    const field = aField(random)
    if (!chosen.has(field.name)) chosen.set(field.name, field)
  }
  return [...chosen.values()]
}

function aField(random: RandomStream): Field {
  const form = random.next()
  const nulls = random.next() < 0.25 ? 0.2 : 0
  const perhaps = (random: RandomStream, cell: Cell): Cell => (random.next() < nulls ? null : cell)
  if (form < 0.22) {
    const name = pick(random, Object.keys(CATEGORIES))
    const values = random.shuffled(CATEGORIES[name] ?? []).slice(0, 3 + random.below(4))
    return { name, type: 'varchar(20)', draw: (r) => perhaps(r, pick(r, values)) }
  }
  if (form < 0.36) {
    const name = pick(random, PLACES)
    const values = Array.from({ length: 3 + random.below(4) }, () =>
      random.next() < 0.3 ? `${made(random)} ${pick(random, NOUNS)}` : made(random),
    )
    return { name, type: 'varchar(30)', draw: (r) => perhaps(r, pick(r, values)) }
  }
  if (form < 0.72) {
    const name = pick(random, Object.keys(NUMBERS))
    const [low, high] = NUMBERS[name] ?? [0, 1]
    if (random.next() < 0.75) return { name, type: 'int', draw: (r) => perhaps(r, between(r, low, high)) }
    return { name, type: 'decimal(9,2)', draw: (r) => perhaps(r, between(r, low * 10, high * 10) / 10) }
  }
  if (form < 0.81) return { name: pick(random, YEARS), type: 'int', draw: (r) => perhaps(r, between(r, 1900, 2023)) }
  if (form < 0.9) {
    const name = pick(random, DATES)
    const moment = /_at$|departure|arrival/.test(name) && random.next() < 0.7
    const day = (r: RandomStream): string => dayAfter('1990-01-01', between(r, 0, 12000))
    if (moment) return { name, type: 'datetime', draw: (r) => perhaps(r, at(day(r), between(r, 0, 287) * 5)) }
    return { name, type: 'date', draw: (r) => perhaps(r, day(r)) }
  }
  if (form < 0.97)
    return { name: pick(random, FLAGS), type: 'varchar(3)', draw: (r) => perhaps(r, pick(r, ['yes', 'no'])) }
  return {
    name: pick(random, NOTES),
    type: 'varchar(20)',
    draw: (r) => (r.next() < 0.3 ? null : `${made(r)}-${between(r, 10, 99)}`),
  }
}

function entity(name: string, parent: Table | undefined, random: RandomStream): Table {
  const id = `${name}_id`
  const kind = pick(random, ['person', 'work', 'place'])
  const named =
    kind === 'work'
      ? pick(random, ['title', 'name'])
      : pick(random, kind === 'person' ? ['name', 'name', 'full_name'] : ['name', 'name', 'label'])
  const own = fields(2 + random.below(3), random)
  const count = 7 + random.below(8)
  const names = [...new Set(Array.from({ length: 3 * count }, () => nameOf(kind, random)))].slice(0, count)
  const columns: Record<string, string> = { [id]: 'int', [named]: 'varchar(40)' }
  for (const field of own) columns[field.name] = field.type
  const refers =
    parent === undefined ? undefined : pick(random, [parent.key[0] ?? '', parent.key[0] ?? '', `home_${parent.key[0]}`])
  if (refers !== undefined) columns[refers] = 'int'
  const drawn = names.map(
    (called, i): Row => [
      i + 1,
      called,
      ...own.map((field) => field.draw(random, i)),
      ...(parent === undefined
        ? []
        : [random.next() < 0.1 ? null : between(random, 1, Math.max(1, parent.rows.length - 2))]),
    ],
  )
  return table(
    name,
    columns,
    [id],
    refers === undefined || parent === undefined ? {} : { [refers]: parent.name },
    drawn,
  )
}

function event(name: string, parents: readonly Table[], random: RandomStream): Table {
  const id = `${name}_id`
  const own = fields(2 + random.below(3), random)
  const keyed = random.next() < 0.7
  const columns: Record<string, string> = keyed ? { [id]: 'int' } : {}
  for (const parent of parents) columns[parent.key[0] ?? ''] = 'int'
  for (const field of own) columns[field.name] = field.type
  const drawn = rows(25 + random.below(30), (n) => [
    ...(keyed ? [n] : []),
    ...parents.map((parent) => between(random, 1, Math.max(1, parent.rows.length - 2))),
    ...own.map((field) => field.draw(random, n)),
  ])
  return table(
    name,
    columns,
    keyed ? [id] : [],
    Object.fromEntries(parents.map((parent) => [parent.key[0] ?? '', parent.name])),
    drawn,
  )
}

/** Three to six tables: things, some of which belong to one another, and what happens between them. */
export function inventedTables(random: RandomStream): readonly Table[] {
  const names = random.shuffled(ENTITIES)
  const tables: Table[] = []
  const entities = 2 + random.below(2)
  for (let i = 0; i < entities; i++) {
    const parent = i > 0 && random.next() < 0.6 ? pick(random, tables) : undefined
    tables.push(entity(names[i] ?? 'thing', parent, random))
  }
  const events = random.shuffled(EVENTS).slice(0, 1 + random.below(2))
  for (const name of events)
    tables.push(event(name, random.shuffled(tables.slice(0, entities)).slice(0, 1 + random.below(2)), random))
  return tables
}
