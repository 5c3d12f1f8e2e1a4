/** Says what is going on while it does. */
import type { PageState } from '../state/page-state.ts'

export async function during<T>({ library, changes }: PageState, words: string, work: Promise<T>): Promise<T> {
  library.busy = words
  changes.say()
  try {
    return await work
  } finally {
    if (library.busy === words) library.busy = undefined // else something else has begun meanwhile
    changes.say()
  }
}
