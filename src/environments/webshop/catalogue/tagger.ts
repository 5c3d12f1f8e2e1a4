/**
 * Nouns of titles that no nouns file covers: compromise's part-of-speech tagger in the place of spaCy's
 * (docs/decisions/0004-part-of-speech.md). It is fetched only when somebody brings files of their own.
 */
import type { NounSource } from './nouns.ts'

/** A title longer than this is cut: real ones have at most a few hundred characters. */
const MOST_CHARACTERS = 1000

/** Words as spaCy's tokenizer leaves them: hyphens and slashes part. */
const WORD = /[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu

/** Rejects where the tagger's code cannot be fetched. */
export async function loadTagger(): Promise<NounSource> {
  const { default: nlp } = await import('compromise/two')

  function nounsOf(title: string): readonly string[] {
    // capitals mean nothing in titles, and the tagger would take each for a name
    const sentences = nlp(title.slice(0, MOST_CHARACTERS).toLowerCase()).docs
    return sentences.flat().flatMap((term) => {
      const isNoun = term.tags?.has('Noun') === true && !term.tags.has('Pronoun')
      return isNoun ? (term.text.match(WORD) ?? []) : []
    })
  }

  return {
    id: `compromise ${nlp.version}`,
    of(title) {
      let nouns: readonly string[] | undefined
      return () => {
        nouns ??= nounsOf(title)
        return nouns
      }
    },
  }
}
