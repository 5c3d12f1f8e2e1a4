/** One transaction for each change of the database. Comes with the first change. */
import type { IDBPTransaction } from 'idb'
import type { Result } from '../core/failure.ts'
import type { Database, Room, Schema } from './database.ts'

export type Write<R extends Room> = IDBPTransaction<Schema, R[], 'readwrite'>

/**
 * Runs `work` in one transaction over some rooms; a failure it returns, or anything thrown, undoes all of it.
 * @param durable wait until it would survive a power cut
 */
export async function write<T, R extends Room>(
  into: Database,
  rooms: readonly R[],
  durable: boolean,
  work: (transaction: Write<R>) => Promise<Result<T>>,
): Promise<Result<T>> {
  return into.read(async (database) => {
    const transaction = database.transaction<R[], 'readwrite'>([...rooms], 'readwrite', {
      durability: durable ? 'strict' : 'relaxed',
    })
    const done = transaction.done.then(
      () => undefined,
      (thrown: unknown) => ({ thrown }),
    )
    const undo = async (): Promise<void> => {
      try {
        transaction.abort()
      } catch {
        // It has already ended.
      }
      await done
    }
    let result: Result<T>
    try {
      result = await work(transaction)
    } catch (thrown) {
      const why = transaction.error ?? thrown
      await undo()
      throw why
    }
    if (!result.ok) {
      await undo()
      return result
    }
    const failed = await done
    if (failed !== undefined) throw transaction.error ?? failed.thrown
    return result
  })
}
