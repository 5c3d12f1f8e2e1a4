/** Functions over text (manual, String Functions and Operators). */
import { SqlError } from '../../sql-error.ts'
import { INT, PLAIN, TEXT } from '../../values/value-type.ts'
import { asNumber, asText, type Side } from '../conversion.ts'
import { equal } from './alike.ts'
import { ANY, at, type FunctionRule, NOTHING, num, rule, text, textRule, texts } from './rule.ts'

function substring(args: readonly Side[]): string {
  const rest = args.slice(1).map((arg) => `CAST(${asNumber(arg)} AS INTEGER)`)
  return `my_substring(${[text(args, 0), ...rest].join(', ')})`
}

export const TEXT_RULES: Readonly<Record<string, FunctionRule>> = {
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
}
