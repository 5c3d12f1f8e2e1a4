/**
 * What is said of a command line that cannot be done, or of a file that it names: a sentence. Whatever else is thrown is a mistake of this
 * program, and keeps its stack.
 */

export class Refusal extends Error {}

/** Undefined for a mistake of this program. */
export function refusalOf(thrown: unknown): string | undefined {
  if (thrown instanceof Refusal) return thrown.message
  if (!(thrown instanceof Error && 'code' in thrown)) return undefined
  const words = thrown.message.replace(/\.$/, '')
  if (String(thrown.code).startsWith('ERR_PARSE_ARGS_')) return `${words}. --help lists what there is.`
  return 'syscall' in thrown ? `A file could not be read or written (${words}).` : undefined
}

/** Ends the command with the sentence. @throws what is no refusal */
export function leave(thrown: unknown): never {
  const sentence = refusalOf(thrown)
  if (sentence === undefined) throw thrown
  console.error(sentence)
  return process.exit(2)
}
