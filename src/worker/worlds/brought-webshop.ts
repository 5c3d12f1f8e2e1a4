/** A shop from official files that somebody brought: any names, any order, read with suspicion. */
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import { loadCatalogue } from '../../environments/webshop/catalogue/catalogue.ts'
import { readOfficialFiles } from '../../environments/webshop/catalogue/official-files.ts'
import { loadTagger } from '../../environments/webshop/catalogue/tagger.ts'
import type { NamedText } from '../machine/data-loader.ts'
import { type LoadedWebShop, loadedWebShop } from './webshop-environment.ts'

export async function broughtWebShop(texts: readonly NamedText[]): Promise<Result<LoadedWebShop>> {
  const files = readOfficialFiles(texts)
  if (!files.ok) return files
  // The tagger is large: it is only fetched for files that bring no nouns.
  const tagger = files.value.nouns === undefined ? await loadTagger().catch(messageOf) : undefined
  if (typeof tagger === 'string') {
    const words = `The part-of-speech tagger could not be loaded (${tagger}), and there is no nouns file.`
    return failure('tagger-unavailable', `${words} Check the connection and try again.`)
  }
  const catalogue = loadCatalogue(files.value, tagger === undefined ? {} : { nouns: tagger })
  return catalogue.ok ? success(loadedWebShop(catalogue.value, 'yours')) : catalogue
}
