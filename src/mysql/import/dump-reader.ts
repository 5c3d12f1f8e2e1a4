/** One statement of a dump after the other: what each does to the tables, or why it is left out. */
import { checkDefinition, definedTable } from '../compile/defined-table.ts'
import { cursorOver } from '../parse/grammar.ts'
import { parseStatement } from '../parse/statement/statement.ts'
import type { Write } from '../parse/statement-syntax.ts'
import type { NamedTable } from '../parse/syntax.ts'
import { readToken, type Token } from '../parse/tokens.ts'
import type { SqlEngine } from '../run/engine/engine.ts'
import { type SqlTable, schemaKey } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import { type GrowingTable, growingTable } from './growing-table.ts'
import { addLiteralRows, insertHead } from './literal-rows.ts'
import { quoted } from './read-result.ts'
import { type RunTables, runTables } from './run-tables.ts'

/** Rows of all tables of a file together. */
const MOST_ROWS = 1_000_000
/** Characters of a statement of literals that the engine runs where it holds the tables. */
const MOST_RUN = 20_000

/** Statements that change no rows, or nothing that is kept here. */
const SILENT =
  /^(SET|LOCK|UNLOCK|START|COMMIT|BEGIN|FLUSH|ANALYZE|OPTIMIZE|CHECK|SELECT|SHOW|DELIMITER|CHANGE|RESET|PURGE)$/

type Definition = Extract<Write, { readonly kind: 'create-table' }>['table']

export class DumpReader {
  readonly #engine: SqlEngine | undefined
  readonly #tables = new Map<string, GrowingTable>()
  /** Tables as the engine has them; what is in `#tables` is older where it is open. */
  #running: RunTables | undefined
  /** Of tables that the engine may have changed. */
  readonly #stale = new Set<string>()
  #database: string

  constructor(engine: SqlEngine | undefined, database: string) {
    this.#engine = engine
    this.#database = database
  }

  /** What is left out of a statement, in words; undefined where all of it is read. Throws SqlError for what is wrong. */
  read(text: string): string | undefined {
    const words = firstWords(text)
    const [first = '', second = ''] = words
    if (SILENT.test(first)) return undefined
    switch (first) {
      case 'USE': {
        const c = cursorOver(text)
        c.next()
        this.#database = c.name().toLowerCase()
        return undefined
      }
      case 'INSERT': {
        const head = insertHead(text)
        // While the engine holds the tables, short statements are its own.
        if (head === undefined || (this.#running !== undefined && text.length < MOST_RUN)) return this.#write(text)
        const open = this.#require({ database: head.database, name: head.table })
        const added = this.#named(open.table, () => addLiteralRows(text, head, open, MOST_ROWS - this.#count()))
        if (added === undefined) return this.#write(text)
        if (added > 0) this.#settle()
        return undefined
      }
      case 'REPLACE':
      case 'UPDATE':
      case 'DELETE':
      case 'TRUNCATE':
      case 'RENAME':
      case 'ALTER':
        if (first === 'ALTER' && !words.slice(1, 4).includes('TABLE'))
          return second === 'DATABASE' ? undefined : leftOut(words)
        return this.#write(text)
      case 'CREATE':
        if (/^(DATABASE|SCHEMA)$/.test(second)) return undefined
        if (words.includes('VIEW') && !/^(TABLE|TEMPORARY)$/.test(second)) return this.#write(text)
        if (second === 'TABLE' || second === 'TEMPORARY' || words.slice(1, 3).includes('INDEX'))
          return this.#write(text)
        return leftOut(words)
      case 'DROP':
        if (/^(TABLE|TEMPORARY|INDEX|VIEW)$/.test(second)) return this.#write(text)
        return /^(DATABASE|SCHEMA|TRIGGER|PROCEDURE|FUNCTION|EVENT|USER|ROLE)$/.test(second)
          ? undefined
          : leftOut(words)
      default:
        return leftOut(words)
    }
  }

  /** All tables with their rows, generated columns made. */
  tables(): readonly GrowingTable[] {
    for (const { table } of this.#tables.values()) this.#generate(table)
    this.#settle()
    return [...this.#tables.values()]
  }

  close(): void {
    this.#running?.close()
    this.#running = undefined
  }

  #write(text: string): string | undefined {
    let write: Write
    try {
      const statement = parseStatement(text)
      if (!isWrite(statement)) return leftOut(firstWords(text))
      write = statement
    } catch (thrown) {
      if (thrown instanceof SqlError && thrown.code === 0)
        return `${firstWords(text).slice(0, 2).join(' ')} is left out: ${thrown.message}`
      throw thrown
    }
    switch (write.kind) {
      case 'create-table':
        if (write.table.columns.length === 0) return this.#run(write)
        return this.#create(write.table)
      case 'drop-table':
        for (const named of write.tables) this.#drop(named, false)
        return undefined
      case 'drop-view':
        for (const named of write.views) this.#drop(named, true)
        return undefined
      case 'create-view':
        return this.#view(write)
      case 'alter-table': {
        this.#settle()
        const open = this.#require(write.table)
        const { changes } = write
        if (changes.length === 0) return undefined
        const altered = this.#named(open.table, () => open.altered(changes))
        this.#tables.delete(keyOf(open.table))
        this.#tables.set(keyOf(altered.table), altered)
        return undefined
      }
      default:
        this.#require(write.table, false)
        return this.#run(write)
    }
  }

  #create(definition: Definition): undefined {
    const table = definedTable(definition, definition.database ?? this.#database)
    this.#named(table, () => checkDefinition(table))
    if (this.#tables.has(keyOf(table))) {
      if (definition.ifNotExists) return undefined
      throw new SqlError(1050, `Table '${table.name}' already exists`)
    }
    this.#settle()
    this.#tables.set(keyOf(table), growingTable(table))
    return undefined
  }

  #drop({ database, name }: NamedTable, view: boolean): void {
    this.#settle()
    const key = schemaKey(database ?? this.#database, name)
    if ((this.#tables.get(key)?.table.view !== undefined) === view) this.#tables.delete(key)
  }

  /** A view that does not compile is left out: views may stand before what they read. */
  #view(write: Extract<Write, { readonly kind: 'create-view' }>): string | undefined {
    try {
      const note = this.#run(write)
      if (note !== undefined) return note
      const { database, name } = write.view
      const made = this.#running?.table(database ?? this.#database, name)
      if (made !== undefined) this.#tables.set(keyOf(made), growingTable(made))
      return undefined
    } catch (thrown) {
      if (!(thrown instanceof SqlError)) throw thrown
      return `the view ${quoted(write.view.name)} is left out: ${thrown.message}`
    }
  }

  /** By the engine, on all tables. */
  #run(write: Write): string | undefined {
    if (this.#engine === undefined)
      return `${write.kind.toUpperCase()} is left out: it must be run, and the SQL engine was not started`
    const tables = [...this.#tables.values()].map(({ table, rows }) => ({ ...table, rows, size: rows.length }))
    this.#running ??= runTables(this.#engine, tables)
    try {
      this.#running.run(write, this.#database)
    } catch (thrown) {
      if (!(thrown instanceof SqlError) || thrown.code !== 0) throw thrown
      // Nothing was written: the statement says what is not done here.
      return `${write.kind.toUpperCase()} is left out: ${thrown.message}`
    }
    if (write.kind === 'create-table') return this.#made(this.#running, write.table)
    if ('table' in write) this.#stale.add(schemaKey(write.table.database ?? this.#database, write.table.name))
    return undefined
  }

  /** Takes over a table that the engine made from a query, or after another one. */
  #made(running: RunTables, { database, name }: Definition): undefined {
    const made = running.table(database ?? this.#database, name)
    if (made === undefined) return
    this.#tables.set(keyOf(made), growingTable(made))
    this.#stale.add(keyOf(made))
  }

  /** Takes the rows that the engine changed back. */
  #settle(): void {
    if (this.#running === undefined) return
    for (const key of this.#stale) {
      const open = this.#tables.get(key)
      if (open !== undefined) this.#tables.set(key, open.with(this.#running.rows(open.table)))
    }
    this.#stale.clear()
    this.close()
  }

  /** Makes the values of generated columns. */
  #generate({ database, name, columns }: SqlTable): void {
    const set = columns.flatMap(({ name: column, generated }) =>
      generated === undefined ? [] : [`\`${column}\` = (${generated.expression})`],
    )
    if (set.length > 0) this.#write(`UPDATE \`${database}\`.\`${name}\` SET ${set.join(', ')}`)
  }

  /** @param current with its rows as they are now */
  #require({ database, name }: Pick<NamedTable, 'database' | 'name'>, current = true): GrowingTable {
    const key = schemaKey(database ?? this.#database, name)
    if (current && this.#stale.has(key)) this.#settle()
    const open = this.#tables.get(key)
    if (open === undefined) throw new SqlError(0, `rows for the table ${quoted(name)}, which was not created before`)
    return open
  }

  /** Errors with the name of the table. */
  #named<T>(table: SqlTable, make: () => T): T {
    try {
      return make()
    } catch (thrown) {
      if (!(thrown instanceof SqlError)) throw thrown
      throw new SqlError(thrown.code, `table ${table.name}: ${thrown.message}`)
    }
  }

  #count(): number {
    return [...this.#tables.values()].reduce((sum, { rows }) => sum + rows.length, 0)
  }
}

const keyOf = ({ database, name }: SqlTable): string => schemaKey(database, name)

function isWrite(statement: ReturnType<typeof parseStatement>): statement is Write {
  return /^(create-table|drop-table|create-view|drop-view|insert|update|delete|alter-table)$/.test(statement.kind)
}

/** The first words and symbols, words in upper case. */
function firstWords(text: string): string[] {
  const words: string[] = []
  let token: Token = readToken(text, 0)
  for (let i = 0; i < 40 && token.kind !== 'end'; i++) {
    words.push(token.kind === 'word' ? token.upper : token.text)
    token = readToken(text, token.end, token)
  }
  return words
}

function leftOut(words: readonly string[]): string {
  const what = words.find((word) => /^(PROCEDURE|FUNCTION|TRIGGER|EVENT|VIEW|USER|ROLE|SERVER)$/.test(word))
  const named = words[0] === 'CREATE' && what !== undefined ? `CREATE ${what}` : words.slice(0, 2).join(' ')
  return `${named.slice(0, 60)} is left out; it is not run here`
}
