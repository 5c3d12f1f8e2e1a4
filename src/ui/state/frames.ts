/** The page's frames. A hidden page has none. */

/** @returns when it begins, in milliseconds, on the clock of `performance.now` */
export function nextFrame(): Promise<number> {
  return new Promise((resolve) => {
    // The clock still ticks where the page is hidden, so that play can be heard to have ended.
    if (document.hidden) setTimeout(() => resolve(performance.now()), 250)
    else requestAnimationFrame(resolve)
  })
}

/** Resolves when what has just changed is drawn, and the page has a turn for something else. */
export function drawn(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) setTimeout(resolve)
    else requestAnimationFrame(() => setTimeout(resolve))
  })
}

let [last, frames] = [0, 0]

/**
 * Frames in turns: every other one is for parts of an even number, and of those between them one in three for parts of 1, 3 and 5.
 * @param began when the frame did, as all who waited for it are told
 */
export function isTurnOf(part: number, began: number): boolean {
  if (began !== last) [last, frames] = [began, frames + 1]
  return part % 2 === 0 ? frames % 2 === 0 : frames % 6 === part
}
