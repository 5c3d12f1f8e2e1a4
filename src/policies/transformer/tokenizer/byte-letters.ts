/**
 * Byte-level BPE (Radford et al. 2019, GPT-2) writes each of the 256 bytes as one visible letter, so that a vocabulary is
 * readable text: a byte that is a visible Latin-1 character stands for itself, the others take U+0100 and on, in order.
 */

const visible = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae

let shifted = 0x100

/** The letter of each byte, by byte. */
export const BYTE_LETTERS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  String.fromCharCode(visible(byte) ? byte : shifted++),
)

/** The byte of each letter. */
export const LETTER_BYTES: ReadonlyMap<string, number> = new Map(BYTE_LETTERS.map((letter, byte) => [letter, byte]))

/** The bytes that a token stands for; undefined where one of its letters stands for none. */
export function bytesOfLetters(token: string): Uint8Array | undefined {
  const bytes = new Uint8Array(token.length)
  for (let i = 0; i < token.length; i++) {
    const byte = LETTER_BYTES.get(token.charAt(i))
    if (byte === undefined) return undefined
    bytes[i] = byte
  }
  return bytes
}
