/** What reading a file gives: its databases, or why there are none. Expected failures are values here, never thrown. */

export interface ReadFailure {
  /** Which reader says so. Stable, for programs. */
  readonly code: 'sql-dump' | 'sql-sqlite'
  /** One or two sentences for people, with the file's name. */
  readonly message: string
}

export type ReadResult<T> =
  | {
      readonly ok: true
      readonly value: T
      /** What was left out of the file, a sentence each. */
      readonly notes: readonly string[]
    }
  | { readonly ok: false; readonly failure: ReadFailure }

export function found<T>(value: T, notes: readonly string[] = []): ReadResult<T> {
  return { ok: true, value, notes }
}

export function unreadable(code: ReadFailure['code'], message: string): ReadResult<never> {
  return { ok: false, failure: { code, message } }
}

/** A name out of a file, shortened so that it can stand inside a sentence. */
export function quoted(name: string): string {
  return name.length > 60 ? `"${name.slice(0, 60)}…"` : `"${name}"`
}

/** `data/world_1.sql` holds the database `world_1`, where it does not say otherwise. */
export function databaseOf(fileName: string): string {
  return fileName
    .replace(/^.*[\\/]/, '')
    .replace(/\.\w+$/, '')
    .toLowerCase()
}
