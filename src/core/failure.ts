/**
 * Expected failures are values: a stable code, and a sentence that says what happened, with which value, and what to
 * do next. They survive a worker boundary (comlink drops the class and the code of a thrown error). Broken invariants
 * throw instead.
 */

export interface Failure {
  /** Stable, kebab-case, for programs: `run-file-version`, `catalogue-field`. */
  readonly code: string
  /** One or two sentences for people. Plain text, never markup. */
  readonly message: string
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export function success<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function failure(code: string, message: string): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: { code, message } }
}

/**
 * An expected failure on its way through a call that promises a value: an agent whose server does not answer. Whoever
 * runs the exploration turns it back into a value (`explore-run.ts`).
 */
export class Interruption extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.failure = failure
  }
}

/** The sentence of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** A value from outside, shortened so that it can stand inside a sentence. */
export function quote(value: unknown, most = 60): string {
  const text = typeof value === 'object' ? (JSON.stringify(value) ?? '') : String(value)
  return text.length > most ? `"${text.slice(0, most)}…"` : `"${text}"`
}

/** The value, where a failure would be a bug: throws its sentence. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(result.failure.message)
}
