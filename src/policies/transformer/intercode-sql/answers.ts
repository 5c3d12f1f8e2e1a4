/** The answers of the database in few words. What says something of a thing stands before its pointer. */
import { type Mention, mentionOfTable, mentionsIn } from '../../linear/intercode-sql/mentions.ts'
import { readRows } from '../../linear/intercode-sql/rows.ts'
import type { Column } from '../../linear/intercode-sql/schema.ts'
import type { News, ViewMemory } from './memory.ts'
import { columnPointer, tablePointer } from './pointers.ts'
import { nameWords, plainWords, tokensOf } from './words.ts'

/** Tokens that an episode's texts may take together; half as many for one. */
const MOST_TOKENS = 640

/** The text after a statement that gave `observation`. */
export function answerText(memory: ViewMemory, observation: string): string {
  const room = MOST_TOKENS - memory.spent
  const parts = partsOf(memory, observation)
  const shown: string[] = []
  let spent = 0
  for (const part of parts) {
    spent += tokensOf(part)
    if (spent > Math.min(room, MOST_TOKENS / 2)) return [...shown, '…'].join(' ')
    shown.push(part)
  }
  return shown.join(' ')
}

function partsOf(memory: ViewMemory, observation: string): readonly string[] {
  switch (memory.news.kind) {
    case 'tables':
      return tableParts(memory, memory.news.from)
    case 'columns':
      return columnParts(memory, memory.news)
    case 'known':
      return ['as before']
    case 'answer':
      return rowParts(observation)
  }
}

/** `doctor ! ta , patient tb`. */
function tableParts({ tables, asked }: ViewMemory, from: number): readonly string[] {
  if (tables.length === 0) return ['no tables']
  return tables
    .slice(from)
    .map((name, i) => spaced(nameWords(name), mark(mentionOfTable(asked.question, name)), tablePointer(from + i)))
}

/** `doctor id key A name text B salary ! number C`. */
function columnParts({ asked, columns, tables }: ViewMemory, news: News & { kind: 'columns' }): readonly string[] {
  const { column: mentionOf } = mentionsIn(asked.question, [news.table], tables)
  return columns.slice(news.from).map((column, i) => {
    const partner = news.partners[i] ?? -1
    const joins = partner < 0 ? '' : `= ${columnPointer(partner)}`
    return spaced(nameWords(column.name), mark(mentionOf(column)), kindOf(column), joins, columnPointer(news.from + i))
  })
}

function kindOf({ primary, key, flag, kind }: Column): string {
  if (primary) return 'pk'
  if (key) return 'fk'
  return flag ? 'yn' : kind === 'number' ? 'n' : kind === 'date' ? 'd' : 's'
}

/** `!` for a name that the question speaks, `?` for one that it may mean. */
function mark({ score }: Mention): string {
  return score > 0.9 ? '!' : score >= 0.4 ? '?' : ''
}

function spaced(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ')
}

/** Rows and characters of a cell that are shown. */
const MOST_ROWS = 2
const MOST_CELLS = 4
const MOST_CHARACTERS = 16

function rowParts(observation: string): readonly string[] {
  if (observation.startsWith('Error')) return [`error ${errorOf(observation)}`]
  if (!observation.startsWith('[')) return ['unclear']
  const rows = readRows(observation)
  const more = observation.endsWith('...')
  const count = more ? 'many' : String(rows.length)
  const firsts = rowTexts(observation).slice(0, MOST_ROWS)
  return [`${count} rows`, ...firsts.map((row) => `| ${row}`)]
}

const CELL = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^,\s'"()]+/g
const ROW = /\(((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^()'"])*)\)/g

/** The first rows as they stand, each cell cut: `ilse barrow , 71200`. */
function rowTexts(observation: string): readonly string[] {
  const plain = observation
    .slice(1, 400)
    .replaceAll(/Decimal\('([^']*)'\)/g, '$1')
    .replaceAll(/datetime\.\w+\(([^()]*)\)/g, (_, parts: string) => parts.replaceAll(', ', '-'))
  return [...plain.matchAll(ROW)].map(([, row = '']) =>
    (row.match(CELL) ?? [])
      .slice(0, MOST_CELLS)
      .map((cell) => plainWords(cell.replace(/^['"]|['"]$/g, '').slice(0, MOST_CHARACTERS)))
      .join(' , '),
  )
}

/** `Error executing query: 1054 (42S22): Unknown column 'x' in 'field list'` as `unknown column x in field list`. */
function errorOf(observation: string): string {
  const said = observation.replace(/^Error executing query:\s*/, '').replace(/^\d+\s*\(\w+\):\s*/, '')
  return plainWords(said.replaceAll(/['"`]/g, '').slice(0, 60))
}
