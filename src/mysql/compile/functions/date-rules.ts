/** Functions over dates and times (manual, Date and Time Functions). The clock stands still. */
import { NOW } from '../../values/moments.ts'
import { DATE, DATETIME, INT, isTemporal, PLAIN, TEXT, TIME, type ValueType } from '../../values/value-type.ts'
import { quoteText } from '../sqlite-text.ts'
import { at, constantRule, type FunctionRule, num, rule, text, textRule, texts } from './rule.ts'

const partRule = (unit: string, type: ValueType = INT): FunctionRule =>
  rule(1, 1, type, (args) => `my_part('${unit}', ${text(args, 0)})`)

const added = (sign: string): FunctionRule =>
  rule(
    2,
    2,
    (args) => (at(args, 0).type.kind === 'date' ? DATE : isTemporal(at(args, 0).type) ? DATETIME : TEXT),
    (args) => `my_add(${text(args, 0)}, ${sign}${num(args, 1)}, 'DAY')`,
  )

export const DATE_RULES: Readonly<Record<string, FunctionRule>> = {
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
}
