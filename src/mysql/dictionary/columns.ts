/** What MySQL tells of a column besides its name and type. */

export function extraOf(column: { readonly default: string | undefined }, autoIncrement: boolean): string {
  if (autoIncrement) return 'auto_increment'
  return column.default === 'CURRENT_TIMESTAMP' ? 'DEFAULT_GENERATED' : ''
}

export function isText(type: string): boolean {
  return /char|text|enum|set/.test(type)
}

export function collationOf(type: string): string | null {
  return isText(type) ? 'utf8mb4_general_ci' : null
}
