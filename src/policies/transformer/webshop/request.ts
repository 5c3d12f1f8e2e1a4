/** The request in few words, and the words of it that a text covers. */
import { analyze } from '../../../environments/webshop/search/analysis.ts'
import type { Instruction } from '../../linear/webshop/instruction.ts'
import { plainWords } from './plain.ts'

/** Words of the request that are shown. */
const MOST_WORDS = 40

/** `task : floor lamp , touch screen under $70 ; 4 words`: what is asked for, its limit, and how many words there are to cover. */
export function requestWords({ phrases, priceLimit, terms }: Instruction): string {
  let left = MOST_WORDS
  const shown: string[] = []
  for (const phrase of phrases) {
    const words = plainWords(phrase, left)
    if (words.length > 0) shown.push(words.join(' '))
    left -= words.length
    if (left === 0) break
  }
  const limit = priceLimit < 1e6 ? ` under $${Math.round(priceLimit * 100) / 100}` : ''
  return `task : ${shown.join(' , ') || 'anything'}${limit} ; ${terms.length} words`
}

const kept = new WeakMap<Instruction, readonly string[]>()

/** For each term of the instruction the first word that it comes from. */
function wordOfTerms(instruction: Instruction): readonly string[] {
  const known = kept.get(instruction)
  if (known !== undefined) return known
  const words: string[] = instruction.terms.map((term) => plainWords(term, 1)[0] ?? '')
  const found = new Set<number>()
  for (const word of instruction.phrases.flatMap((phrase) => phrase.split(' ')))
    for (const term of analyze(word)) {
      const place = instruction.terms.indexOf(term)
      if (place === -1 || found.has(place)) continue
      found.add(place)
      words[place] = plainWords(word, 1)[0] ?? words[place] ?? ''
    }
  kept.set(instruction, words)
  return words
}

/** The request's words behind a mask of its terms, in its order, each once. */
export function wordsOfMask(instruction: Instruction, mask: number): readonly string[] {
  const words = wordOfTerms(instruction).filter((word, i) => word !== '' && (mask & (1 << i)) !== 0)
  return [...new Set(words)]
}
