/** What the policy remembers of an episode: a pure function of its statements and of the observations they gave. */
import { keeper, remembered } from '../../../core/remembered.ts'
import { type Composed, compose } from './compose.ts'
import { type Fit, fitOf } from './fit.ts'
import { type Linking, linkQuestion } from './link.ts'
import { type Mention, mentionOfTable } from './mentions.ts'
import type { Offer, Offers } from './offer.ts'
import type { SeenTexts } from './place-score.ts'
import type { Plan } from './plan.ts'
import { type Question, readQuestion } from './question/question.ts'
import { NOTHING_SHOWN, type Shown } from './schema.ts'

/** An episode's state as the agent may look at it. The observation is asked for apart. */
export interface ShownSqlState {
  readonly task: { readonly instruction: string }
  /** The last statement that ran. */
  readonly query: string | undefined
  readonly done: boolean
}

/** How the last statement went; `schema` is an answer of SHOW or DESCRIBE, `peek` some rows to look at. */
export const WENT = ['nothing', 'schema', 'peek', 'error', 'empty', 'one', 'many'] as const
export type LastWent = (typeof WENT)[number]

/** One question, with what was worked out of it for each schema shown. One a task. */
export interface Reading {
  readonly question: Question
  /** By a schema shown, whoever has worked it out. */
  readonly workedIn: (memory: Pick<SqlMemory, 'key' | 'shown' | 'seen'>) => Worked
  /** What of it was asked for by this task, by the name of what is shown. */
  readonly worked: Map<string, Worked>
  /** Of tables, by name. */
  readonly mentions: Map<string, Mention>
}

/** What a question may mean in a schema. */
export interface Worked {
  readonly linking: Linking
  readonly composed: readonly Composed[]
  /** How well plans agree with the question, by this schema. */
  readonly fits: WeakMap<Plan, Fit>
  /** Offers that all histories which showed this share; made when first needed. */
  describes: readonly Offer[] | undefined
  composes: readonly Offer[] | undefined
  /** What can be done, by what else it depends on: that of the key, or what `make` gives, which is kept. */
  offersIn(key: string, make: () => Offers): Offers
}

export interface SqlMemory {
  readonly reading: Reading
  readonly steps: number
  readonly shown: Shown
  readonly seen: SeenTexts
  /** Names what is shown and seen. */
  readonly key: string
  readonly peeked: readonly string[]
  /** Queries run, in order, each once. */
  readonly asked: readonly string[]
  readonly last: { readonly sql: string; readonly went: LastWent; readonly plan: Plan | undefined }
  /** Worked out when first needed. */
  offers: Offers | undefined
}

/** Questions that are kept, what they mean in a schema (some 10 kB each), and offers (some 3 kB each); the oldest go first. */
const MOST_QUESTIONS = 1024
const MOST_WORKED = 4096
const MOST_OFFERS = 4096

/** Reads questions. Runs and comparisons come back to the same tasks again and again, and see the same of their databases. */
export function createReader(): (instruction: string) => Reading {
  const read = remembered(
    (instruction) => ({ question: readQuestion(instruction), mentions: new Map<string, Mention>() }),
    MOST_QUESTIONS,
  )
  const keepWorked = keeper<Worked>(MOST_WORKED)
  const keepOffers = keeper<Offers>(MOST_OFFERS)
  let made = 0
  return (instruction) => {
    const { question, mentions } = read(instruction)
    const work = (shown: Shown, seen: SeenTexts): Worked => {
      const linking = linkQuestion(question, shown, seen)
      const number = made++
      const offersIn: Worked['offersIn'] = (key, make) => keepOffers(`${number} ${key}`, make)
      return {
        ...{ linking, composed: compose(linking), fits: new WeakMap(), offersIn },
        ...{ describes: undefined, composes: undefined },
      }
    }
    return {
      question,
      workedIn: ({ key, shown, seen }) => keepWorked(`${instruction}\0${key}`, () => work(shown, seen)),
      worked: new Map(),
      mentions,
    }
  }
}

export function emptyMemory(reading: Reading): SqlMemory {
  return {
    reading,
    steps: 0,
    shown: NOTHING_SHOWN,
    seen: new Map(),
    key: '',
    peeked: [],
    asked: [],
    last: { sql: '', went: 'nothing', plan: undefined },
    offers: undefined,
  }
}

/** Schemas that a task keeps in mind, and names of tables that a question does. */
const MOST_IN_MIND = 2000

/** How much of a table's name is in the question. */
export function mentionIn({ question, mentions }: Reading, table: string): Mention {
  let known = mentions.get(table)
  if (known === undefined) {
    known = mentionOfTable(question, table)
    if (mentions.size < MOST_IN_MIND) mentions.set(table, known)
  }
  return known
}

export function workedOf(memory: SqlMemory): Worked {
  const { worked, workedIn } = memory.reading
  let known = worked.get(memory.key)
  if (known === undefined) {
    known = workedIn(memory)
    if (worked.size < MOST_IN_MIND) worked.set(memory.key, known)
  }
  return known
}

export function fitIn({ fits, linking }: Worked, plan: Plan): Fit {
  let known = fits.get(plan)
  if (known === undefined) {
    known = fitOf(plan, linking)
    fits.set(plan, known)
  }
  return known
}
