import { analyze } from '../../src/environments/webshop/search/analysis.ts'
import { search } from '../../src/environments/webshop/search/search.ts'
import { buildIndex } from '../../src/environments/webshop/search/search-index.ts'
import { type Comparison, readCases, sameList, suite } from './conformance.ts'

type AnalyzerCases = readonly { readonly text: string; readonly tokens: readonly string[] }[]

suite<AnalyzerCases>('lucene-analyzer', 'lucene-analyzer.json', 1, function* (cases): Generator<Comparison> {
  for (const { text, tokens } of cases) {
    const ours = analyze(text)
    yield { agrees: sameList(ours, tokens), describe: () => `${JSON.stringify(text)}: ${tokens}, ours ${ours}` }
  }
})

interface Rankings {
  readonly queries: readonly { readonly query: string; readonly hits: readonly (readonly [string, number])[] }[]
}

suite<Rankings>('lucene-bm25', 'lucene-bm25.json', 0.99, function* ({ queries }): Generator<Comparison> {
  const texts = readCases<readonly string[]>('lucene-corpus.json')
  const index = buildIndex(texts.map((text, i) => ({ id: `G${String(i).padStart(5, '0')}`, text })))
  for (const { query, hits } of queries) {
    const ours = search(index, query, 50)
    const agrees = sameList(
      ours.map(({ id }) => id),
      hits.map(([id]) => id),
    )
    yield {
      agrees,
      describe: () => {
        const at = hits.findIndex(([id], i) => ours[i]?.id !== id)
        return `${JSON.stringify(query)} at ${at}: ${hits[at]}, ours ${JSON.stringify(ours[at])}`
      },
    }
  }
})
