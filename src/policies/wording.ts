/** Varied wording without chance: which of several sentences is taken depends on the words of the situation alone. */

export type Pick = (...wordings: readonly string[]) => string

export function picker(seed: string): Pick {
  let hash = 0x811c9dc5
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193)
  hash ^= hash >>> 15
  return (...wordings) => wordings[(hash >>> 0) % wordings.length] ?? ''
}
