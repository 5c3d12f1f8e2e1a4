/** MySQL's functions that turn values into codes and back. NULL in, NULL out. */
import { bitsOf, clamped } from '../../values/decimals.ts'
import { MOST_DIGITS } from '../../values/value-type.ts'
import { numberOf, textOf, type Value } from './arguments.ts'
import { bytesOf, crc32, fromBase64, hex, md5Hex, sha1Hex, sha2Hex, textOfBytes, toBase64 } from './digests.ts'

const MOST_UNSIGNED = 2n ** 64n - 1n

/** CONV, BIN, OCT: of a number in one base its digits in another. A negative base reads or writes a sign. */
function inBase(value: string, from: number, to: number): string | null {
  const [a, b] = [Math.abs(from), Math.abs(to)]
  if (value === '' || a < 2 || a > 36 || b < 2 || b > 36) return null
  const [, sign = '', digits = ''] = /^\s*([-+]?)([0-9a-z]*)/i.exec(value) ?? []
  let number = 0n
  for (const letter of digits.toLowerCase()) {
    const digit = Number.parseInt(letter, a)
    if (Number.isNaN(digit)) break
    number = number * BigInt(a) + BigInt(digit)
    if (number > MOST_UNSIGNED) number = MOST_UNSIGNED
  }
  if (sign === '-') number = -number
  const bits = BigInt.asUintN(64, number)
  return (to < 0 ? BigInt.asIntN(64, bits) : bits).toString(b).toUpperCase()
}

/** What HEX writes of a number: its 64 bits. */
function hexOfNumber(value: number | bigint): string {
  return bitsOf(value).toString(16).toUpperCase()
}

/** A number with commas (or the marks of another locale) and so many decimals, halves away from zero. */
function grouped(value: Value, decimals: Value, locale: string): string {
  const places = Math.max(0, Math.min(30, Math.trunc(numberOf(decimals))))
  const [, sign = '', whole = '', rest = ''] =
    /^(-?)(\d+)\.?(\d*)$/.exec(clamped(textOf(value), MOST_DIGITS + places, places)) ?? []
  const [comma, point] = LOCALES[locale.toLowerCase().slice(0, 5)] ?? [',', '.']
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, comma)}${rest === '' ? '' : `${point}${rest}`}`
}

/** Marks of thousands and of decimals (sql/sql_locale.cc); all others as en_US. */
const LOCALES: Readonly<Record<string, readonly [thousands: string, point: string]>> = {
  de_de: ['.', ','],
  de_at: ['', ','],
  de_ch: ["'", '.'],
  es_es: ['', ','],
  fr_fr: ['', ','],
  it_it: ['', ','],
  nl_nl: ['', ','],
  pt_br: ['.', ','],
  pt_pt: ['', ','],
  ru_ru: ['.', ','],
  sv_se: ['.', ','],
  da_dk: ['.', ','],
  nb_no: ['.', ','],
  pl_pl: ['', ','],
  id_id: ['.', ','],
  tr_tr: ['.', ','],
}

/** EXPORT_SET: a word for each bit, lowest first. */
function exportSet(bits: Value, on: string, off: string, mark: string, count: number): string {
  const set = bitsOf(typeof bits === 'number' || typeof bits === 'bigint' ? bits : textOf(bits))
  const most = count < 0 || count > 64 ? 64 : Math.trunc(count)
  return Array.from({ length: most }, (_, i) => ((set >> BigInt(i)) & 1n ? on : off)).join(mark)
}

/** INET_ATON: `127.0.0.1` and `127.1` as a number. */
function addressNumber(text: string): number | null {
  const parts = text.split('.')
  if (parts.length > 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return null
  const last = parts.pop() ?? ''
  return parts.reduce((sum, part, i) => sum + Number(part) * 256 ** (3 - i), 0) + Number(last)
}

function addressText(value: number): string | null {
  if (!(value >= 0 && value <= 0xffffffff)) return null
  const whole = Math.trunc(value)
  return [24, 16, 8, 0].map((shift) => Math.floor(whole / 2 ** shift) % 256).join('.')
}

/** CHAR(): the bytes of numbers, high ones first. */
function characters(value: Value): string | null {
  const number = Number(BigInt.asUintN(32, bitsOf(typeof value === 'number' ? value : textOf(value))))
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256)
  while (bytes.length > 1 && bytes[0] === 0) bytes.shift()
  return textOfBytes(Uint8Array.from(bytes)) ?? null
}

/** ORD: the bytes of the first character as one number. */
function ordinal(text: string): number {
  const [first = ''] = text
  return bytesOf(first).reduce((sum, byte) => sum * 256 + byte, 0)
}

function unhexed(text: string): string | null {
  if (!/^[0-9a-f]*$/i.test(text)) return null
  const pairs = (text.length % 2 === 0 ? text : `0${text}`).match(/../g) ?? []
  return textOfBytes(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))) ?? null
}

const QUOTED: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\0': '\\0', '\x1a': '\\Z' }

/** By name in SQLite, without the `my_`. */
export const CODED_FUNCTIONS: Readonly<Record<string, (...args: readonly Value[]) => string | number | null>> = {
  md5: (text) => md5Hex(textOf(text)),
  sha1: (text) => sha1Hex(textOf(text)),
  sha2: (text, bits) => sha2Hex(textOf(text), numberOf(bits)),
  crc32: (text) => crc32(textOf(text)),
  to_base64: (text) => toBase64(textOf(text)),
  from_base64: (text) => fromBase64(textOf(text)),
  hex: (value) =>
    typeof value === 'number' || typeof value === 'bigint'
      ? hexOfNumber(value)
      : hex(bytesOf(textOf(value))).toUpperCase(),
  unhex: (text) => unhexed(textOf(text)),
  conv: (value, from, to) => inBase(textOf(value), Math.trunc(numberOf(from)), Math.trunc(numberOf(to))),
  char: characters,
  ord: (text) => ordinal(textOf(text)),
  format: (value, decimals, locale) => grouped(value, decimals, textOf(locale)),
  export_set: (bits, on, off, mark, count) => exportSet(bits, textOf(on), textOf(off), textOf(mark), numberOf(count)),
  quote: (text) => `'${[...textOf(text)].map((c) => QUOTED[c] ?? c).join('')}'`,
  is_uuid: (text) => (/^\{?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i.test(textOf(text)) ? 1 : 0),
  inet_aton: (text) => addressNumber(textOf(text)),
  inet_ntoa: (value) => addressText(numberOf(value)),
  is_ipv4: (text) => (/^\d{1,3}(\.\d{1,3}){3}$/.test(textOf(text)) && addressNumber(textOf(text)) !== null ? 1 : 0),
}
