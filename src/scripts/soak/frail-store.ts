/** A store that something happens to at one of its writes. */
import { failure, type Result } from '../../core/failure.ts'
import type { Store } from '../../store/store.ts'

/**
 * `kill before`, `kill after`: from that write on nothing answers, as when the page is killed; what was being written is
 * stored or not. `quota`: the disk is full for that write. `deletion`: the database is deleted before it.
 */
export const STRIKES = ['kill before', 'kill after', 'quota', 'deletion'] as const
export type Strike = (typeof STRIKES)[number]

export interface FrailStore {
  readonly store: Store
  /** Resolves when it has been struck. */
  readonly struck: Promise<void>
}

const NEVER = new Promise<never>(() => {})
const FULL = failure('storage-full', 'The browser’s storage is full.')

/**
 * @param at the write that is struck, from 1
 * @param deletion deletes the database
 */
export function frail(store: Store, strike: Strike, at: number, deletion: () => Promise<void>): FrailStore {
  let writes = 0
  let tell: () => void = () => {}
  const struck = new Promise<void>((resolve) => {
    tell = resolve
  })
  const kill = strike.startsWith('kill')

  async function append(...given: Parameters<Store['append']>): Promise<Result<true>> {
    writes++
    if (kill && writes > at) return NEVER
    if (writes !== at) return store.append(...given)
    if (strike === 'kill after') await store.append(...given)
    if (strike === 'deletion') await deletion()
    tell()
    if (kill) return NEVER
    return strike === 'quota' ? FULL : store.append(...given)
  }

  const frailStore = new Proxy(store, {
    get(target, name) {
      if (name === 'append') return append
      const member: unknown = Reflect.get(target, name)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
  return { store: frailStore, struck }
}
