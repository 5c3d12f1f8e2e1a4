import { expect, test } from 'vitest'
import { readQuestion } from '../../../../src/policies/linear/intercode-sql/question/question.ts'
import { readRows } from '../../../../src/policies/linear/intercode-sql/rows.ts'
import { linksOf, readDescription, readTables } from '../../../../src/policies/linear/intercode-sql/schema.ts'

const values = (text: string) =>
  readQuestion(text).values.map((v) => [v.kind, v.operator, v.text, v.high].filter(Boolean).join(' '))

test('values are names, numbers, dates and codes, with the comparison that the words before and after them say', () => {
  expect(values('Which members from Castle Bay are older than 60?')).toEqual(['name = Castle Bay', 'number > 60'])
  expect(values('Problems set on 2024-05-20 or later?')).toEqual(['date >= 2024-05-20'])
  expect(values('Songs released from 2009 to 2016')).toEqual(['number = 2009 2016'])
  expect(values('Count the games that ended 1/2-1/2')).toEqual(['code = 1/2-1/2'])
  expect(values('Apart from Torrent, which valleys had at least 40 guests?')).toEqual([
    'name <> Torrent',
    'number >= 40',
  ])
  expect(values('Which songs were played 10 times or more?')).toEqual(['number >= 10'])
  expect(values('Which names occur more than once?')).toEqual(['number > 1'])
})

test('the number of rows asked for is no value', () => {
  const question = readQuestion('Name and height of the top 3 walls over 4 m, highest first.')
  expect(question.limit).toBe(3)
  expect(question.values.map(({ text }) => text)).toEqual(['4'])
  expect(question.order?.descending).toBe(true)
})

test('words inside a name are no cues', () => {
  const question = readQuestion('List the starting times of all screenings of No Signal')
  expect(question.negation).toBeUndefined()
})

test('what comes first is order, not a superlative', () => {
  const question = readQuestion('How many films were released in each year? Earliest year first.')
  expect(question.superlatives).toEqual([])
  expect(question.order).toMatchObject({ descending: false, temporal: true })
  expect(question.groups.length).toBe(1)
})

test('tables and columns are read from observations as they are, cut short or not', () => {
  expect(readTables("[('author',), ('book',), ('lo...")).toEqual(['author', 'book'])
  const table = readDescription(
    't',
    "[('id', b'int', 'NO', 'PRI', None, ''), ('held_on', 'date', 'YES', '', None, ''), ('vegan', 'varchar(3)...",
  )
  expect(table?.columns.map(({ name, kind, primary, flag }) => [name, kind, primary, flag])).toEqual([
    ['id', 'number', true, false],
    ['held_on', 'date', false, false],
  ])
  expect(readDescription('t', "Error executing query: Table 'x.t' doesn't exist")).toBeUndefined()
})

test('keys named after a table lead to it', () => {
  const port = readDescription(
    'port',
    "[('port_id', 'int', 'NO', 'PRI', None, ''), ('name', 'text', 'YES', '', None, '')]",
  )
  const route = readDescription(
    'route',
    "[('route_id', 'int', 'NO', 'PRI', None, ''), ('from_port_id', 'int', 'YES', 'MUL', None, ''), ('pier_id', 'int', 'YES', 'MUL', None, '')]",
  )
  const tables = [port, route].filter((table) => table !== undefined)
  const links = (listed: string[]) => linksOf(tables, listed).map(({ from, to }) => `${from.name}-${to.name}`)
  expect(links(['port', 'route', 'pier'])).toEqual(['from_port_id-port_id', 'port_id-from_port_id'])
  // No table of that name: it may point anywhere.
  expect(links(['port', 'route'])).toContain('pier_id-port_id')
})

test("rows are read back from Python's text", () => {
  expect(readRows(`[('a', 1, None, "it's"), (Decimal('2.5'), datetime.date(2024, 1, 2), 'b\\'c', 'd')]`)).toEqual([
    ['a', undefined, undefined, "it's"],
    [undefined, undefined, "b'c", 'd'],
  ])
  expect(readRows("[('a', 'cut sho...")).toEqual([])
  expect(readRows('[]')).toEqual([])
})
