/**
 * Records under keys of their own, beside the runs: what is kept of agents, the folders of language models (megabytes), and
 * trainings under way. Values are `unknown`: whoever reads one parses it, so that their schemas need not come with the store.
 */
import type { Result } from '../core/failure.ts'
import { success } from '../core/failure.ts'

/** Each with the name of the field that holds its key. */
export const SMALL_RECORDS = { agents: 'model', models: 'model', trainings: 'id' } as const satisfies Readonly<
  Record<string, string>
>
export type SmallRecordsName = keyof typeof SMALL_RECORDS

export interface SmallRecords {
  all(): Promise<Result<readonly unknown[]>>
  /** Undefined where there is none. */
  get(key: string): Promise<Result<unknown>>
  /** In the place of what has the same key. Plain data, to which the key is added; resolves when it is stored. */
  put(key: string, value: object): Promise<Result<true>>
  remove(key: string): Promise<Result<true>>
}

/** In memory, with the same behaviour as IndexedDB. */
export function memoryRecords(room: SmallRecordsName): SmallRecords {
  const held = new Map<string, object>()
  return {
    all: async () => success([...held.values()]),
    get: async (key) => success(held.get(key)),
    async put(key, value) {
      held.set(key, structuredClone({ ...value, [SMALL_RECORDS[room]]: key }))
      return success(true)
    },
    async remove(key) {
      held.delete(key)
      return success(true)
    },
  }
}
