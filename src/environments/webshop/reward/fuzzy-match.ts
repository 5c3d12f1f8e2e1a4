/** Whether two texts are alike as the reward sees it; verdicts are remembered. */
import { tokenSetRatioExceeds } from './fuzzy.ts'

/** Scores above this are a match. */
const FUZZY_THRESHOLD = 85

export function isAlike(a: string, b: string): boolean {
  return tokenSetRatioExceeds(a, b, FUZZY_THRESHOLD)
}

/** Remembers a verdict on two strings. Shops repeat their words; the bound keeps the memory in check. */
export function remember(judge: (a: string, b: string) => boolean, most = 200_000): (a: string, b: string) => boolean {
  const verdicts = new Map<string, Map<string, boolean>>()
  let count = 0
  return (a, b) => {
    let ofB = verdicts.get(b)
    const known = ofB?.get(a)
    if (known !== undefined) return known
    if (++count > most) {
      verdicts.clear()
      ofB = undefined
      count = 1
    }
    if (ofB === undefined) {
      ofB = new Map()
      verdicts.set(b, ofB)
    }
    const verdict = judge(a, b)
    ofB.set(a, verdict)
    return verdict
  }
}
