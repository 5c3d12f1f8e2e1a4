/** Names in the order and the choice in which MySQL lists them. */
import { likeText } from '../values/like.ts'

export function filtered<T>(items: readonly T[], like: string | undefined, name: (item: T) => string): T[] {
  return items.filter((item) => like === undefined || likeText(name(item), like, '\\', false))
}

export function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
