/**
 * The shop that ships with the page. Its files are our own: they are known by their names, and a test has checked their
 * records (test/environments/webshop/catalogue/shipped-catalogue.test.ts).
 */
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import type { OfficialFile } from '../../environments/webshop/catalogue/official-files.ts'
import { readCatalogue } from '../../environments/webshop/catalogue/read-catalogue.ts'
import { trustedRecord } from '../../environments/webshop/catalogue/record.ts'
import { setupGoals } from '../../environments/webshop/catalogue/setup-goals.ts'
import { type NamedText, SHIPPED } from '../machine/data-loader.ts'
import { type LoadedWebShop, loadedWebShop } from './webshop-environment.ts'

const SHIPPED_NAME = 'RRO Lab catalogue'

export function shippedWebShop(texts: readonly NamedText[]): Result<LoadedWebShop> {
  const parts = new Map<string, OfficialFile>()
  for (const { name, text } of texts) {
    try {
      parts.set(name, { name, content: JSON.parse(text) })
    } catch (thrown) {
      return incomplete(`${name}: ${messageOf(thrown)}`)
    }
  }
  const part = (file: keyof typeof SHIPPED.webshop.files): OfficialFile | undefined =>
    parts.get(SHIPPED.webshop.files[file])
  const [items, attributes, human, setup, nouns] = [
    part('items'),
    part('attributes'),
    part('human'),
    part('setup'),
    part('nouns'),
  ]
  if (!(items && attributes && human && setup && nouns)) return incomplete('a file is missing')
  const files = { items, attributes, human, setup, nouns }
  try {
    const catalogue = readCatalogue(files, { name: SHIPPED_NAME }, trustedRecord, (sources, listed) =>
      listed === undefined ? incomplete('the setup is missing') : setupGoals(sources, listed),
    )
    return catalogue.ok ? success(loadedWebShop(catalogue.value, 'shipped')) : catalogue
  } catch (thrown) {
    return incomplete(messageOf(thrown)) // files of another build
  }
}

function incomplete(why: string): ReturnType<typeof failure> {
  const words = `The data that ships with the page did not arrive whole (${why}).`
  return failure('data-unavailable', `${words} Check the connection and reload; saved runs can still be opened.`)
}
