/** A shop from official files that somebody brought: any names, any order, read with suspicion. */
import { type Result, success } from '../../core/failure.ts'
import { loadCatalogue } from '../../environments/webshop/catalogue/catalogue.ts'
import { readOfficialFiles } from '../../environments/webshop/catalogue/official-files.ts'
import type { NamedText } from '../machine/data-loader.ts'
import { nounTagger } from './noun-tagger.ts'
import { type LoadedWebShop, loadedWebShop } from './webshop-environment.ts'

export async function broughtWebShop(texts: readonly NamedText[]): Promise<Result<LoadedWebShop>> {
  const files = readOfficialFiles(texts)
  if (!files.ok) return files
  const nouns = files.value.nouns === undefined ? await nounTagger() : undefined
  if (nouns?.ok === false) return nouns
  const catalogue = loadCatalogue(files.value, nouns === undefined ? {} : { nouns: nouns.value })
  return catalogue.ok ? success(loadedWebShop(catalogue.value, 'yours')) : catalogue
}
