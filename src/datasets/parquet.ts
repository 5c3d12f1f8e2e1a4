/**
 * Rows as Parquet, a row group at a time. The schema is that of the first row: every row of a format has the same columns, of
 * the same kinds, and none is null, so that all of them are required. Fetched with the first file that asks for it.
 */
import type { SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { type Cell, cleanOf, type Row, turnOf } from './cells.ts'
import type { RowFile, WriteBytes } from './file-kinds.ts'
import { wellFormed } from './turns.ts'

/** A row group ends with whichever comes first. Characters are of JSON, about as many as there are bytes. */
const GROUP_ROWS = 1000
const GROUP_CHARACTERS = 4_000_000

export function parquetFile(write: WriteBytes): RowFile {
  const bytes = new ByteWriter()
  let parquet: ParquetWriter | undefined
  let rows: Row[] = []
  let characters = 0

  async function flush(): Promise<void> {
    const [first] = rows
    if (first !== undefined) {
      parquet ??= begun(bytes, first)
      const columnData = Object.keys(first).map((name) => ({ name, data: rows.map((row) => parquetValue(row[name])) }))
      parquet.write({ columnData, rowGroupSize: rows.length })
    }
    rows = []
    characters = 0
    await write(bytes.getBytes().slice())
    bytes.index = 0
  }

  return {
    async add(row) {
      rows.push(row)
      characters += charactersOf(row)
      if (rows.length >= GROUP_ROWS || characters >= GROUP_CHARACTERS) await flush()
    },
    async end() {
      await flush()
      parquet?.finish()
      await flush()
    },
  }
}

function begun(writer: ByteWriter, row: Row): ParquetWriter {
  return new ParquetWriter({ writer, schema: group('root', row), createdBy: 'RRO Lab' })
}

function group(name: string, row: Row): SchemaElement[] {
  const children = Object.entries(row)
  const head: SchemaElement = { name, repetition_type: 'REQUIRED', num_children: children.length }
  return [head, ...children.flatMap(([name, cell]) => elementsOf(name, cell))]
}

/** The part of the schema that a column is; lists in the three levels that every reader knows. */
function elementsOf(name: string, cell: Cell): SchemaElement[] {
  const one = (type: NonNullable<SchemaElement['type']>): SchemaElement[] => [
    { name, type, repetition_type: 'REQUIRED' },
  ]
  const listOf = (elements: SchemaElement[]): SchemaElement[] => [
    { name, repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...elements,
  ]
  if (typeof cell === 'string')
    return [{ ...one('BYTE_ARRAY')[0], name, converted_type: 'UTF8', logical_type: { type: 'STRING' } }]
  if (typeof cell === 'boolean') return one('BOOLEAN')
  if ('int' in cell) return one('INT64')
  if ('float' in cell) return one('DOUBLE')
  if ('floats' in cell) return listOf(elementsOf('element', { float: 0 }))
  if ('flags' in cell) return listOf(elementsOf('element', true))
  if ('texts' in cell) return listOf(elementsOf('element', ''))
  if ('turns' in cell) return listOf(group('element', { from: '', value: '' }))
  if ('fields' in cell) return group(name, cell.fields)
  if ('message' in cell) return group(name, { role: '', content: '' })
  return listOf(group('element', { role: '', content: '' }))
}

function parquetValue(cell: Cell | undefined): unknown {
  if (cell === undefined) throw new Error('A row lacks a column that the first one has.')
  if (typeof cell === 'string') return wellFormed(cell)
  if (typeof cell === 'boolean') return cell
  if ('int' in cell) return BigInt(cell.int)
  if ('float' in cell) return cell.float
  if ('floats' in cell) return cell.floats
  if ('flags' in cell) return cell.flags
  if ('texts' in cell) return cell.texts.map(wellFormed)
  if ('turns' in cell) return cell.turns.map(turnOf)
  if ('fields' in cell)
    return Object.fromEntries(Object.entries(cell.fields).map(([name, inner]) => [name, parquetValue(inner)]))
  if ('message' in cell) return cleanOf(cell.message)
  return cell.messages.map(cleanOf)
}

/** About how many; of what counts. */
function charactersOf(row: Row): number {
  return Object.values(row).reduce((sum, cell) => sum + sizeOf(cell), 0)
}

function sizeOf(cell: Cell): number {
  if (typeof cell === 'string') return cell.length
  if (typeof cell !== 'object') return 1
  if ('texts' in cell) return cell.texts.reduce((sum, text) => sum + text.length, 0)
  if ('fields' in cell) return charactersOf(cell.fields)
  if ('message' in cell) return cell.message.content.length
  const messages = 'messages' in cell ? cell.messages : 'turns' in cell ? cell.turns : []
  return messages.reduce((sum, { content }) => sum + content.length, 8)
}
