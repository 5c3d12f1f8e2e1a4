/** What the visitor guessed, and what came of it, in words. */
import type { Guess, Score } from '../../state/guesses.ts'

/**
 * `You said it rises: it does. 3 of 4 right.`
 * @param came what the candidate did; undefined until it is scored
 */
export function guessWords({ rises, came: settled }: Guess, came: string | undefined, { right, of }: Score): string {
  const said = `You said it ${rises ? 'rises' : 'falls short'}`
  if (came === undefined || settled === undefined) return `${said}. Go on to see.`
  const same = rises === settled
  const what = came === 'holds the bar' ? 'it holds the bar, which counts' : same ? 'it does' : `it ${came}`
  return `${said}: ${what}. ${right} of ${of} right.`
}
