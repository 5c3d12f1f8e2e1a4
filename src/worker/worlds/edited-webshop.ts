/** A loaded shop in which a visitor has changed something. The tagger is fetched for new titles only. */
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import type { WorldEdit } from '../../core/log/world-edit.ts'
import { editedCatalogue } from '../../environments/webshop/catalogue/edited-catalogue.ts'
import { loadTagger } from '../../environments/webshop/catalogue/tagger.ts'
import { type LoadedWebShop, loadedWebShop } from './webshop-environment.ts'

export async function editedWebShop(
  { shop, environment }: LoadedWebShop,
  edits: readonly WorldEdit[],
): Promise<Result<LoadedWebShop>> {
  const titled = edits.some(({ kind }) => kind === 'title')
  const tagger = titled ? await loadTagger().catch(messageOf) : undefined
  if (typeof tagger === 'string') {
    const words = `The part-of-speech tagger could not be loaded (${tagger}), which a new title needs.`
    return failure('tagger-unavailable', `${words} Check the connection and try again.`)
  }
  const catalogue = editedCatalogue(shop.catalogue, edits, tagger)
  return catalogue.ok ? success(loadedWebShop(catalogue.value, environment.data.origin, edits)) : catalogue
}
