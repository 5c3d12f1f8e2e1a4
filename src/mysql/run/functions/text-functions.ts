/** MySQL's functions over text, as plain functions; `register.ts` gives them to SQLite. NULL in, NULL out. */
import { compareText } from '../../values/collation.ts'

/** Longest text that a function makes. */
export const LONGEST_TEXT = 100_000

type Text = (...args: readonly string[]) => string | number | null

function cut(text: string): string | null {
  return text.length > LONGEST_TEXT ? null : text
}

function repeat(text: string, count: number): string | null {
  const times = Math.max(0, Math.trunc(count))
  return text.length * times > LONGEST_TEXT ? null : text.repeat(times)
}

function pad(text: string, width: number, fill: string, left: boolean): string | null {
  const letters = [...text]
  const wanted = Math.trunc(width)
  if (!(wanted >= 0) || wanted > LONGEST_TEXT) return null
  if (letters.length >= wanted) return letters.slice(0, wanted).join('')
  if (fill === '') return ''
  const padding = [...(repeat(fill, Math.ceil((wanted - letters.length) / [...fill].length)) ?? '')]
    .slice(0, wanted - letters.length)
    .join('')
  return left ? padding + text : text + padding
}

function trimmed(text: string, what: string, left: boolean, right: boolean): string {
  if (what === '') return text
  let [start, end] = [0, text.length]
  if (left) while (start < end && text.startsWith(what, start)) start += what.length
  if (right) while (end - what.length >= start && text.endsWith(what, end)) end -= what.length
  return text.slice(start, end)
}

function soundex(text: string): string {
  const codes = '01230120022455012623010202'
  let out = ''
  let last = ''
  for (const c of text.replace(/[a-z]/g, (letter) => letter.toUpperCase())) {
    if ((c < 'A' || c > 'Z') && c < '\u00c0') continue
    const code = c > 'Z' ? '0' : codes.charAt(c.charCodeAt(0) - 65)
    if (out === '') out = c
    else if (code !== '0' && code !== last) out += code
    // Vowels do not tell two equal codes apart.
    if (code !== '0' || last === '') last = code
  }
  return out === '' ? '' : out.padEnd(4, '0')
}

/** By name in SQLite, without the `my_`. */
export const TEXT_FUNCTIONS: Readonly<Record<string, Text>> = {
  upper: (s = '') => s.toUpperCase(),
  lower: (s = '') => s.toLowerCase(),
  bytes: (s = '') => new TextEncoder().encode(s).length,
  reverse: (s = '') => [...s].reverse().join(''),
  instr: (s = '', what = '', from = '1') => {
    const start = Math.trunc(Number(from))
    if (start < 1) return 0
    const letters = [...s]
    const tail = letters
      .slice(start - 1)
      .join('')
      .toUpperCase()
    const place = tail.indexOf(what.toUpperCase())
    return place < 0 ? 0 : [...tail.slice(0, place)].length + start
  },
  substring: (s = '', from = '1', length) => {
    const letters = [...s]
    const at = Math.trunc(Number(from))
    if (at === 0) return ''
    const start = at > 0 ? at - 1 : letters.length + at
    if (start < 0 || start >= letters.length) return ''
    const count = length === undefined ? letters.length : Math.trunc(Number(length))
    return count <= 0 ? '' : letters.slice(start, start + count).join('')
  },
  insert: (s = '', from = '0', length = '0', by = '') => {
    const letters = [...s]
    const at = Math.trunc(Number(from))
    if (at < 1 || at > letters.length) return s
    const count = Math.trunc(Number(length))
    const end = count < 0 || at - 1 + count > letters.length ? letters.length : at - 1 + count
    return cut(letters.slice(0, at - 1).join('') + by + letters.slice(end).join(''))
  },
  right: (s = '', count = '0') => {
    const letters = [...s]
    const wanted = Math.trunc(Number(count))
    return wanted <= 0 ? '' : letters.slice(Math.max(0, letters.length - wanted)).join('')
  },
  trim: (s = '', what = ' ') => trimmed(s, what, true, true),
  ltrim: (s = '', what = ' ') => trimmed(s, what, true, false),
  rtrim: (s = '', what = ' ') => trimmed(s, what, false, true),
  lpad: (s = '', width = '0', fill = '') => pad(s, Number(width), fill, true),
  rpad: (s = '', width = '0', fill = '') => pad(s, Number(width), fill, false),
  repeat: (s = '', count = '0') => repeat(s, Number(count)),
  substring_index: (s = '', mark = '', count = '0') => {
    const wanted = Math.trunc(Number(count))
    if (mark === '' || wanted === 0) return ''
    const parts = s.split(mark)
    return (wanted > 0 ? parts.slice(0, wanted) : parts.slice(wanted)).join(mark)
  },
  find_in_set: (what = '', set = '') => {
    const place = set.split(',').findIndex((item) => compareText(item, what) === 0)
    return set === '' ? 0 : place + 1
  },
  ascii: (s = '') => (s === '' ? 0 : (new TextEncoder().encode(s)[0] ?? 0)),
  soundex: (s = '') => soundex(s),
}
