/** A chapter in the address: `#learn&chapter=rule`. Without one, Learn goes on where it was left. */
import { CHAPTERS } from './chapters.ts'

export function formatLearnHash(chapter: string): string {
  return `#learn&chapter=${chapter}`
}

/** @returns the chapter that is named, if it is one, and a sentence about one that is not */
export function chapterIn(hash: string): { readonly name?: string; readonly correction?: string } {
  const named = new URLSearchParams(hash.replace(/^#learn&?/, '')).get('chapter')
  if (named === null) return {}
  if (CHAPTERS.some(({ name }) => name === named)) return { name: named }
  const known = CHAPTERS.map(({ name }) => name).join(', ')
  return { correction: `Chapter: "${named}" is none of ${known}. Going on where you were.` }
}
