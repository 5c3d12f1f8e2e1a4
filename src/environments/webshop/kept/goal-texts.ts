/** The goals of a kept shop, a line of JSON each. The nouns of their titles are found anew. */
import type { NounSource } from '../catalogue/nouns.ts'
import type { Goal } from '../types.ts'
import { textBytes, textOf } from './bytes.ts'
import type { Sections, SectionWriter } from './sections.ts'

/** Goals written together. */
const TOGETHER = 1000

type Line = Omit<Goal, 'titleNouns' | 'options'> & {
  readonly options: readonly string[] | { readonly named: readonly (readonly [name: string, value: string])[] }
}

export function writeGoals(file: SectionWriter, goals: readonly Goal[]): void {
  for (let from = 0; from < goals.length; from += TOGETHER) {
    const lines = goals.slice(from, from + TOGETHER).map((goal) => `${JSON.stringify(lineOf(goal))}\n`)
    file.write(textBytes(lines.join('')))
  }
  file.end('goals')
}

/** @throws where they are not what was written */
export function readGoals(file: Sections, nouns: NounSource): readonly Goal[] {
  const lines = textOf(file.read('goals')).split('\n')
  lines.pop() // what follows the last line is none
  return lines.map((text) => {
    const line: Line = JSON.parse(text)
    const { options } = line
    const titleNouns = nouns.of(line.title)
    return {
      ...line,
      options: 'named' in options ? new Map(options.named) : options,
      get titleNouns() {
        return titleNouns?.() ?? []
      },
    }
  })
}

function lineOf(g: Goal): Line {
  const { id, split, instruction, attributes, priceUpper, weight, asin, category, query, title, productCategory } = g
  const options = g.options instanceof Map ? { named: [...g.options] } : [...g.options.values()]
  return {
    ...{ id, split, instruction, attributes, options, priceUpper, weight },
    ...{ asin, category, query, title, productCategory },
  }
}
