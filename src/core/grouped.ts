/** Counts as all our texts write them. */

/**
 * A whole number with its thousands apart: `1,200`; others as English has them. By hand, since the first `toLocaleString` of
 * a thread loads the rules of languages, which takes longer than all that the first picture computes.
 */
export function grouped(count: number): string {
  if (!Number.isSafeInteger(count)) return count.toLocaleString('en-US')
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')
}
