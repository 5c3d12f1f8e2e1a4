/** Functions over dates and times (manual, Date and Time Functions). The clock stands still. */
import { NOW } from '../../values/moments.ts'
import {
  BIGINT,
  DATE,
  DATETIME,
  decimal,
  INT,
  isTemporal,
  MOMENT_TEXT,
  PLAIN,
  TEXT,
  TIME,
  type ValueType,
} from '../../values/value-type.ts'
import { asClock, asText, type Side } from '../conversion.ts'
import { quoteText } from '../sqlite-text.ts'
import { at, constantRule, type FunctionRule, num, rule, text, textRule, texts, whole } from './rule.ts'

/** A part of a date. */
const partRule = (unit: string, type: ValueType = INT): FunctionRule =>
  rule(1, 1, type, (args) => `my_part('${unit}', ${text(args, 0)})`)

const clock = (args: readonly Side[], i: number): string => asClock(at(args, i))

/** A part of a time, which EXTRACT gives with its sign. */
const spanRule = (unit: string): FunctionRule =>
  rule(1, 1, INT, (args) => `abs(my_span_part('${unit}', ${clock(args, 0)}))`)

const added = (sign: 1 | -1): FunctionRule =>
  rule(
    2,
    2,
    (args) => (at(args, 0).type.kind === 'date' ? DATE : isTemporal(at(args, 0).type) ? DATETIME : MOMENT_TEXT),
    (args) => `my_add(${text(args, 0)}, ${num(args, 1)}, 'DAY', ${sign})`,
  )

const movedTime = (sign: 1 | -1): FunctionRule =>
  rule(
    2,
    2,
    ([first]) => {
      const kind = first?.type.kind
      return kind === 'time' ? TIME : kind === 'date' || kind === 'datetime' ? DATETIME : MOMENT_TEXT
    },
    (args) => `my_add_time(${clock(args, 0)}, ${clock(args, 1)}, ${sign})`,
  )

const weekRule = (name: string): FunctionRule =>
  rule(1, 2, INT, (args) => `my_${name}(${text(args, 0)}, ${args.length > 1 ? whole(args, 1) : 0})`)

/** What STR_TO_DATE makes of a format that is known before it runs. */
function readType(format: Side): ValueType {
  const words = typeof format.literal === 'string' ? format.literal : ''
  if (!/%[fHISThiklprs]/.test(words)) return words === '' ? DATETIME : DATE
  return /%[MVUXYWabcjmvuxyjdeDw]/.test(words) ? DATETIME : TIME
}

const DATE_UNITS = /^(YEAR|QUARTER|MONTH|WEEK|DAY|YEAR_MONTH)$/

const now = (type: ValueType, from = 0, to = NOW.length): FunctionRule =>
  constantRule(type === DATE ? 0 : 1, quoteText(NOW.slice(from, to)), type)

export const DATE_RULES: Readonly<Record<string, FunctionRule>> = {
  YEAR: partRule('YEAR'),
  QUARTER: partRule('QUARTER'),
  MONTH: partRule('MONTH'),
  DAY: partRule('DAY'),
  DAYOFMONTH: partRule('DAY'),
  MONTHNAME: partRule('MONTHNAME', PLAIN),
  DAYNAME: partRule('DAYNAME', PLAIN),
  WEEKDAY: partRule('WEEKDAY'),
  DAYOFWEEK: partRule('DAYOFWEEK'),
  DAYOFYEAR: partRule('DAYOFYEAR'),
  WEEKOFYEAR: partRule('WEEKOFYEAR'),
  WEEK: weekRule('week'),
  YEARWEEK: weekRule('yearweek'),
  TO_DAYS: partRule('TO_DAYS'),
  TO_SECONDS: partRule('TO_SECONDS', BIGINT),
  LAST_DAY: partRule('LAST_DAY', DATE),
  DATE: partRule('DATE', DATE),
  HOUR: spanRule('HOUR'),
  MINUTE: spanRule('MINUTE'),
  SECOND: spanRule('SECOND'),
  MICROSECOND: spanRule('MICROSECOND'),
  TIME: rule(1, 1, TIME, (args) => `my_time(${clock(args, 0)})`),
  EXTRACT: rule(2, 2, BIGINT, (args) =>
    DATE_UNITS.test(String(at(args, 0).literal))
      ? `my_part(${at(args, 0).sql}, ${text(args, 1)})`
      : `my_span_part(${at(args, 0).sql}, ${clock(args, 1)})`,
  ),
  TIME_TO_SEC: rule(1, 1, INT, (args) => `my_time_to_sec(${clock(args, 0)})`),
  SEC_TO_TIME: rule(1, 1, TIME, (args) => `my_sec_to_time(${text(args, 0)})`),
  MAKEDATE: rule(2, 2, DATE, (args) => `my_makedate(${whole(args, 0)}, ${whole(args, 1)})`),
  MAKETIME: rule(3, 3, TIME, (args) => `my_maketime(${whole(args, 0)}, ${whole(args, 1)}, ${text(args, 2)})`),
  FROM_DAYS: rule(1, 1, DATE, (args) => `my_from_days(${whole(args, 0)})`),
  TIMESTAMP: rule(1, 2, DATETIME, (args) =>
    args.length === 1 ? `my_moment(${text(args, 0)}, 6)` : `my_timestamp(${text(args, 0)}, ${clock(args, 1)})`,
  ),
  UNIX_TIMESTAMP: rule(
    0,
    1,
    // Of a text it is not known whether there will be a fraction.
    (args) => (args.length === 0 || isTemporal(at(args, 0).type) ? INT : fractionOf(at(args, 0))),
    (args) => {
      if (args.length === 0) return `my_part('UNIX_TIMESTAMP', ${quoteText(NOW)})`
      const whole = isTemporal(at(args, 0).type) || fractionOf(at(args, 0)) === INT
      return whole ? `my_part('UNIX_TIMESTAMP', ${text(args, 0)})` : `my_unix_micros(${text(args, 0)})`
    },
  ),
  FROM_UNIXTIME: rule(
    1,
    2,
    (args) => (args.length === 1 ? DATETIME : TEXT),
    (args) => {
      const moment = `my_from_unixtime(${text(args, 0)})`
      return args.length === 1 ? moment : `my_date_format(${moment}, ${text(args, 1)})`
    },
  ),
  DATE_FORMAT: rule(2, 2, TEXT, (args) => `my_date_format(${moment(at(args, 0))}, ${text(args, 1)})`),
  TIME_FORMAT: rule(2, 2, TEXT, (args) => `my_time_format(${clock(args, 0)}, ${text(args, 1)})`),
  STR_TO_DATE: rule(
    2,
    2,
    (args) => readType(at(args, 1)),
    (args) => `my_str_to_date(${texts(args)})`,
  ),
  GET_FORMAT: textRule('get_format', 2, 2),
  CONVERT_TZ: textRule('convert_tz', 3, 3, DATETIME),
  DATEDIFF: textRule('datediff', 2, 2, INT),
  TIMEDIFF: rule(2, 2, TIME, (args) => `my_timediff(${clock(args, 0)}, ${clock(args, 1)})`),
  ADDTIME: movedTime(1),
  SUBTIME: movedTime(-1),
  TIMESTAMPDIFF: textRule('timestampdiff', 3, 3, BIGINT),
  PERIOD_ADD: rule(2, 2, INT, (args) => `my_period_add(${whole(args, 0)}, ${whole(args, 1)})`),
  PERIOD_DIFF: rule(2, 2, INT, (args) => `my_period_diff(${whole(args, 0)}, ${whole(args, 1)})`),
  ADDDATE: added(1),
  SUBDATE: added(-1),
  CURDATE: now(DATE, 0, 10),
  CURRENT_DATE: now(DATE, 0, 10),
  UTC_DATE: now(DATE, 0, 10),
  CURTIME: now(TIME, 11),
  CURRENT_TIME: now(TIME, 11),
  UTC_TIME: now(TIME, 11),
  NOW: now(DATETIME),
  SYSDATE: now(DATETIME),
  CURRENT_TIMESTAMP: now(DATETIME),
  LOCALTIME: now(DATETIME),
  LOCALTIMESTAMP: now(DATETIME),
  UTC_TIMESTAMP: now(DATETIME),
}

/** A TIME is a moment of today. */
function moment(side: Side): string {
  return side.type.kind === 'time' ? `my_span_moment(${side.sql}, ${quoteText(NOW)})` : asText(side)
}

/** UNIX_TIMESTAMP of a text literal has the fraction that is written in it; of other texts six digits. */
function fractionOf({ literal, type }: Side): ValueType {
  if (type.kind !== 'text') return INT
  const digits = typeof literal === 'string' ? (/\.(\d{1,6})/.exec(literal)?.[1]?.length ?? 0) : 6
  return digits === 0 ? INT : decimal(digits, 11 + digits)
}
