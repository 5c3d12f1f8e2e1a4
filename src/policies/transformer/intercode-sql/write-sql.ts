/**
 * A statement in the compact spelling: pointers for tables, columns and values, no aliases (`B ~` is a column of a table's second
 * time in FROM), functions without brackets.
 *
 *     SELECT T1.name, COUNT(*) FROM doctor AS T1 JOIN visit AS T2 ON T1.id = T2.doctor WHERE T2.fee > 5 GROUP BY T1.name
 *     select B , count * from ta join tb on A = F where H > va group B
 */
import { FUNCTIONS, isKeyword, isMark, type Lexeme, lexemesOf, type Scope, scopesOf } from './lexer.ts'
import { placeOfColumn, placeOfTable, type ViewMemory } from './memory.ts'
import { columnPointer, tablePointer, valuePointer } from './pointers.ts'

export function writeSql(memory: ViewMemory, sql: string): string {
  const lexemes = lexemesOf(sql, false)
  const scopes = scopesOf(lexemes)
  const words: string[] = []
  for (let i = 0; i < lexemes.length; i++) {
    const lexeme = lexemes[i] as Lexeme // i is inside
    const scope = scopes[i] as Scope // one for each
    const before = lexemes[i - 1]
    switch (lexeme.kind) {
      case 'keyword':
        if (lexeme.text === 'as' && before?.kind === 'name' && isKeyword(lexemes[i - 2], 'from', 'join')) i++
        else if (!(lexeme.text === 'by' && isKeyword(before, 'group', 'order'))) words.push(lexeme.text)
        break
      case 'string':
        words.push(isKeyword(before, 'like') ? pattern(memory, lexeme.text) : literal(memory, lexeme.text, false))
        break
      case 'number':
        words.push(literal(memory, lexeme.text, true))
        break
      case 'mark':
        words.push(lexeme.text)
        break
      case 'name':
        if (isKeyword(before, 'from', 'join')) words.push(tableWord(memory, lexeme.text))
        else if (FUNCTIONS.has(lexeme.text.toLowerCase()) && isMark(lexemes[i + 1], '(')) {
          words.push(lexeme.text.toLowerCase())
          const inner = isKeyword(lexemes[i + 2], 'distinct') ? i + 3 : i + 2
          const argument = lexemes[inner]
          if ((argument?.kind === 'name' || isMark(argument, '*')) && isMark(lexemes[inner + 1], ')')) {
            if (inner === i + 3) words.push('distinct')
            words.push(argument?.kind === 'name' ? columnWord(memory, argument, scope) : '*')
            i = inner + 1
          }
        } else words.push(columnWord(memory, lexeme, scope))
    }
  }
  return words.join(' ')
}

function tableWord(memory: ViewMemory, name: string): string {
  const place = placeOfTable(memory, name)
  return place < 0 ? name : tablePointer(place)
}

function columnWord(memory: ViewMemory, { text, of }: Lexeme & { kind: 'name' }, scope: Scope): string {
  for (let s: Scope | undefined = scope; s !== undefined; s = s.outer) {
    const { sources } = s
    const slot = of === undefined ? (sources.length === 1 ? 0 : -1) : sources.findIndex(({ alias }) => alias === of)
    const source = sources[slot]
    const place = source === undefined ? -1 : placeOfColumn(memory, source.name, text)
    if (source === undefined || place < 0) continue
    const again = sources.slice(0, slot).some(({ name }) => name === source.name)
    return again ? `${columnPointer(place)} ~` : columnPointer(place)
  }
  return of === undefined ? text : `${of}.${text}`
}

function literal({ asked }: ViewMemory, text: string, number: boolean): string {
  const same = asked.values.findIndex((value) => value.text === text && value.number === number)
  if (same >= 0) return valuePointer(same)
  const other = asked.values.findIndex((value) => value.text === text)
  if (other >= 0 && !number) return `' ${valuePointer(other)} '`
  return number ? text : `' ${text.replaceAll("'", "''")} '`
}

/** `% va %` for what LIKE compares with. */
function pattern(memory: ViewMemory, text: string): string {
  const [, start = '', inner = '', end = ''] = /^(%?)(.*?)(%?)$/s.exec(text) ?? []
  return [start, literal(memory, inner, false), end].filter((word) => word !== '').join(' ')
}
