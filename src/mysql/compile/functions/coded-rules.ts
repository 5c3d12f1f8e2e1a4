/** Functions that turn values into codes and back (manual, String Functions, Encryption and Compression Functions). */
import { INT, isNumber, PLAIN, TEXT, UNSIGNED } from '../../values/value-type.ts'
import { asText, type Side } from '../conversion.ts'
import { exactly } from '../expression/arithmetic.ts'
import { ANY, at, constantRule, type FunctionRule, rule, text, textRule, whole, wholeOf } from './rule.ts'

const inBase = (from: string, to: string): FunctionRule =>
  rule(1, 1, PLAIN, (args) => `my_conv(${text(args, 0)}, ${from}, ${to})`)

/** HEX: of a number its 64 bits, of all else its bytes. */
function hexed(side: Side): string {
  if (!isNumber(side.type)) return `my_hex(${asText(side)})`
  return side.type.form === 'text' ? `my_conv(${side.sql}, 10, 16)` : `my_hex(${side.sql})`
}

export const CODED_RULES: Readonly<Record<string, FunctionRule>> = {
  MD5: textRule('md5', 1, 1, PLAIN),
  SHA: textRule('sha1', 1, 1, PLAIN),
  SHA1: textRule('sha1', 1, 1, PLAIN),
  SHA2: rule(2, 2, PLAIN, (args) => `my_sha2(${text(args, 0)}, ${whole(args, 1)})`),
  CRC32: textRule('crc32', 1, 1, { kind: 'int', digits: 10 }),
  TO_BASE64: textRule('to_base64', 1, 1),
  FROM_BASE64: textRule('from_base64', 1, 1),
  HEX: rule(1, 1, PLAIN, (args) => hexed(at(args, 0))),
  UNHEX: textRule('unhex', 1, 1),
  CONV: rule(3, 3, PLAIN, (args) => `my_conv(${text(args, 0)}, ${whole(args, 1)}, ${whole(args, 2)})`),
  BIN: inBase('10', '2'),
  OCT: inBase('10', '8'),
  // NULL among the numbers is left out.
  CHAR: rule(1, ANY, TEXT, (args) => `my_concat_ws('', ${args.map((arg) => `my_char(${exactly(arg)})`).join(', ')})`),
  ORD: textRule('ord', 1, 1, INT),
  FORMAT: rule(
    2,
    3,
    TEXT,
    (args) =>
      `my_format(${text(args, 0)}, ${whole(args, 1)}, ${args.length > 2 ? `ifnull(${text(args, 2)}, '')` : "''"})`,
  ),
  QUOTE: rule(1, 1, TEXT, (args) => `ifnull(my_quote(${text(args, 0)}), 'NULL')`),
  BIT_COUNT: rule(1, 1, INT, (args) => `my_bit_count(${exactly(at(args, 0))})`),
  EXPORT_SET: rule(3, 5, TEXT, (args) => {
    const mark = args.length > 3 ? text(args, 3) : "','"
    const count = args.length > 4 ? whole(args, 4) : '64'
    return `my_export_set(${exactly(at(args, 0))}, ${text(args, 1)}, ${text(args, 2)}, ${mark}, ${count})`
  }),
  MAKE_SET: rule(2, ANY, TEXT, (args) => {
    const [set, ...words] = args
    const of = set === undefined ? 'NULL' : wholeOf(set)
    const chosen = words.map((word, i) => `iif(${of} & ${1n << BigInt(Math.min(i, 62))}, ${asText(word)}, NULL)`)
    return `iif(${of} IS NULL, NULL, my_concat_ws(',', ${chosen.join(', ')}))`
  }),
  INET_ATON: textRule('inet_aton', 1, 1, { kind: 'int', digits: 10 }),
  INET_NTOA: rule(1, 1, PLAIN, (args) => `my_inet_ntoa(${whole(args, 0)})`),
  IS_IPV4: rule(1, 1, INT, (args) => `ifnull(my_is_ipv4(${text(args, 0)}), 0)`),
  UUID: constantRule(0, "'00000000-0000-1000-8000-000000000000'", PLAIN),
  UUID_SHORT: constantRule(0, "'0'", UNSIGNED),
  IS_UUID: textRule('is_uuid', 1, 1, INT),
}
