/**
 * How a text is cut before anything in it is merged: GPT-2's pattern, which Hugging Face's `ByteLevel` with `use_regex` uses.
 * A word takes the space before it along; letters, digits and the rest stay apart; of a run of spaces the last one goes
 * to the word behind. What is a space is Unicode's `White_Space`, as the original's engine has it, not JavaScript's `\s`.
 *
 * Engines know different versions of Unicode, so that a letter younger than an engine is cut otherwise by it. Ids only depend on
 * that where a merge joins bytes of such a letter, which no text that a vocabulary was learnt from would hold.
 */

const WORD =
  /'(?:[stmd]|re|ve|ll)| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu

/** The words of a text, in order. Joined they are the text. */
export function wordsOf(text: string): readonly string[] {
  return text.match(WORD) ?? []
}
