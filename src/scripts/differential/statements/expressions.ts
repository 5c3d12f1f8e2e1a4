/** Expressions over the columns in sight, a kind of value each, as people write them. */
import type { Draw } from './draw.ts'
import { type Make, RARE_DATES, RARE_NUMBERS, RARE_PREDICATES, RARE_TEXTS } from './rare-functions.ts'
import type { Kind, Term } from './tables.ts'

export type Wanted = 'number' | 'text' | 'date'

const isWanted = (kind: Kind, wanted: Wanted) =>
  wanted === 'text' ? kind === 'text' : wanted === 'date' ? kind === 'date' || kind === 'datetime' : !isWordy(kind)
const isWordy = (kind: Kind) => kind === 'text' || kind === 'date' || kind === 'datetime'

/** A column of a kind, or a literal where there is none. */
export function leaf(draw: Draw, terms: readonly Term[], wanted: Wanted): string {
  const fitting = terms.filter(({ kind }) => isWanted(kind, wanted))
  if (fitting.length > 0 && draw.chance(85)) return draw.one(fitting).sql
  if (wanted === 'number') return draw.one(['0', '1', '2', '10', '-3', '2.5', '0.01', '100', '1e2'])
  if (wanted === 'text') return draw.one(["'a'", "'Red'", "''", "'yes'", "'12'", "'x y'", "'é'"])
  return draw.one(["'2023-05-17'", "'2020-02-29'", "DATE '2021-12-31'", "'2024-01-01 10:20:30'"])
}

export function expression(draw: Draw, terms: readonly Term[], wanted: Wanted, depth: number): string {
  if (depth <= 0 || draw.chance(30)) return leaf(draw, terms, wanted)
  const number = () => expression(draw, terms, 'number', depth - 1)
  const text = () => expression(draw, terms, 'text', depth - 1)
  const date = () => expression(draw, terms, 'date', depth - 1)
  if (draw.chance(18)) return control(draw, terms, wanted, depth - 1)
  if (wanted === 'number') return draw.one(NUMBERS)(number, text, date, draw)
  return wanted === 'text' ? draw.one(TEXTS)(number, text, date, draw) : draw.one(DATES)(number, text, date, draw)
}

function control(draw: Draw, terms: readonly Term[], wanted: Wanted, depth: number): string {
  const same = () => expression(draw, terms, wanted, depth)
  const test = () => predicate(draw, terms, depth)
  switch (draw.whole(0, 4)) {
    case 0:
      return `CASE WHEN ${test()} THEN ${same()} ELSE ${same()} END`
    case 1:
      return `IF(${test()}, ${same()}, ${same()})`
    case 2:
      return `COALESCE(${same()}, ${same()})`
    case 3:
      return `IFNULL(${same()}, ${same()})`
    default:
      return `NULLIF(${same()}, ${same()})`
  }
}

const NUMBERS: readonly Make[] = [
  (n) => `${n()} + ${n()}`,
  (n) => `(${n()} - ${n()})`,
  (n) => `${n()} * ${n()}`,
  (n) => `${n()} / ${n()}`,
  (n) => `${n()} % ${n()}`,
  (n) => `${n()} DIV ${n()}`,
  (n) => `ROUND(${n()})`,
  (n, _t, _d, draw) => `ROUND(${n()}, ${draw.whole(-1, 3)})`,
  (n, _t, _d, draw) => `TRUNCATE(${n()}, ${draw.whole(0, 2)})`,
  (n) => `ABS(${n()})`,
  (n) => `FLOOR(${n()})`,
  (n) => `CEIL(${n()})`,
  (n) => `MOD(${n()}, ${n()})`,
  (n) => `GREATEST(${n()}, ${n()})`,
  (n) => `LEAST(${n()}, ${n()}, ${n()})`,
  (n) => `SIGN(${n()})`,
  (n) => `-${n()}`,
  (n) => `SQRT(ABS(${n()}))`,
  (n) => `POWER(${n()}, 2)`,
  (n) => `CAST(${n()} AS SIGNED)`,
  (n) => `CAST(${n()} AS DECIMAL(10,2))`,
  (_n, t) => `LENGTH(${t()})`,
  (_n, t) => `CHAR_LENGTH(${t()})`,
  (_n, t) => `LOCATE('a', ${t()})`,
  (_n, t) => `INSTR(${t()}, 'e')`,
  (_n, t) => `${t()} + 1`,
  (_n, t) => `CAST(${t()} AS SIGNED)`,
  (_n, t) => `ASCII(${t()})`,
  (_n, _t, d) => `YEAR(${d()})`,
  (_n, _t, d) => `MONTH(${d()})`,
  (_n, _t, d) => `DAYOFWEEK(${d()})`,
  (_n, _t, d) => `DATEDIFF(${d()}, ${d()})`,
  (_n, _t, d, draw) => `TIMESTAMPDIFF(${draw.one(['DAY', 'MONTH', 'YEAR', 'HOUR'])}, ${d()}, ${d()})`,
  (_n, _t, d) => `EXTRACT(MONTH FROM ${d()})`,
  (_n, _t, d) => `WEEK(${d()})`,
  (_n, _t, d) => `TO_DAYS(${d()})`,
  ...RARE_NUMBERS,
]

const TEXTS: readonly Make[] = [
  (_n, t) => `CONCAT(${t()}, ${t()})`,
  (n, t) => `CONCAT(${t()}, ${n()})`,
  (_n, t) => `CONCAT_WS('-', ${t()}, ${t()})`,
  (_n, t) => `UPPER(${t()})`,
  (_n, t) => `LOWER(${t()})`,
  (_n, t, _d, draw) => `SUBSTRING(${t()}, ${draw.whole(-3, 4)}, ${draw.whole(0, 5)})`,
  (_n, t, _d, draw) => `LEFT(${t()}, ${draw.whole(0, 4)})`,
  (_n, t, _d, draw) => `RIGHT(${t()}, ${draw.whole(0, 4)})`,
  (_n, t) => `TRIM(${t()})`,
  (_n, t) => `REPLACE(${t()}, 'a', 'oo')`,
  (_n, t) => `REVERSE(${t()})`,
  (_n, t, _d, draw) => `LPAD(${t()}, ${draw.whole(0, 8)}, '*')`,
  (_n, t) => `SUBSTRING_INDEX(${t()}, ' ', 1)`,
  (n) => `CAST(${n()} AS CHAR)`,
  (n) => `FORMAT(${n()}, 2)`,
  (n) => `HEX(${n()})`,
  (_n, t) => `REPEAT(${t()}, 2)`,
  (_n, t) => `INSERT(${t()}, 2, 1, 'zz')`,
  (n) => `ELT(2, 'one', ${n()})`,
  (_n, _t, d, draw) => `DATE_FORMAT(${d()}, '${draw.one(['%Y-%m', '%d.%m.%y', '%M %e', '%W', '%j', '%H:%i'])}')`,
  (_n, _t, d) => `MONTHNAME(${d()})`,
  (_n, _t, d) => `DAYNAME(${d()})`,
  ...RARE_TEXTS,
]

const DATES: readonly Make[] = [
  (_n, _t, d, draw) =>
    `DATE_ADD(${d()}, INTERVAL ${draw.whole(-40, 40)} ${draw.one(['DAY', 'MONTH', 'YEAR', 'HOUR'])})`,
  (_n, _t, d, draw) => `${d()} - INTERVAL ${draw.whole(1, 20)} DAY`,
  (_n, _t, d) => `DATE(${d()})`,
  (_n, _t, d) => `LAST_DAY(${d()})`,
  (_n, _t, d) => `CAST(${d()} AS DATETIME)`,
  (n) => `MAKEDATE(2023, ABS(${n()}))`,
  (_n, t) => `STR_TO_DATE(${t()}, '%Y-%m-%d')`,
  ...RARE_DATES,
]

export function predicate(draw: Draw, terms: readonly Term[], depth: number): string {
  if (depth > 0 && draw.chance(25)) {
    const both = [predicate(draw, terms, depth - 1), predicate(draw, terms, depth - 1)]
    return draw.chance(15) ? `NOT (${both[0]})` : `(${both.join(draw.one([' AND ', ' OR ', ' AND ', ' XOR ']))})`
  }
  const number = () => expression(draw, terms, 'number', depth)
  if (terms.length === 0) return `${number()} ${draw.one(['=', '<', '>='])} ${number()}`
  const term = draw.one(terms)
  const operator = draw.one(['=', '<', '>', '<=', '>=', '<>', '=', '<=>'])
  switch (draw.whole(0, 9)) {
    case 0:
      return `${term.sql} ${operator} ${draw.one(term.values)}`
    case 1:
      return `${term.sql} BETWEEN ${draw.one(term.values)} AND ${draw.one(term.values)}`
    case 2:
      return `${term.sql} ${draw.one(['IN', 'NOT IN'])} (${draw.some(term.values, 1, 4).join(', ')})`
    case 3:
      return `${term.sql} IS ${draw.one(['NULL', 'NOT NULL'])}`
    case 4:
      return `${expression(draw, terms, 'text', depth)} ${draw.one(['LIKE', 'NOT LIKE'])} ${draw.one(["'%a%'", "'a%'", "'_e%'", "'%n'", "'%1%'"])}`
    case 5:
      return `${number()} ${operator} ${number()}`
    case 6:
      return `${expression(draw, terms, 'text', depth)} ${operator} ${expression(draw, terms, 'text', depth)}`
    case 7:
      return `${expression(draw, terms, 'date', depth)} ${operator} ${expression(draw, terms, 'date', depth)}`
    case 8:
      return draw.one(RARE_PREDICATES)(
        number,
        () => expression(draw, terms, 'text', depth),
        () => expression(draw, terms, 'date', depth),
        draw,
      )
    default:
      return `${term.sql} ${operator} ${draw.one(terms).sql}`
  }
}

/** An aggregate over the columns in sight. */
export function aggregate(draw: Draw, terms: readonly Term[]): string {
  const number = () => expression(draw, terms, 'number', 1)
  const any = () => draw.one(terms).sql
  switch (draw.whole(0, 9)) {
    case 0:
    case 1:
      return 'COUNT(*)'
    case 2:
      return `COUNT(${any()})`
    case 3:
      return `COUNT(DISTINCT ${any()})`
    case 4:
      return `SUM(${number()})`
    case 5:
      return `AVG(${number()})`
    case 6:
      return `MAX(${any()})`
    case 7:
      return `MIN(${any()})`
    case 8: {
      const each = any()
      return `GROUP_CONCAT(DISTINCT ${each} ORDER BY ${each})`
    }
    default:
      return `${draw.one(['STD', 'VARIANCE', 'SUM'])}(${leaf(draw, terms, 'number')})`
  }
}
