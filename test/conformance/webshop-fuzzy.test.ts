import { normalizeColor } from '../../src/environments/webshop/reward/colors.ts'
import { tokenSetRatio, tokenSetRatioExceeds } from '../../src/environments/webshop/reward/fuzzy.ts'
import { type Comparison, suite } from './conformance.ts'

interface FuzzyCases {
  readonly tokenSetRatio: readonly { readonly a: string; readonly b: string; readonly score: number }[]
  readonly normalizeColor: readonly { readonly s: string; readonly out: string }[]
}

suite<FuzzyCases>('webshop-fuzzy', 'webshop-fuzzy.json', 1, function* (cases): Generator<Comparison> {
  for (const { a, b, score } of cases.tokenSetRatio) {
    const ours = tokenSetRatio(a, b)
    const agrees = ours === score && tokenSetRatioExceeds(a, b, 85) === score > 85
    yield { agrees, describe: () => `${JSON.stringify([a, b])}: ${score}, ours ${ours}` }
  }
  for (const { s, out } of cases.normalizeColor) {
    const ours = normalizeColor(s)
    yield { agrees: ours === out, describe: () => `${JSON.stringify(s)}: ${out}, ours ${ours}` }
  }
})
