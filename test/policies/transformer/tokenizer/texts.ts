/** Texts to try a tokenizer with: what the shipped data holds, and what no data would. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { stream } from '../../../../src/core/random.ts'

const DATA = fileURLToPath(new URL('../../../../public/data/', import.meta.url))
const text = (path: string): string => readFileSync(`${DATA}${path}`, 'utf8')
const json = (path: string) => JSON.parse(text(path)) // the shipped files, known

/** Titles and instructions of the shop; questions, queries and statements of the databases. */
export function dataTexts(): string[] {
  const products: { name: string; small_description: string[] }[] = json('webshop/items_shuffle.json')
  const goals: Record<string, { instruction: string }[]> = json('webshop/items_human_ins.json')
  const questions: { query: string; gold: string }[] = json('intercode-sql/tasks.json')
  return [
    ...products.flatMap(({ name, small_description }) => [name, ...small_description]),
    ...Object.values(goals).flatMap((some) => some.map(({ instruction }) => instruction)),
    ...questions.flatMap(({ query, gold }) => [query, gold]),
    ...text('intercode-sql/databases.sql').split('\n'),
  ]
}

const PIECES = [
  ...[
    ' ',
    '  ',
    '        ',
    '\t',
    '\n',
    '\r\n',
    '\u0000',
    '\u0007',
    '\u001c',
    '\u001f',
    '\u00a0',
    '\u1680',
    '\u2028',
    '\u3000',
  ],
  ...[
    '\u180e',
    '\u200b',
    '\u{10ffff}',
    'a',
    'The',
    "'s",
    "'ll",
    "'S",
    "'",
    '1',
    '²',
    '½',
    'é',
    'e\u0301',
    'ß',
    'Ω',
    '漢字',
    'กำ',
  ],
  ...[
    '👍',
    '👨‍👩‍👧',
    '\u{1f1e9}\u{1f1ea}',
    '_',
    '--',
    '$50',
    '.',
    'SELECT',
    'click[',
    ']',
    '<',
    '|',
    '>',
    'x'.repeat(40),
  ],
]

/** Words of few letters, spaces of every kind, signs, controls, emoji, in any order. */
export function strangeTexts(count: number): string[] {
  const random = stream(11)
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + random.below(12) }, () => PIECES[random.below(PIECES.length)]).join(''),
  )
}
