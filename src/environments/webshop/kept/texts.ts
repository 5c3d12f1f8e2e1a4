/** Many short texts in two typed arrays: their UTF-16 units, and where each ends. A text takes two bytes a unit and four. */
import { bytesOf } from './bytes.ts'
import type { Sections, SectionWriter } from './sections.ts'

/** Units written together. */
const CHUNK = 2 ** 20

export function writeTexts(file: SectionWriter, name: string, texts: readonly string[]): void {
  const ends = new Uint32Array(texts.length)
  let units = new Uint16Array(CHUNK)
  let filled = 0
  let end = 0
  texts.forEach((text, i) => {
    if (filled + text.length > units.length) {
      file.write(bytesOf(units.slice(0, filled)))
      filled = 0
      if (text.length > units.length) units = new Uint16Array(text.length)
    }
    for (let k = 0; k < text.length; k++) units[filled++] = text.charCodeAt(k)
    end += text.length
    ends[i] = end
  })
  file.section(`${name}.units`, bytesOf(units.slice(0, filled)))
  file.section(`${name}.ends`, bytesOf(ends))
}

export class Texts {
  readonly #units: Uint16Array
  readonly #ends: Uint32Array

  constructor(file: Sections, name: string) {
    this.#units = new Uint16Array(file.read(`${name}.units`).buffer)
    this.#ends = new Uint32Array(file.read(`${name}.ends`).buffer)
  }

  get size(): number {
    return this.#ends.length
  }

  /** @param place below `size` */
  at(place: number): string {
    const start = place === 0 ? 0 : (this.#ends[place - 1] as number)
    return String.fromCharCode(...this.#units.subarray(start, this.#ends[place]))
  }

  /** The place of a text, where they stand in ascending order (UTF-16); -1 for one that there is not. */
  find(text: string): number {
    let [low, high] = [0, this.size]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.at(middle) < text) low = middle + 1
      else high = middle
    }
    return low < this.size && this.at(low) === text ? low : -1
  }
}
