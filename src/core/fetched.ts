/** A part of the program that is fetched when it is first needed: the first load carries what the first second shows. */
import { failure, messageOf, type Result, success } from './failure.ts'

/** @param part a dynamic import */
export async function fetched<T>(part: () => Promise<T>): Promise<Result<T>> {
  try {
    return success(await part())
  } catch (thrown) {
    const words = `A part of the program could not be fetched (${messageOf(thrown)}).`
    return failure('part-unavailable', `${words} Check the connection and reload the page; what was saved is safe.`)
  }
}
