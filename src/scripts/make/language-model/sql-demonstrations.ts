/**
 * Demonstrations on InterCode-SQL without end, for a model that acts token by token: episodes over the shipped schemas with
 * other rows and over invented databases, asked about in many ways, and the training questions with other values. Every
 * episode is run: what is seen is what the view shows, and the reward is the environment's.
 *
 * The demonstrator knows the gold query and decides nothing else: it lists the tables, describes those that the query needs
 * in the order of the list, runs the query, submits. At times it looks at a table too many, or runs a query that fails, and
 * goes on from there; such slips are shown, not to be imitated.
 *
 * No dev or test question is asked, and of a shipped database no gold query that is, values aside, one of dev or test.
 */
import { unwrap } from '../../../core/failure.ts'
import { type RandomStream, stream } from '../../../core/random.ts'
import { createInterCodeSql, type InterCodeSql } from '../../../environments/intercode-sql/intercode-sql.ts'
import { loadSqlData } from '../../../environments/intercode-sql/sql-data.ts'
import { type SqlEngine, startSqlEngine } from '../../../mysql/index.ts'
import { canonicalSql, createCompactSql } from '../../../policies/transformer/intercode-sql/compact-sql.ts'
import { tablesIn } from '../../../training/sql-demonstrations.ts'
import { DOMAINS } from '../databases/domains.ts'
import { dumpDatabase } from '../databases/dump.ts'
import { normalised } from '../databases/hardness.ts'
import { pick, type Question, type Table } from '../databases/model.ts'
import { DATABASES_SEED, makeDatabases } from '../databases.ts'
import type { Asking } from './sql-questions/asking.ts'
import { inventedTables } from './sql-questions/invented.ts'
import { askAbout, askAgain } from './sql-questions/questions.ts'
import { thingsOf } from './sql-questions/things.ts'

export interface SqlTurn {
  /** What the model reads: the opening, then the text after the action before. */
  readonly seen: string
  /** What it writes. */
  readonly action: string
  /** False for a slip: read on, but nothing to learn. */
  readonly imitate: boolean
}

export interface SqlEpisode {
  /** As it was asked. */
  readonly question: string
  readonly turns: readonly SqlTurn[]
  /** The same as the environment takes them. */
  readonly actions: readonly string[]
  readonly reward: number
}

/** What may not be shown. */
export interface KeptApart {
  /** Texts of questions, lower case. */
  readonly questions: ReadonlySet<string>
  /** `database: gold query without its literals`. */
  readonly queries: ReadonlySet<string>
}

/** A seed's batch: databases, and questions on each. */
const BATCH = { invented: 16, onInvented: 60, onShipped: 36, again: 36 }

const shape = (database: string, gold: string): string => `${database}: ${normalised(gold, true)}`

interface Record {
  readonly db: string
  readonly gold: string
  readonly query: string
  readonly split: string
}

/** The dev and test questions as shipped, and the questions of the training split. */
export function shippedQuestions(): { kept: KeptApart; train: ReadonlyMap<string, readonly Question[]> } {
  const records = JSON.parse(makeDatabases(DATABASES_SEED)['tasks.json'] ?? '[]') as Record[]
  const apart = records.filter(({ split }) => split !== 'train')
  const queries = new Set(apart.map(({ db, gold }) => shape(db, gold)))
  const train = DOMAINS.map(({ name, questions }) => {
    const shown = questions.filter(({ gold }) => !queries.has(shape(name, filled(gold))))
    return [name, shown] as const
  })
  return { kept: { questions: new Set(apart.map(({ query }) => query.toLowerCase())), queries }, train: new Map(train) }
}

/** A gold query with something in the place of its values. */
function filled(gold: string): string {
  return gold.replace(/'[^']*'/g, "'x'").replace(/\{\w+\}/g, '1')
}

/** Batch after batch, for ever; the same seed gives the same episodes. Ends when its reader stops. */
export async function* sqlEpisodes(seed: number): AsyncGenerator<SqlEpisode, void, void> {
  const engine = await startSqlEngine()
  const shipped = shippedQuestions()
  for (let batch = 0; ; batch++) yield* episodesOf(engine, shipped, stream(seed).child('sql-episodes', batch))
}

interface Asked extends Asking {
  readonly database: string
}

function* episodesOf(
  engine: SqlEngine,
  { kept, train }: ReturnType<typeof shippedQuestions>,
  random: RandomStream,
): Generator<SqlEpisode, void, void> {
  const asked: Asked[] = []
  const dumps: string[] = []
  const add = (database: string, tables: readonly Table[], askings: readonly Asking[]): void => {
    dumps.push(dumpDatabase(database, tables))
    asked.push(...askings.map((asking) => ({ ...asking, database })))
  }
  for (const { name, tables } of DOMAINS) {
    const drawn = tables(random.child('rows', name))
    const again = random.child('again', name)
    const questions = train.get(name) ?? []
    const things = thingsOf(drawn)
    add(name, drawn, [
      ...askAbout(drawn, BATCH.onShipped, random.child('about', name)),
      ...Array.from({ length: BATCH.again }, () => askAgain(pick(again, questions), things, again)),
    ])
  }
  for (let i = 0; i < BATCH.invented; i++) {
    const drawn = inventedTables(random.child('invented', i))
    add(`invented_${i}`, drawn, askAbout(drawn, BATCH.onInvented, random.child('about', i)))
  }
  const allowed = asked.filter(({ question, gold, database }) => isAllowed(kept, question, gold, database))
  const records = random
    .child('order')
    .shuffled(allowed)
    .map(({ database, question, gold }) => ({ db: database, query: question, gold, split: 'train' }))
  const files = {
    tasks: { name: 'tasks.json', text: JSON.stringify(records) },
    dumps: [{ name: 'databases.sql', text: dumps.join('\n') }],
    sqlite: [],
  }
  const sql = createInterCodeSql(engine, unwrap(loadSqlData(engine, files)))
  try {
    for (const { id } of sql.tasks('train')) {
      const episode = demonstrate(sql, id, random.child('episode', id))
      if (episode !== undefined) yield episode
    }
  } finally {
    sql.close()
  }
}

export function isAllowed(kept: KeptApart, question: string, gold: string, database: string): boolean {
  return !kept.questions.has(question.toLowerCase()) && !kept.queries.has(shape(database, gold))
}

const NEEDLESS = 0.15
const FAILING = 0.08
/** Share of queries without rows that are shown all the same. */
const EMPTY = 0.3

/** @returns undefined for a query that fails, earns less than 1, or has no words */
export function demonstrate(sql: InterCodeSql, taskId: string, random: RandomStream): SqlEpisode | undefined {
  const view = createCompactSql(sql.observe)
  const task = sql.task(taskId)
  const gold = sql.grading.goldQuery(taskId)
  const rows = sql.grading.gold(taskId)?.tuples
  if (task === undefined || gold === undefined || rows === undefined) return undefined
  if (rows.length === 0 && random.next() > EMPTY) return undefined
  let state = sql.reset(task)
  let memory = view.begin(state)
  let seen = view.opening(state, memory)
  let reward = 0
  const turns: SqlTurn[] = []
  const actions: string[] = []
  const act = (action: string, imitate = true): boolean => {
    const text = view.write(state, memory, action)
    if (text === undefined) return false
    turns.push({ seen, action: text, imitate })
    actions.push(action)
    const next = sql.step(state, action)
    state = next.state
    reward = next.reward
    memory = view.advance(memory, state)
    seen = state.done ? '' : view.seen(state, memory)
    return true
  }
  const tables = sql.schema(state).map(({ name }) => name)
  const needed = tablesIn(gold, tables)
  act('SHOW TABLES')
  for (const name of memory.tables) {
    const wanted = needed.has(name.toLowerCase())
    if (wanted || random.next() < NEEDLESS / memory.tables.length) act(`DESCRIBE ${name}`, wanted)
  }
  const query = canonicalSql(memory, gold)
  if (random.next() < FAILING) {
    const wrong = query.replace(/\b(?:T\d\.)?\w+(?= FROM)/, 'unknown')
    if (wrong !== query) act(wrong, false)
  }
  if (!act(query) || !act('submit') || reward < 0.999) return undefined
  return { question: task.instruction, turns, actions, reward }
}
