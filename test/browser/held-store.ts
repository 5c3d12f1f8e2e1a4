/**
 * Holds back what a lab writes while a run is under way, so that what a test does meanwhile comes in the middle of it,
 * however quick the worker and however slow the page.
 */
import type { JSHandle, Page } from 'playwright-core'

/**
 * From now on the run's writes and a turn of ours alternate; once the page says `words`, our turn lasts until it is
 * released. A run must be stored already: it is not for us to make the database.
 *
 * @returns what releases it
 */
export async function holdStoreOnce(page: Page, words: RegExp): Promise<() => Promise<void>> {
  const turns = await page.evaluateHandle(
    ({ database, words }) => {
      const turns = { held: false, released: false }
      const take = (): void => {
        const runs = database.transaction('runs', 'readwrite').objectStore('runs')
        let drawn = false
        requestAnimationFrame(() => {
          drawn = true // or many writes would come between two pictures of the page
        })
        const look = (): void => {
          runs.count().onsuccess = () => {
            turns.held ||= words.test(document.body.textContent ?? '')
            if (turns.released) database.close()
            else if (turns.held || !drawn) look()
            else take() // before this turn is over, so that one write at most comes between
          }
        }
        look()
      }
      take()
      return turns
    },
    { database: await databaseOf(page), words },
  )
  return () => release(turns)
}

/**
 * Holds all writes to a store of the page's database, which must be there already.
 *
 * @returns what releases it
 */
export async function holdStore(page: Page, store: string): Promise<() => Promise<void>> {
  const turn = await page.evaluateHandle(
    async ({ database, store }) => {
      const turn = { released: false }
      const held = database.transaction(store, 'readwrite').objectStore(store)
      await new Promise<void>((begun) => {
        const look = (): void => {
          held.count().onsuccess = () => {
            begun()
            if (turn.released) database.close()
            else look()
          }
        }
        look()
      })
      return turn
    },
    { database: await databaseOf(page), store },
  )
  return () => release(turn)
}

function databaseOf(page: Page): Promise<JSHandle<IDBDatabase>> {
  return page.evaluateHandle(
    () =>
      new Promise<IDBDatabase>((resolve, reject) => {
        const open = indexedDB.open('rro-lab')
        open.onsuccess = () => resolve(open.result)
        open.onerror = () => reject(open.error)
      }),
  )
}

function release(turn: JSHandle<{ released: boolean }>): Promise<void> {
  return turn.evaluate((turn) => {
    turn.released = true
  })
}
