/** Sizes and points in time, as lists of what is kept show them. */

export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(0)} kB`
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`
  return `${(bytes / 1e9).toFixed(1)} GB`
}

/** A point in time for a list, in the reader's own time zone; 0 is no time at all. */
export function momentText(milliseconds: number): string {
  if (milliseconds === 0) return ''
  return new Date(milliseconds).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}
