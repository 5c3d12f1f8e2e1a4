/**
 * A shop of any size from official files, written as it is read: no file is ever held, and of a product only what finds it again.
 * It is the shop that `loadCatalogue` makes of the same files, with the same fingerprint.
 */
import { type Failure, failure, type Result, success } from '../../../core/failure.ts'
import { checkedRecord } from '../catalogue/checked-record.ts'
import type { GoalSources } from '../catalogue/drafts.ts'
import { ShopDigest } from '../catalogue/fingerprint.ts'
import { UpstreamGoals } from '../catalogue/goals.ts'
import { readJson } from '../catalogue/json.ts'
import type { NounSource } from '../catalogue/nouns.ts'
import { nothingToSell, searchText, shopName, table } from '../catalogue/read-catalogue.ts'
import { type ItemContext, readItem } from '../catalogue/read-item.ts'
import { type ByteSink, textBytes } from './bytes.ts'
import { writeGoals } from './goal-texts.ts'
import { IndexWriter } from './index-writer.ts'
import { readJsonFile } from './json-file.ts'
import { sortLargeFiles } from './large-files.ts'
import { ProductsWriter } from './products-writer.ts'
import { RecordHeap } from './record-heap.ts'
import { type ShopSoFar, shopSoFar } from './search-so-far.ts'
import { SectionWriter } from './sections.ts'

/** How far the writing of a shop has come. */
export interface ShopProgress {
  readonly doing: 'reading' | 'indexing'
  /** Products so far. */
  readonly products: number
  /** Of what is being done, in [0, 1]. */
  readonly share: number
}

export interface WritePorts {
  readonly nouns: NounSource
  /** Told often, after a piece of work. Whoever waits for a turn gets it until it resolves. @throws to stop the work */
  told(progress: ShopProgress): Promise<void>
  /** What is read of it can be searched from now on, until all is written. */
  begun?(shop: ShopSoFar): void
  /** Puts on the disk what was written. */
  flush?(): void
}

/** Bytes of the attributes file, which is held while the items come by, and of the human instructions. Real ones have 150 and 5 million. */
const MOST_HELD = 1_000_000_000
/** Goals are held: a product has one for each combination of its options, where no human instructions come along. */
const MOST_GOALS = 200_000
/** What upstream draws unseeded. */
const SEED = 0

/** Failures: those of `loadCatalogue`, `file-too-large`, `shop-too-large`. @throws what the sink throws */
export async function writeShop(files: readonly File[], sink: ByteSink, ports: WritePorts): Promise<Result<true>> {
  const sorted = await sortLargeFiles(files)
  if (!sorted.ok) return sorted
  const { items, attributes, human } = sorted.value
  for (const { file } of human === undefined ? [attributes] : [attributes, human])
    if (file.size > MOST_HELD)
      return failure('file-too-large', `${file.name} is too large: 1,000 MB of it can be read. Nothing was read.`)
  const all = attributes.file.size + items.file.size
  const out = new SectionWriter(sink)
  const products = new ProductsWriter(out)
  const index = new IndexWriter()
  ports.begun?.(shopSoFar(items.name, index, products))
  const reading = (bytes: number) => ports.told({ doing: 'reading', products: products.size, share: bytes / all })

  const heap = await attributesOf(attributes.file, reading)
  if (!heap.ok) return heap
  const instructions = human && (await tableOf(human.file))
  if (instructions && !instructions.ok) return instructions
  const sources: GoalSources = { files: sorted.value, human: instructions?.value, read: checkedRecord }
  const goals = new UpstreamGoals(sources, undefined, SEED, MOST_GOALS)
  const digest = new ShopDigest(ports.nouns)
  const context: ItemContext = {
    ...{ files: sorted.value, read: checkedRecord, seed: SEED, nouns: ports.nouns },
    has: (asin) => products.has(asin),
    attributes(asin) {
      const text = heap.value.get(asin)
      return text === undefined ? undefined : JSON.parse(text)
    },
    price: () => undefined,
  }

  function take(record: unknown, i: number): Failure | undefined {
    const item = readItem(record, i, context)
    if (!item.ok) return item.failure
    if (item.value === undefined) return undefined
    const { product, entry } = item.value
    const { asin, category, query, title, productCategory } = product
    const wanted = { asin, category, query, title, productCategory, titleNouns: [] } // found anew when it is opened
    const added = goals.add(product, entry, wanted)
    if (!added.ok) return added.failure
    digest.product(product)
    products.add(product)
    return index.add(searchText(product)) ? undefined : tooLarge(items.name, products.size)
  }

  const read = await readJsonFile(items.file, {
    record: ({ value }, i) => take(value, i),
    step: (bytes) => reading(attributes.file.size + bytes),
  })
  if (!read.ok) return read
  if (products.size === 0) return nothingToSell(items.name)
  const made = goals.all()
  if (!made.ok) return made
  for (const goal of made.value) digest.goal(goal)
  const order = products.end()
  await index.write(out, order, (share) => ports.told({ doing: 'indexing', products: products.size, share }))
  writeGoals(out, made.value)
  const head = { name: shopName(items.name, products.size), fingerprint: digest.hex(), nouns: ports.nouns.id }
  out.section('head', textBytes(JSON.stringify(head)))
  out.close(ports.flush)
  return success(true)
}

async function attributesOf(file: File, step: (bytes: number) => Promise<void>): Promise<Result<RecordHeap>> {
  const heap = new RecordHeap()
  const read = await readJsonFile(file, {
    record({ key = '', text }) {
      heap.set(key, text)
      return undefined
    },
    step,
  })
  return read.ok ? success(heap) : read
}

async function tableOf(file: File): Promise<Result<ReadonlyMap<string, unknown>>> {
  const content = readJson(file.name, await file.text())
  return content.ok ? table({ name: file.name, content: content.value }) : content
}

function tooLarge(name: string, products: number): Failure {
  const words = `${name} has too many products or different words for a shop in a page: it got as far as product ${products}.`
  return failure('shop-too-large', `${words} Take a smaller part of it.`).failure
}
