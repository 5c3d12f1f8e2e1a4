/** Deletes the database, whatever is in it. Fetched when a visitor asks for it. */
import { deleteDB } from 'idb'
import { type Result, success } from '../core/failure.ts'
import { DATABASE } from './database.ts'
import { toldOf } from './storage-trouble.ts'

/** A failure where another tab does not let go of it. */
export async function emptyStorage(name: string = DATABASE): Promise<Result<true>> {
  try {
    const blocked = await new Promise<boolean>((resolve, reject) => {
      deleteDB(name, { blocked: () => resolve(true) }).then(() => resolve(false), reject)
    })
    return blocked ? toldOf('blocked') : success(true)
  } catch (thrown) {
    return toldOf(thrown)
  }
}
