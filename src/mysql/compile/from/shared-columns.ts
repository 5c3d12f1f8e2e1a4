/** The columns that USING and NATURAL JOIN make one of. */
import type { Join } from '../../parse/syntax.ts'
import { SqlError } from '../../sql-error.ts'
import type { SourceColumn } from '../compiled.ts'
import { type FromNode, sourcesOf } from './from-node.ts'

export function sharedColumns(join: Join, left: FromNode, right: FromNode): (readonly [SourceColumn, SourceColumn])[] {
  const names = join.using ?? (join.natural ? naturalNames(left, right) : [])
  return names.map((name) => {
    const a = oneColumn(left, name)
    const b = oneColumn(right, name)
    const folded = join.type === 'right' ? a : b
    folded.source.folded.add(name.toLowerCase())
    return [a, b] as const
  })
}

function visible(node: FromNode): SourceColumn[] {
  return sourcesOf(node).flatMap((source) =>
    source.columns.filter(({ name }) => !source.folded.has(name.toLowerCase())),
  )
}

function naturalNames(left: FromNode, right: FromNode): string[] {
  const there = new Set(visible(right).map(({ name }) => name.toLowerCase()))
  return visible(left)
    .map(({ name }) => name)
    .filter((name) => there.has(name.toLowerCase()))
}

function oneColumn(node: FromNode, name: string): SourceColumn {
  const found = visible(node).filter((column) => column.name.toLowerCase() === name.toLowerCase())
  const [first] = found
  if (first === undefined) throw new SqlError(1054, `Unknown column '${name}' in 'from clause'`)
  if (found.length > 1) throw new SqlError(1052, `Column '${name}' in from clause is ambiguous`)
  return first
}
