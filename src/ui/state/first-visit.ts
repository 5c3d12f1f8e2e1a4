/** Whether somebody was here before: Learn comes first in the header until then, and last afterwards. */

const KEY = 'rro-lab:visited'

/** Asked once a page; from the next page on they were here. */
export function wasHereBefore(): boolean {
  try {
    const before = localStorage.getItem(KEY) !== null
    localStorage.setItem(KEY, 'yes')
    return before
  } catch {
    return false // storage is refused here
  }
}
