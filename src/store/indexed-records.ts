/** Small records in IndexedDB: each room of them by the name of its key. */
import { success } from '../core/failure.ts'
import type { Database } from './database.ts'
import { SMALL_RECORDS, type SmallRecords, type SmallRecordsName } from './small-records.ts'

export function indexedRecords(records: Database, room: SmallRecordsName): SmallRecords {
  return {
    all: () => records.read(async (database) => success(await database.getAll(room))),
    get: (key) => records.read(async (database) => success(await database.get(room, key))),
    put: (key, value) =>
      records.read(async (database) => {
        await database.put(room, { ...value, [SMALL_RECORDS[room]]: key })
        return success(true)
      }),
    remove: (key) =>
      records.read(async (database) => {
        await database.delete(room, key)
        return success(true)
      }),
  }
}
