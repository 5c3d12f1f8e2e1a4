/** Rows as a file of any kind, as a stream: rows in, bytes out, a bounded part of them in memory. */
import { jsonOfRow, lineOfRow, type Row } from './cells.ts'
import { csvHeader, csvLine } from './csv.ts'
import type { FileKind, RowFile, WriteBytes } from './file-kinds.ts'

/** @throws what `write` throws */
export async function rowFile(kind: FileKind, write: WriteBytes): Promise<RowFile> {
  if (kind === 'parquet') return (await import('./parquet.ts')).parquetFile(write)
  return textFile(FORMS[kind], write)
}

/** How a kind of text is put together. */
interface TextForm {
  /** Before the first row, whose columns it may name. */
  readonly head: (row: Row) => string
  readonly row: (row: Row) => string
  readonly between: string
  readonly tail: string
}

const FORMS: Readonly<Record<Exclude<FileKind, 'parquet'>, TextForm>> = {
  jsonl: { head: () => '', row: lineOfRow, between: '', tail: '' },
  json: { head: () => '[\n', row: jsonOfRow, between: ',\n', tail: '\n]\n' },
  csv: { head: csvHeader, row: csvLine, between: '', tail: '' },
}

const PIECE_CHARACTERS = 1 << 18

function textFile({ head, row: textOf, between, tail }: TextForm, write: WriteBytes): RowFile {
  const encoder = new TextEncoder()
  let text = ''
  let rows = 0
  const flush = async (): Promise<void> => {
    if (text === '') return
    await write(encoder.encode(text))
    text = ''
  }
  return {
    async add(row) {
      text += `${rows === 0 ? head(row) : between}${textOf(row)}`
      rows++
      if (text.length >= PIECE_CHARACTERS) await flush()
    },
    async end() {
      text += tail
      await flush()
    },
  }
}
