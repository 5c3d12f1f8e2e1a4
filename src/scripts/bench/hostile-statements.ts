/** Statements made to take long: long texts, deep joins, nested WITH, patterns that look alike. Of up to 10,000 characters. */
import { type RandomStream, stream } from '../../core/random.ts'

const LONGEST = 10_000

/** The same for the same seed. @param tables names, with their columns */
export function hostileStatement(seed: number, tables: readonly HostileTable[]): string {
  const random = stream(seed).child('hostile statement')
  for (;;) {
    const statement = new Hostile(random, tables).statement()
    if (statement.length <= LONGEST) return statement
  }
}

export interface HostileTable {
  readonly name: string
  readonly columns: readonly string[]
}

const TEXT_CALLS = [
  ...[
    'UPPER',
    'REVERSE',
    'LTRIM',
    'LENGTH',
    'HEX',
    'MD5',
    'SOUNDEX',
    'QUOTE',
    'TO_BASE64',
    'CHAR_LENGTH',
    'BIT_LENGTH',
  ],
  ...['CRC32', 'UNHEX', 'SHA2', 'ASCII', 'TRIM', 'LOWER', 'DATE', 'ABS', 'CEIL', 'SQRT', 'BIN', 'MONTHNAME', 'DAYNAME'],
] as const
const TWO_CALLS = [
  'INSTR',
  'LOCATE',
  'FIND_IN_SET',
  'CONCAT',
  'STRCMP',
  'GREATEST',
  'LEAST',
  'IFNULL',
  'NULLIF',
  'POW',
  'MOD',
  'DATEDIFF',
  'REPEAT',
  'LEFT',
  'RIGHT',
] as const
const THREE_CALLS = [
  'REPLACE',
  'SUBSTRING_INDEX',
  'LPAD',
  'RPAD',
  'REGEXP_REPLACE',
  'CONCAT_WS',
  'SUBSTRING',
  'ELT',
  'FIELD',
] as const
const AGGREGATES = [
  'COUNT',
  'SUM',
  'AVG',
  'MIN',
  'MAX',
  'GROUP_CONCAT',
  'BIT_XOR',
  'STD',
  'COUNT(DISTINCT',
  'GROUP_CONCAT(DISTINCT',
  'JSON_ARRAYAGG',
] as const
const OPERATORS = [
  '+',
  '-',
  '*',
  '/',
  'DIV',
  '%',
  '=',
  '<',
  '>',
  '<>',
  'AND',
  'OR',
  'XOR',
  '&',
  '|',
  '<<',
  'LIKE',
  'REGEXP',
  'NOT LIKE',
  '<=>',
] as const
const PATTERN_PARTS = [
  'a',
  'b',
  '.',
  '(a|b)',
  '(a|aa)',
  '(a+)',
  '[a-z]',
  'a?',
  '(.*)',
  '\\\\w',
  '(?i)a',
  '%',
  '_',
  '%a',
  '_%',
] as const
const REPEATS = ['', '', '*', '+', '?', '{2,30}', '{900}', '+?', '*b'] as const

class Hostile {
  private readonly random: RandomStream
  private readonly tables: readonly HostileTable[]
  private names = 0
  /** Columns in sight. */
  private columns: string[] = ['1']
  /** WITH tables in sight, of a column c. */
  private readonly common: string[] = []

  constructor(random: RandomStream, tables: readonly HostileTable[]) {
    this.random = random
    this.tables = tables
  }

  statement(): string {
    const commons = Array.from({ length: this.upTo(6) }, () => this.commonTable())
    const recursive = commons.some((text) => text.includes('UNION ALL SELECT c'))
    const start = commons.length > 0 ? `WITH ${recursive ? 'RECURSIVE ' : ''}${commons.join(', ')} ` : ''
    const queries = Array.from({ length: this.chance(0.1) ? 1 + this.upTo(20) : 1 }, () => this.select(3))
    return start + queries.join(this.pick([' UNION ', ' UNION ALL ', ' EXCEPT ', ' INTERSECT ']))
  }

  private commonTable(): string {
    const name = `w${++this.names}`
    const sight = this.columns
    const recursive = this.chance(0.3)
    this.columns = ['1']
    const step = this.pick(['c + 1', 'CONCAT(c, c)', 'REVERSE(CONCAT(c, 1))', 'c'])
    const body = recursive
      ? `SELECT ${this.expression(1)} AS c UNION ALL SELECT ${step} FROM ${name}${this.chance(0.5) ? '' : `, ${name} AS again`}`
      : this.select(2, 'c')
    this.columns = sight
    this.common.push(name)
    return `${name} AS (${body})`
  }

  private select(depth: number, as?: string): string {
    const sight = this.columns
    const from = this.from(depth)
    const where = this.chance(0.5) ? ` WHERE ${this.expression(depth)}` : ''
    const grouped = this.chance(0.3)
    const item = this.chance(0.4) ? this.aggregate(depth) : this.expression(depth)
    const group = grouped ? ` GROUP BY ${this.expression(1)}` : ''
    const order = this.chance(0.4) ? ` ORDER BY ${this.expression(1)}, ${this.expression(1)}` : ''
    const limit = this.chance(0.3) ? ` LIMIT ${1 + this.upTo(30)}` : ''
    const distinct = this.chance(0.2) ? 'DISTINCT ' : ''
    this.columns = sight
    const named = as === undefined ? '' : ` AS ${as}`
    return `SELECT ${distinct}${item}${named} FROM ${from}${where}${group}${as === undefined ? order : ''}${limit}`.replace(
      /^(.*)$/s,
      as === undefined && limit + order !== '' ? '($1)' : '$1',
    )
  }

  private from(depth: number): string {
    const count = 1 + (this.chance(0.2) ? this.upTo(14) : this.upTo(3))
    const columns: string[] = []
    const parts = Array.from({ length: count }, (_, i) => {
      const alias = `t${++this.names}`
      const source = this.source(depth, alias, columns)
      if (i === 0) return source
      const join = this.pick([', ', ' JOIN ', ' LEFT JOIN ', ' CROSS JOIN '])
      return join.includes('LEFT') ? `${join}${source} ON ${this.pick(columns)} = ${this.pick(columns)}` : join + source
    })
    this.columns = columns
    // A comma binds less than JOIN: names left of it could not be read in ON.
    return parts.join('').replaceAll(', ', ' JOIN ')
  }

  private source(depth: number, alias: string, columns: string[]): string {
    if (depth > 0 && this.chance(0.2)) {
      columns.push(`${alias}.c`)
      return `(${this.select(depth - 1, 'c')}) AS ${alias}`
    }
    if (this.common.length > 0 && this.chance(0.4)) {
      columns.push(`${alias}.c`)
      return `${this.pick(this.common)} AS ${alias}`
    }
    const table = this.pick(this.tables)
    columns.push(...table.columns.map((name) => `${alias}.${name}`))
    return `${table.name} AS ${alias}`
  }

  private aggregate(depth: number): string {
    const name = this.pick(AGGREGATES)
    const call = `${name}${name.includes('(') ? ' ' : '('}${this.expression(depth - 1)})`
    return this.chance(0.15) && !name.includes('DISTINCT') ? `${call} OVER (ORDER BY ${this.pick(this.columns)})` : call
  }

  private expression(depth: number): string {
    if (depth <= 0 || this.chance(0.3)) return this.leaf()
    const inner = () => this.expression(depth - 1)
    const kind = this.upTo(10)
    if (kind < 2) return `${this.pick(TEXT_CALLS)}(${inner()})`
    if (kind < 4) return `${this.pick(TWO_CALLS)}(${inner()}, ${inner()})`
    if (kind < 5) return `${this.pick(THREE_CALLS)}(${inner()}, ${inner()}, ${inner()})`
    if (kind < 7) return `(${inner()} ${this.pick(OPERATORS)} ${inner()})`
    if (kind < 8) return `(${inner()} ${this.pick(['LIKE', 'REGEXP', 'NOT REGEXP'])} ${this.pattern()})`
    if (kind < 9)
      return `(${inner()} ${this.pick(['IN', 'NOT IN', '= ANY', '> ALL'])} (${this.select(depth - 1, 'c')}))`
    return this.chance(0.5)
      ? `(${this.select(depth - 1, 'c')} LIMIT 1)`.replace(/LIMIT \d+ LIMIT 1/, 'LIMIT 1')
      : `EXISTS (${this.select(depth - 1, 'c')})`
  }

  private leaf(): string {
    const kind = this.upTo(8)
    if (kind < 4) return this.pick(this.columns)
    if (kind < 5)
      return this.pick(['0', '7', '1e300', '99999999999999999999', "'a'", "'Žluť'", 'NULL', "'2024-02-30'", '-0.5'])
    return `REPEAT(${this.pick(["'a'", "'ab'", "'é'", this.pick(this.columns)])}, ${this.pick(['60', '5000', '40000', '99999', '50000'])})`
  }

  private pattern(): string {
    const part = (): string => {
      const piece = this.pick(PATTERN_PARTS) + this.pick(REPEATS)
      return this.chance(0.3) ? `(${piece}${this.pick(PATTERN_PARTS)})${this.pick(REPEATS)}` : piece
    }
    const text = Array.from({ length: 1 + this.upTo(12) }, part).join('')
    return this.chance(0.2)
      ? `CONCAT('${text}', REPEAT('${this.pick(['a', '_', 'a?'])}', ${this.pick(['90', '3000', '40000'])}), 'b')`
      : `'${text}b'`
  }

  private chance(share: number): boolean {
    return this.random.next() < share
  }

  private upTo(most: number): number {
    return this.random.below(most)
  }

  private pick<T>(list: readonly T[]): T {
    const picked = list[this.random.below(list.length)]
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }
}
