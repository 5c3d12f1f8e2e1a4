/** The one open comparison of methods. */
import { failure, type Result } from '../core/failure.ts'
import type { Store } from '../store/store.ts'
import type { Locks } from './locks.ts'
import type { ComparisonInfo, LabUpdate, OpenedComparison } from './protocol.ts'

export interface ComparisonParts {
  readonly store: Store
  readonly locks: Locks
  /** Milliseconds from any origin, never going back. */
  now(): number
  /** Milliseconds since 1970. */
  date(): number
  emit(update: LabUpdate): void
}

const LATER = failure('comparison-unavailable', 'Comparisons cannot be made yet.')

export class Comparisons {
  readonly #parts: ComparisonParts

  constructor(parts: ComparisonParts) {
    this.#parts = parts
  }

  async list(): Promise<readonly ComparisonInfo[]> {
    return this.#parts.store.lasting ? [] : []
  }

  async compare(_settings: Readonly<Record<string, unknown>>): Promise<Result<OpenedComparison>> {
    return LATER
  }

  async open(_id: string): Promise<Result<OpenedComparison>> {
    return LATER
  }

  async start(): Promise<Result<true>> {
    return LATER
  }

  async pause(): Promise<Result<true>> {
    return LATER
  }

  async remove(_id: string): Promise<Result<true>> {
    return LATER
  }
}
