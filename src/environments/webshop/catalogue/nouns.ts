/**
 * The nouns of a title, which the reward compares (`get_type_reward` of web_agent_site/engine/goal.py: lower-cased
 * spaCy tokens tagged NOUN or PROPN). They come with our own catalogue as a file; for files that users bring a small
 * tagger finds them (docs/decisions/0004-part-of-speech.md).
 */

import { Digest } from '../../../core/digest.ts'
import { failure, type Result, success } from '../../../core/failure.ts'
import type { OfficialFile } from './official-files.ts'

export interface NounSource {
  /** Two sources with the same id answer the same. */
  readonly id: string
  /** The nouns of a title, lower-cased, in order, duplicates kept; read when first needed. Undefined: not known. */
  of(title: string): (() => readonly string[]) | undefined
}

/** For whoever shows a product and asks for none of its nouns. */
export const NO_NOUNS: NounSource = { id: 'none', of: () => () => [] }

/** A nouns file (title to nouns), then the other source for the titles that it does not have. */
export function readNouns(file: OfficialFile | undefined, other: NounSource | undefined): Result<NounSource> {
  if (file === undefined) {
    if (other !== undefined) return success(other)
    return failure('catalogue-nouns', 'There is neither a nouns file nor a part-of-speech tagger for the titles.')
  }
  const content = file.content
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return failure('catalogue-file', `${file.name} is not an object from title to nouns.`)
  const known = new Map<string, readonly string[]>()
  const digest = new Digest()
  for (const [title, nouns] of Object.entries(content)) {
    if (!Array.isArray(nouns) || !nouns.every((noun) => typeof noun === 'string'))
      return failure(
        'catalogue-field',
        `${file.name}, record "${title.slice(0, 80)}": expected a list of words. Correct it, then open the file again.`,
      )
    known.set(title, nouns)
    digest.add(title).list(nouns)
  }
  return success({
    id: `file ${digest.hex()} ${other?.id ?? ''}`,
    of(title) {
      const nouns = known.get(title)
      return nouns === undefined ? other?.of(title) : () => nouns
    },
  })
}
