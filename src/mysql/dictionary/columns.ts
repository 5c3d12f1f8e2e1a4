/** What MySQL tells of a column besides its name and type. */
import type { SqlColumn } from '../schema.ts'
import { COLLATION } from '../server/identity.ts'

export const PRIVILEGES = 'select,insert,update,references'

export function extraOf(column: SqlColumn): string {
  const { generated } = column
  if (generated !== undefined) return generated.stored ? 'STORED GENERATED' : 'VIRTUAL GENERATED'
  if (column.autoIncrement) return 'auto_increment'
  const made = column.default === 'CURRENT_TIMESTAMP' ? ['DEFAULT_GENERATED'] : []
  return [...made, ...(column.onUpdate === true ? ['on update CURRENT_TIMESTAMP'] : [])].join(' ')
}

export function isText(type: string): boolean {
  return /^(?:char|varchar|(?:tiny|medium|long)?text|enum|set)\b/.test(type)
}

export function collationOf(type: string): string | null {
  return isText(type) ? COLLATION : null
}
