/** The compact spelling of a statement as MySQL's, on one line; see write-sql.ts. Any text gives one. */
import { quoted } from '../../linear/intercode-sql/plan.ts'
import { FUNCTIONS, isKeyword, isMark, type Lexeme, lexemesOf, type Scope, scopesOf } from './lexer.ts'
import type { ViewMemory } from './memory.ts'
import { columnPlace, tablePlace, valuePlace } from './pointers.ts'

export function readSql(memory: ViewMemory, text: string): string {
  const lexemes = lexemesOf(text, true)
  const scopes = scopesOf(lexemes)
  const parts: string[] = []
  for (let i = 0; i < lexemes.length; i++) {
    const lexeme = lexemes[i] as Lexeme // i is inside
    const scope = scopes[i] as Scope // one for each
    const before = lexemes[i - 1]
    const name = (at: number): string => {
      const word = lexemes[at]
      return word?.kind === 'name' ? columnOf(memory, word, isMark(lexemes[at + 1], '~'), scope) : ''
    }
    switch (lexeme.kind) {
      case 'keyword': {
        const both = isKeyword(lexeme, 'group', 'order') && !isKeyword(lexemes[i + 1], 'by')
        parts.push(lexeme.text.toUpperCase() + (both ? ' BY' : ''))
        if (lexeme.text !== 'like') break
        const start = isMark(lexemes[i + 1], '%') ? '%' : ''
        const inner = lexemes[i + 1 + start.length]
        const end = isMark(lexemes[i + 2 + start.length], '%') ? '%' : ''
        if (inner === undefined || inner.kind === 'mark' || inner.kind === 'keyword') break
        parts.push(quoted(start + textOf(memory, inner) + end))
        i += 1 + start.length + end.length
        break
      }
      case 'string':
        parts.push(quoted(textOf(memory, lexeme)))
        break
      case 'number':
        parts.push(lexeme.text)
        break
      case 'mark':
        if (lexeme.text !== '~') parts.push(lexeme.text)
        break
      case 'name':
        if (isKeyword(before, 'from', 'join')) parts.push(sourceOf(memory, lexeme.text, scope, i, scopes, lexemes))
        else if (FUNCTIONS.has(lexeme.text) && !isMark(lexemes[i + 1], '(')) {
          const distinct = isKeyword(lexemes[i + 1], 'distinct')
          const at = distinct ? i + 2 : i + 1
          const star = isMark(lexemes[at], '*')
          if (!star && lexemes[at]?.kind !== 'name') {
            parts.push(lexeme.text.toUpperCase())
            break
          }
          parts.push(`${lexeme.text.toUpperCase()}(${distinct ? 'DISTINCT ' : ''}${star ? '*' : name(at)})`)
          i = at
        } else if (FUNCTIONS.has(lexeme.text)) parts.push(lexeme.text.toUpperCase())
        else parts.push(statedOf(memory, lexeme.text) ?? name(i))
    }
  }
  return spaced(parts)
}

/** A table, with its alias where there are several. */
function sourceOf(
  memory: ViewMemory,
  text: string,
  scope: Scope,
  at: number,
  scopes: readonly Scope[],
  lexemes: readonly Lexeme[],
): string {
  const name = memory.tables[tablePlace(text)] ?? text
  if (scope.sources.length < 2) return name
  const slot = scopes
    .slice(0, at)
    .filter(
      (other, i) => other === scope && isKeyword(lexemes[i], 'from', 'join') && lexemes[i + 1]?.kind === 'name',
    ).length
  return `${name} AS T${slot}`
}

function columnOf(
  { columns, tables }: ViewMemory,
  { text, of }: Lexeme & { kind: 'name' },
  again: boolean,
  scope: Scope,
): string {
  const column = columns[columnPlace(text)]
  if (column === undefined) return of === undefined ? text : `${of}.${text}`
  for (let s: Scope | undefined = scope; s !== undefined; s = s.outer) {
    const slots = [...s.sources.keys()].filter((slot) => {
      const name = s?.sources[slot]?.name ?? ''
      return (tables[tablePlace(name)] ?? name).toLowerCase() === column.table.toLowerCase()
    })
    const slot = slots[again ? 1 : 0]
    if (slot !== undefined) return s.sources.length < 2 ? column.name : `T${slot + 1}.${column.name}`
  }
  return column.name
}

function statedOf({ asked }: ViewMemory, text: string): string | undefined {
  const value = asked.values[valuePlace(text)]
  return value === undefined ? undefined : value.number ? value.text : quoted(value.text)
}

/** A literal without its quotation marks. */
function textOf({ asked }: ViewMemory, { kind, text }: Lexeme): string {
  const inner = text.trim()
  return kind === 'number' ? inner : (asked.values[valuePlace(inner)]?.text ?? inner)
}

function spaced(parts: readonly string[]): string {
  let sql = ''
  for (const [i, part] of parts.entries()) {
    const before = parts[i - 1] ?? '('
    const close =
      part === ',' || part === ')' || before === '(' || (part === '(' && FUNCTIONS.has(before.toLowerCase()))
    sql += close ? part : ` ${part}`
  }
  return sql
}
