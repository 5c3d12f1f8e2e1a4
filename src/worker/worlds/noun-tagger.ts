/** The part-of-speech tagger, which is large: fetched only for files that bring no nouns. */
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import type { NounSource } from '../../environments/webshop/catalogue/nouns.ts'
import { loadTagger } from '../../environments/webshop/catalogue/tagger.ts'

/** The failure `tagger-unavailable`. @param without what is missing then */
export async function nounTagger(without = 'there is no nouns file'): Promise<Result<NounSource>> {
  const tagger = await loadTagger().catch(messageOf)
  if (typeof tagger !== 'string') return success(tagger)
  const words = `The part-of-speech tagger could not be loaded (${tagger}), and ${without}.`
  return failure('tagger-unavailable', `${words} Check the connection and try again.`)
}
