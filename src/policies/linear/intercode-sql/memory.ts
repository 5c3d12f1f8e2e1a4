/** What the policy remembers of an episode: a pure function of its statements and of the observations they gave. */
import { keeper, remembered } from '../../../core/remembered.ts'
import { type Composed, compose } from './compose.ts'
import { type Fit, fitOf } from './fit.ts'
import { type Linking, linkQuestion } from './link.ts'
import { type Mention, mentionOfTable } from './mentions.ts'
import type { Offers } from './offer.ts'
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
  readonly meaning: (memory: Pick<SqlMemory, 'key' | 'shown' | 'seen'>) => Meaning
  readonly worked: Map<string, Worked>
  /** Of tables, by name. */
  readonly mentions: Map<string, Mention>
}

/** What a question may mean in a schema. */
interface Meaning {
  readonly linking: Linking
  readonly composed: readonly Composed[]
}

export interface Worked extends Meaning {
  /** How well plans agree with the question, by this schema. */
  readonly fits: Map<Plan, Fit>
  /** What can be done, by what else it depends on. */
  readonly offers: Map<string, Offers>
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

/** Questions and meanings that are kept, the latter some 10 kB each; the oldest go first. */
const MOST_QUESTIONS = 1024
const MOST_MEANINGS = 4096

/** Reads questions. Comparisons come back to the same tasks again and again, and see the same of their databases. */
export function createReader(): (instruction: string) => Reading {
  const questionIn = remembered(readQuestion, MOST_QUESTIONS)
  const keep = keeper<Meaning>(MOST_MEANINGS)
  return (instruction) => {
    const question = questionIn(instruction)
    return {
      question,
      meaning: ({ key, shown, seen }) =>
        keep(`${instruction}\0${key}`, () => {
          const linking = linkQuestion(question, shown, seen)
          return { linking, composed: compose(linking) }
        }),
      worked: new Map(),
      mentions: new Map(),
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

/** Schemas that are kept in mind for one question, and names of tables. */
const MOST_WORKED = 2000

/** How much of a table's name is in the question. */
export function mentionIn({ question, mentions }: Reading, table: string): Mention {
  let known = mentions.get(table)
  if (known === undefined) {
    known = mentionOfTable(question, table)
    if (mentions.size < MOST_WORKED) mentions.set(table, known)
  }
  return known
}

export function workedOf(memory: SqlMemory): Worked {
  const { worked, meaning } = memory.reading
  let known = worked.get(memory.key)
  if (known === undefined) {
    known = { ...meaning(memory), fits: new Map(), offers: new Map() }
    if (worked.size < MOST_WORKED) worked.set(memory.key, known)
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
