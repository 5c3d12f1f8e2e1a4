/**
 * InterCode-SQL in few words. The model reads the question, the schema as far as it was asked for, and a line on each result; it
 * writes `show`, `desc ta`, statements with pointers in the place of names and values, and `submit`. Before every word stands a
 * space, so that it is the same token wherever it stands.
 */
import type { CompactView } from '../compact-view.ts'
import { answerText } from './answers.ts'
import { MOST_CHARACTERS } from './lexer.ts'
import { afterAnswer, emptyMemory, placeOfTable, type ShownSqlState, type ViewMemory } from './memory.ts'
import { tablePlace, tablePointer } from './pointers.ts'
import { readSql } from './read-sql.ts'
import { tokensOf } from './words.ts'
import { writeSql } from './write-sql.ts'

export const COMPACT_SQL_VERSION = 'intercode-sql-1'

/** @param observe the environment's: the text that the agent reads in a state */
export function createCompactSql<S extends ShownSqlState>(observe: (state: S) => string): CompactView<S, ViewMemory> {
  return {
    version: COMPACT_SQL_VERSION,
    begin: ({ task }) => emptyMemory(task.instruction),
    advance(memory, after) {
      if (after.done) return memory
      const observation = observe(after)
      // What the last text took counts from the next one on: a text is cut by what stands before it.
      const spent = memory.spent + tokensOf(memory.text)
      const next = afterAnswer({ ...memory, spent }, after.query, observation)
      return { ...next, text: answerText(next, observation) }
    },
    opening: (_state, { asked }) => ` ${asked.text}`,
    seen: (_state, { text }) => ` ${text}`,
    write(_state, memory, action) {
      const text = writeAction(memory, action)
      return text !== undefined && readAction(memory, text) === action ? ` ${text}` : undefined
    },
    read: (_state, memory, text) => readAction(memory, text),
  }
}

/** The statement in the one spelling that has compact words, if it comes to the same; otherwise as it is. */
export function canonicalSql(memory: ViewMemory, sql: string): string {
  return readSql(memory, writeSql(memory, sql))
}

const DESCRIBES = /^DESCRIBE (\w+)$/

function writeAction(memory: ViewMemory, action: string): string | undefined {
  if (action.length > MOST_CHARACTERS) return undefined
  if (action === 'submit') return 'submit'
  if (action === 'SHOW TABLES') return 'show'
  const [, described] = DESCRIBES.exec(action) ?? []
  if (described !== undefined) {
    const place = placeOfTable(memory, described)
    return `desc ${place < 0 ? described : tablePointer(place)}`
  }
  return action.startsWith('SELECT ') ? writeSql(memory, action) : undefined
}

function readAction(memory: ViewMemory, text: string): string {
  const said = text.trim()
  if (said === 'show') return 'SHOW TABLES'
  const [, described] = /^desc (\w+)$/.exec(said) ?? []
  if (described !== undefined) return `DESCRIBE ${memory.tables[tablePlace(described)] ?? described}`
  return /^select\b/.test(said) ? readSql(memory, said) : said.slice(0, MOST_CHARACTERS)
}
