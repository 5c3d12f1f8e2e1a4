/** A loaded shop in which a visitor has changed something. The tagger is fetched for new titles only. */
import { type Result, success } from '../../core/failure.ts'
import type { WorldEdit } from '../../core/log/world-edit.ts'
import { editedCatalogue } from '../../environments/webshop/catalogue/edited-catalogue.ts'
import { nounTagger } from './noun-tagger.ts'
import { type LoadedWebShop, loadedWebShop } from './webshop-environment.ts'

export async function editedWebShop(
  { shop, environment }: LoadedWebShop,
  edits: readonly WorldEdit[],
): Promise<Result<LoadedWebShop>> {
  const titled = edits.some(({ kind }) => kind === 'title')
  const nouns = titled ? await nounTagger('a new title needs it') : undefined
  if (nouns?.ok === false) return nouns
  const catalogue = editedCatalogue(shop.catalogue, edits, nouns?.value)
  return catalogue.ok ? success(loadedWebShop(catalogue.value, environment.data.origin, edits)) : catalogue
}
