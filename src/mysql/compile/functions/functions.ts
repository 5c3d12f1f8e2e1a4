/**
 * MySQL's functions: how many arguments they take, what they give, and SQLite's text for them. Names with `my_` are
 * registered by `runtime.ts`. What is not in this table does not exist for the agent, whatever SQLite has.
 */

import { SqlError } from '../../sql-error.ts'
import { NOW } from '../../values/moments.ts'
import {
  arithmeticType,
  commonType,
  DATE,
  DATETIME,
  DOUBLE,
  decimal,
  INT,
  isReal,
  isTemporal,
  PLAIN,
  TEXT,
  TIME,
  type ValueType,
} from '../../values/value-type.ts'
import { asNumber, asText, collation, comparable, type Side } from '../comparison.ts'
import { quoteText } from '../compiled.ts'

export interface FunctionRule {
  readonly least: number
  readonly most: number
  type(args: readonly Side[]): ValueType
  sql(args: readonly Side[]): string
}

const ANY = 100

function rule(
  least: number,
  most: number,
  type: ValueType | ((args: readonly Side[]) => ValueType),
  sql: (args: readonly Side[]) => string,
): FunctionRule {
  return { least, most, type: typeof type === 'function' ? type : () => type, sql }
}

const NOTHING: Side = { sql: 'NULL', type: { kind: 'null' }, literal: null }
const at = (args: readonly Side[], i: number): Side => args[i] ?? NOTHING
const text = (args: readonly Side[], i: number): string => asText(at(args, i))
const num = (args: readonly Side[], i: number): string => asNumber(at(args, i))
const typesOf = (args: readonly Side[]): ValueType[] => args.map(({ type }) => type)
const texts = (args: readonly Side[]): string => args.map(asText).join(', ')

/** A function of `runtime.ts` over texts. */
const textRule = (name: string, least: number, most: number, type: ValueType = TEXT): FunctionRule =>
  rule(least, most, type, (args) => `my_${name}(${texts(args)})`)
/** A function of SQLite's or of `runtime.ts` over numbers. */
const numberRule = (name: string, least: number, most: number, type: ValueType = DOUBLE): FunctionRule =>
  rule(least, most, type, (args) => `${name}(${args.map(asNumber).join(', ')})`)
const partRule = (unit: string, type: ValueType = INT): FunctionRule =>
  rule(1, 1, type, (args) => `my_part('${unit}', ${text(args, 0)})`)
const constantRule = (most: number, value: string, type: ValueType): FunctionRule => rule(0, most, type, () => value)

function substring(args: readonly Side[]): string {
  const rest = args.slice(1).map((arg) => `CAST(${asNumber(arg)} AS INTEGER)`)
  return `my_substring(${[text(args, 0), ...rest].join(', ')})`
}

/** Values of the same kind, text where the kinds differ. */
function alike(args: readonly Side[]): string[] {
  const type = commonType(typesOf(args))
  return args.map((arg) => (type.kind === 'text' ? asText(arg) : arg.sql))
}

function extreme(name: 'max' | 'min'): FunctionRule {
  return rule(
    2,
    ANY,
    (args) => commonType(typesOf(args)),
    (args) => {
      const type = commonType(typesOf(args))
      const [first = 'NULL', ...rest] = alike(args)
      return `${name}(${[`${first}${collation(type)}`, ...rest].join(', ')})`
    },
  )
}

/** The type of ROUND and its kind: decimals keep a scale, reals stay real. */
function rounded(args: readonly Side[]): ValueType {
  const { type } = at(args, 0)
  if (isReal(type) || type.kind === 'text') return DOUBLE
  if (type.kind === 'int') return INT
  const digits = at(args, 1).literal
  const wanted = args.length < 2 ? 0 : typeof digits === 'number' ? digits : (type.decimals ?? 0)
  return decimal(Math.max(0, Math.min(type.decimals ?? 0, wanted)))
}

const whole = (args: readonly Side[]): ValueType => {
  const { type } = at(args, 0)
  return isReal(type) || type.kind === 'text' ? DOUBLE : INT
}

const added = (sign: string): FunctionRule =>
  rule(
    2,
    2,
    (args) => (at(args, 0).type.kind === 'date' ? DATE : isTemporal(at(args, 0).type) ? DATETIME : TEXT),
    (args) => `my_add(${text(args, 0)}, ${sign}${num(args, 1)}, 'DAY')`,
  )

const equal = (a: Side, b: Side): string => {
  const [left, right, collate] = comparable(a, b)
  return `(${left} = ${right}${collate})`
}

export const FUNCTIONS: ReadonlyMap<string, FunctionRule> = new Map<string, FunctionRule>(
  Object.entries({
    CONCAT: rule(1, ANY, TEXT, (args) => `(${args.map(asText).join(' || ')})`),
    CONCAT_WS: textRule('concat_ws', 2, ANY),
    LENGTH: textRule('bytes', 1, 1, INT),
    OCTET_LENGTH: textRule('bytes', 1, 1, INT),
    CHAR_LENGTH: rule(1, 1, INT, (args) => `length(${text(args, 0)})`),
    CHARACTER_LENGTH: rule(1, 1, INT, (args) => `length(${text(args, 0)})`),
    UPPER: textRule('upper', 1, 1),
    UCASE: textRule('upper', 1, 1),
    LOWER: textRule('lower', 1, 1),
    LCASE: textRule('lower', 1, 1),
    SUBSTRING: rule(2, 3, TEXT, substring),
    SUBSTR: rule(2, 3, TEXT, substring),
    MID: rule(3, 3, TEXT, substring),
    LEFT: rule(2, 2, TEXT, (args) => `substr(${text(args, 0)}, 1, max(0, ${num(args, 1)}))`),
    RIGHT: rule(2, 2, TEXT, (args) => `my_right(${text(args, 0)}, ${num(args, 1)})`),
    TRIM: textRule('trim', 1, 2),
    LTRIM: textRule('ltrim', 1, 2),
    RTRIM: textRule('rtrim', 1, 2),
    REPLACE: rule(3, 3, TEXT, (args) => `replace(${texts(args)})`),
    REVERSE: textRule('reverse', 1, 1),
    INSTR: textRule('instr', 2, 2, INT),
    LOCATE: rule(2, 3, INT, (args) =>
      args.length === 2
        ? `my_instr(${text(args, 1)}, ${text(args, 0)})`
        : `my_instr(${text(args, 1)}, ${text(args, 0)}, ${num(args, 2)})`,
    ),
    LPAD: textRule('lpad', 3, 3),
    RPAD: textRule('rpad', 3, 3),
    REPEAT: textRule('repeat', 2, 2),
    SPACE: rule(1, 1, TEXT, (args) => `my_repeat(' ', ${num(args, 0)})`),
    SUBSTRING_INDEX: textRule('substring_index', 3, 3),
    FIELD: rule(2, ANY, INT, (args) => {
      const [first, ...rest] = args
      const tests = rest.map((arg, i) => `WHEN ${equal(first ?? NOTHING, arg)} THEN ${i + 1}`)
      return `(CASE ${tests.join(' ')} ELSE 0 END)`
    }),
    FIND_IN_SET: textRule('find_in_set', 2, 2, INT),
    ELT: rule(2, ANY, TEXT, (args) => {
      const tests = args.slice(1).map((arg, i) => `WHEN ${i + 1} THEN ${asText(arg)}`)
      return `(CASE CAST(${num(args, 0)} AS INTEGER) ${tests.join(' ')} END)`
    }),
    STRCMP: rule(2, 2, INT, (args) => {
      const [a, b] = [text(args, 0), text(args, 1)]
      return `(CASE WHEN ${a} < ${b} COLLATE MYSQL THEN -1 WHEN ${a} > ${b} COLLATE MYSQL THEN 1 WHEN ${a} = ${b} COLLATE MYSQL THEN 0 END)`
    }),
    ASCII: textRule('ascii', 1, 1, INT),
    ORD: textRule('ascii', 1, 1, INT),
    HEX: rule(1, 1, TEXT, (args) => `my_hex(${at(args, 0).sql})`),
    FORMAT: rule(2, 3, TEXT, (args) => `my_format(${num(args, 0)}, ${num(args, 1)})`),
    SOUNDEX: textRule('soundex', 1, 1),
    REGEXP_LIKE: textRule('regexp', 2, 3, INT),
    REGEXP_REPLACE: textRule('regexp_replace', 3, 3),
    REGEXP_SUBSTR: textRule('regexp_substr', 2, 2),
    INSERT: rule(4, 4, TEXT, (args) => `my_insert(${texts(args)})`),
    BIN: rule(1, 1, PLAIN, (args) => `my_base(${num(args, 0)}, 2)`),
    OCT: rule(1, 1, PLAIN, (args) => `my_base(${num(args, 0)}, 8)`),
    MD5: rule(1, 1, TEXT, () => {
      throw new SqlError(0, 'MD5() is not supported here')
    }),

    ABS: rule(
      1,
      1,
      (args) => arithmeticType('+', at(args, 0).type, INT),
      (args) => `abs(${num(args, 0)})`,
    ),
    SIGN: rule(1, 1, INT, (args) => `sign(${num(args, 0)})`),
    ROUND: rule(1, 2, rounded, (args) => `my_round(${num(args, 0)}, ${args.length > 1 ? num(args, 1) : 0})`),
    TRUNCATE: rule(2, 2, rounded, (args) => `my_truncate(${num(args, 0)}, ${num(args, 1)})`),
    FLOOR: rule(1, 1, whole, (args) => `my_floor(${num(args, 0)})`),
    CEIL: rule(1, 1, whole, (args) => `my_ceil(${num(args, 0)})`),
    CEILING: rule(1, 1, whole, (args) => `my_ceil(${num(args, 0)})`),
    MOD: rule(
      2,
      2,
      (args) => arithmeticType('-', at(args, 0).type, at(args, 1).type),
      (args) => `my_mod(${num(args, 0)}, ${num(args, 1)})`,
    ),
    POW: numberRule('my_pow', 2, 2),
    POWER: numberRule('my_pow', 2, 2),
    SQRT: numberRule('my_sqrt', 1, 1),
    EXP: numberRule('my_exp', 1, 1),
    LN: numberRule('my_ln', 1, 1),
    LOG: numberRule('my_log', 1, 2),
    LOG2: numberRule('my_log2', 1, 1),
    LOG10: numberRule('my_log10', 1, 1),
    SIN: numberRule('my_sin', 1, 1),
    COS: numberRule('my_cos', 1, 1),
    TAN: numberRule('my_tan', 1, 1),
    COT: numberRule('my_cot', 1, 1),
    ASIN: numberRule('my_asin', 1, 1),
    ACOS: numberRule('my_acos', 1, 1),
    ATAN: numberRule('my_atan', 1, 2),
    ATAN2: numberRule('my_atan', 1, 2),
    DEGREES: numberRule('my_degrees', 1, 1),
    RADIANS: numberRule('my_radians', 1, 1),
    PI: constantRule(0, '3.141592653589793', { kind: 'double', decimals: 6 }),
    RAND: constantRule(1, '0.5', DOUBLE),
    GREATEST: extreme('max'),
    LEAST: extreme('min'),

    IFNULL: rule(
      2,
      2,
      (args) => commonType(typesOf(args)),
      (args) => `ifnull(${alike(args).join(', ')})`,
    ),
    COALESCE: rule(
      1,
      ANY,
      (args) => commonType(typesOf(args)),
      (args) => (args.length === 1 ? at(args, 0).sql : `coalesce(${alike(args).join(', ')})`),
    ),
    NULLIF: rule(
      2,
      2,
      (args) => at(args, 0).type,
      (args) => `(CASE WHEN ${equal(at(args, 0), at(args, 1))} THEN NULL ELSE ${at(args, 0).sql} END)`,
    ),
    IF: rule(
      3,
      3,
      (args) => commonType(typesOf(args.slice(1))),
      (args) => {
        const [yes = 'NULL', no = 'NULL'] = alike(args.slice(1))
        return `(CASE WHEN ${num(args, 0)} THEN ${yes} ELSE ${no} END)`
      },
    ),
    ISNULL: rule(1, 1, INT, (args) => `(${at(args, 0).sql} IS NULL)`),
    ANY_VALUE: rule(
      1,
      1,
      (args) => at(args, 0).type,
      (args) => at(args, 0).sql,
    ),

    YEAR: partRule('YEAR'),
    QUARTER: partRule('QUARTER'),
    MONTH: partRule('MONTH'),
    DAY: partRule('DAY'),
    DAYOFMONTH: partRule('DAY'),
    HOUR: partRule('HOUR'),
    MINUTE: partRule('MINUTE'),
    SECOND: partRule('SECOND'),
    MONTHNAME: partRule('MONTHNAME', PLAIN),
    DAYNAME: partRule('DAYNAME', PLAIN),
    WEEKDAY: partRule('WEEKDAY'),
    DAYOFWEEK: partRule('DAYOFWEEK'),
    DAYOFYEAR: partRule('DAYOFYEAR'),
    WEEKOFYEAR: partRule('WEEKOFYEAR'),
    WEEK: rule(1, 2, INT, (args) => `my_part('WEEK', ${text(args, 0)})`),
    TO_DAYS: partRule('TO_DAYS'),
    TIME_TO_SEC: rule(1, 1, INT, (args) => `my_time_to_sec(${text(args, 0)})`),
    SEC_TO_TIME: rule(1, 1, TIME, (args) => `my_sec_to_time(${num(args, 0)})`),
    MAKEDATE: rule(2, 2, DATE, (args) => `my_makedate(${num(args, 0)}, ${num(args, 1)})`),
    LAST_DAY: partRule('LAST_DAY', DATE),
    DATE: partRule('DATE', DATE),
    TIME: partRule('TIME', TIME),
    TIMESTAMP: rule(1, 1, DATETIME, (args) => `my_moment(${text(args, 0)})`),
    UNIX_TIMESTAMP: rule(
      0,
      1,
      INT,
      (args) => `my_part('UNIX_TIMESTAMP', ${args.length === 0 ? quoteText(NOW) : text(args, 0)})`,
    ),
    EXTRACT: rule(2, 2, INT, (args) => `my_part(${at(args, 0).sql}, ${text(args, 1)})`),
    FROM_UNIXTIME: rule(1, 1, DATETIME, (args) => `datetime(${num(args, 0)}, 'unixepoch')`),
    DATE_FORMAT: textRule('date_format', 2, 2),
    STR_TO_DATE: rule(
      2,
      2,
      (args) => (/%[HkhIlisST]/.test(String(at(args, 1).literal)) ? DATETIME : DATE),
      (args) => `my_str_to_date(${texts(args)})`,
    ),
    DATEDIFF: textRule('datediff', 2, 2, INT),
    TIMESTAMPDIFF: textRule('timestampdiff', 3, 3, INT),
    ADDDATE: added(''),
    SUBDATE: added('-'),
    CURDATE: constantRule(0, quoteText(NOW.slice(0, 10)), DATE),
    CURRENT_DATE: constantRule(0, quoteText(NOW.slice(0, 10)), DATE),
    UTC_DATE: constantRule(0, quoteText(NOW.slice(0, 10)), DATE),
    CURTIME: constantRule(1, quoteText(NOW.slice(11)), TIME),
    CURRENT_TIME: constantRule(1, quoteText(NOW.slice(11)), TIME),
    NOW: constantRule(1, quoteText(NOW), DATETIME),
    SYSDATE: constantRule(1, quoteText(NOW), DATETIME),
    CURRENT_TIMESTAMP: constantRule(1, quoteText(NOW), DATETIME),
    LOCALTIME: constantRule(1, quoteText(NOW), DATETIME),
    LOCALTIMESTAMP: constantRule(1, quoteText(NOW), DATETIME),
    UTC_TIMESTAMP: constantRule(1, quoteText(NOW), DATETIME),

    VERSION: constantRule(0, "'8.0.33'", PLAIN),
    USER: constantRule(0, "'admin@localhost'", PLAIN),
    CURRENT_USER: constantRule(0, "'admin@%'", PLAIN),
    SESSION_USER: constantRule(0, "'admin@localhost'", PLAIN),
    SYSTEM_USER: constantRule(0, "'admin@localhost'", PLAIN),
    CONNECTION_ID: constantRule(0, '8', INT),
    LAST_INSERT_ID: constantRule(1, '0', INT),
    ROW_COUNT: constantRule(0, '-1', INT),
    FOUND_ROWS: constantRule(0, '0', INT),
  }),
)
