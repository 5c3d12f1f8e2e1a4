/** Functions over text (manual, String Functions and Operators). */
import { INT, TEXT } from '../../values/value-type.ts'
import { asText } from '../conversion.ts'
import { equal } from './alike.ts'
import { ANY, type FunctionRule, NOTHING, rule, text, textRule, texts, whole } from './rule.ts'

/** A function of `run/functions` over texts (`t`) and whole numbers (`n`). */
const mixedRule = (name: string, kinds: string, least = kinds.length): FunctionRule =>
  rule(least, kinds.length, TEXT, (args) => {
    const parts = args.map((_, i) => (kinds[i] === 'n' ? whole(args, i) : text(args, i)))
    return `my_${name}(${parts.join(', ')})`
  })

export const TEXT_RULES: Readonly<Record<string, FunctionRule>> = {
  CONCAT: rule(1, ANY, TEXT, (args) => `(${args.map(asText).join(' || ')})`),
  CONCAT_WS: textRule('concat_ws', 2, ANY),
  LENGTH: textRule('bytes', 1, 1, INT),
  OCTET_LENGTH: textRule('bytes', 1, 1, INT),
  BIT_LENGTH: rule(1, 1, INT, (args) => `(8 * my_bytes(${text(args, 0)}))`),
  CHAR_LENGTH: rule(1, 1, INT, (args) => `length(${text(args, 0)})`),
  CHARACTER_LENGTH: rule(1, 1, INT, (args) => `length(${text(args, 0)})`),
  UPPER: textRule('upper', 1, 1),
  UCASE: textRule('upper', 1, 1),
  LOWER: textRule('lower', 1, 1),
  LCASE: textRule('lower', 1, 1),
  SUBSTRING: mixedRule('substring', 'tnn', 2),
  SUBSTR: mixedRule('substring', 'tnn', 2),
  MID: mixedRule('substring', 'tnn'),
  LEFT: rule(2, 2, TEXT, (args) => `substr(${text(args, 0)}, 1, max(0, ${whole(args, 1)}))`),
  RIGHT: mixedRule('right', 'tn'),
  TRIM: textRule('trim', 1, 2),
  LTRIM: textRule('ltrim', 1, 2),
  RTRIM: textRule('rtrim', 1, 2),
  REPLACE: rule(3, 3, TEXT, (args) => `replace(${texts(args)})`),
  REVERSE: textRule('reverse', 1, 1),
  INSTR: textRule('instr', 2, 2, INT),
  LOCATE: rule(2, 3, INT, (args) =>
    args.length === 2
      ? `my_instr(${text(args, 1)}, ${text(args, 0)})`
      : `my_instr(${text(args, 1)}, ${text(args, 0)}, ${whole(args, 2)})`,
  ),
  LPAD: mixedRule('lpad', 'tnt'),
  RPAD: mixedRule('rpad', 'tnt'),
  REPEAT: mixedRule('repeat', 'tn'),
  SPACE: rule(1, 1, TEXT, (args) => `my_repeat(' ', ${whole(args, 0)})`),
  SUBSTRING_INDEX: mixedRule('substring_index', 'ttn'),
  FIELD: rule(2, ANY, INT, (args) => {
    const [first, ...rest] = args
    const tests = rest.map((arg, i) => `WHEN ${equal(first ?? NOTHING, arg)} THEN ${i + 1}`)
    return `(CASE ${tests.join(' ')} ELSE 0 END)`
  }),
  FIND_IN_SET: textRule('find_in_set', 2, 2, INT),
  ELT: rule(2, ANY, TEXT, (args) => {
    const tests = args.slice(1).map((arg, i) => `WHEN ${i + 1} THEN ${asText(arg)}`)
    return `(CASE ${whole(args, 0)} ${tests.join(' ')} END)`
  }),
  STRCMP: rule(2, 2, INT, (args) => {
    const [a, b] = [text(args, 0), text(args, 1)]
    return `(CASE WHEN ${a} < ${b} COLLATE MYSQL THEN -1 WHEN ${a} > ${b} COLLATE MYSQL THEN 1 WHEN ${a} = ${b} COLLATE MYSQL THEN 0 END)`
  }),
  ASCII: textRule('ascii', 1, 1, INT),
  SOUNDEX: textRule('soundex', 1, 1),
  REGEXP_LIKE: textRule('regexp', 2, 3, INT),
  REGEXP_REPLACE: textRule('regexp_replace', 3, 6),
  REGEXP_SUBSTR: textRule('regexp_substr', 2, 5),
  REGEXP_INSTR: textRule('regexp_instr', 2, 6, INT),
  INSERT: mixedRule('insert', 'tnnt'),
}
