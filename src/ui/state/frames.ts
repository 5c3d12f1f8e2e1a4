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
