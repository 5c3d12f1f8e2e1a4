/** The parts of Data, by their word in the address: `#data` alone is the first, `#data&part=…` another. */
import type { PageState } from '../state/page-state.ts'

export interface DataPart {
  readonly label: string
  /** The element's code; fetched when it is first looked at. */
  readonly bring: () => Promise<unknown>
  /** The element, once its code is here. */
  readonly element: (page: PageState) => unknown
}

export function partHash(name: string): string {
  return name === 'library' ? '#data' : `#data&part=${name}`
}

/** @returns the part that an address names; one that nobody knows is the library */
export function partOf(hash: string, known: readonly string[]): string {
  const named = new URLSearchParams(hash.replace(/^#data&?/, '')).get('part')
  return known.find((name) => name === named) ?? 'library'
}
