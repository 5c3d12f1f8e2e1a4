/** A shop that is kept on the disk, since it is too large to be held: written from official files, and opened. */
import { failure, Interruption, messageOf, type Result, success } from '../../core/failure.ts'
import { grouped } from '../../core/grouped.ts'
import type { ByteSink, ByteSource } from '../../environments/webshop/kept/bytes.ts'
import { firstProducts } from '../../environments/webshop/kept/first-products.ts'
import { openShop } from '../../environments/webshop/kept/open-shop.ts'
import { furtherShop } from '../../environments/webshop/kept/search-so-far.ts'
import { type ShopProgress, writeShop } from '../../environments/webshop/kept/write-shop.ts'
import type { KeptShop, ShopFolder, ShopSink } from '../machine/shop-folder.ts'
import { nounTagger } from './noun-tagger.ts'
import type { ShopReading } from './shop-reading.ts'
import { type LoadedWebShop, loadedWebShop } from './webshop-environment.ts'

export async function openKeptShop(open: () => Promise<ByteSource>): Promise<Result<LoadedWebShop>> {
  const nouns = await nounTagger()
  if (!nouns.ok) return nouns
  try {
    const catalogue = openShop(await open(), nouns.value)
    return catalogue.ok ? success(loadedWebShop(catalogue.value, 'yours')) : catalogue
  } catch (thrown) {
    const words = `The shop that is kept on this computer could not be opened (${messageOf(thrown)}).`
    return failure('shop-damaged', `${words} Bring its files once more.`)
  }
}

/**
 * Nothing is kept unless all of it is good.
 * @param reading learns what can be searched meanwhile @param told how far it has come, after each piece of work; it may wait
 */
export async function keepShop(
  folder: ShopFolder,
  files: readonly File[],
  reading: ShopReading,
  told: (progress: ShopProgress) => Promise<void>,
): Promise<Result<KeptShop>> {
  const go = async (progress: ShopProgress): Promise<void> => {
    await told({ ...progress, products: Math.max(progress.products, reading.shop?.size ?? 0) })
    reading.goOn()
  }
  let sink: ShopSink | undefined
  let bytes = 0
  try {
    const first = await firstProducts(files)
    if (first !== undefined) {
      reading.begin(first)
      await go({ doing: 'reading', products: 0, share: 0 })
    }
    const nouns = await nounTagger()
    if (!nouns.ok) return nouns
    await folder.clean(await folder.kept()) // what a crash left
    const made = await folder.create()
    sink = made
    const counted: ByteSink = {
      read: (from, to) => made.read(from, to),
      write(more) {
        bytes += more.length
        made.write(more)
      },
    }
    const written = await writeShop(files, counted, {
      nouns: nouns.value,
      begun: (shop) => reading.begin(furtherShop(first, shop)),
      told: go,
      flush: () => made.flush(),
    })
    reading.end()
    if (!written.ok) {
      await made.discard()
      return written
    }
    const kept = await made.finish()
    await folder.clean(kept)
    return success(kept)
  } catch (thrown) {
    await sink?.discard()
    return ended(thrown, bytes)
  } finally {
    reading.end()
  }
}

function ended(thrown: unknown, bytes: number): Result<never> {
  if (thrown instanceof Interruption) return { ok: false, failure: thrown.failure }
  const mb = grouped(Math.round(bytes / 1e6))
  if (thrown instanceof DOMException && thrown.name === 'QuotaExceededError') {
    const words = `The browser gave this page no more room on the disk than ${mb} MB, and the shop needs more.`
    return failure('shop-no-room', `${words} Free some, or take fewer products. Nothing has changed.`)
  }
  if (thrown instanceof RangeError) {
    const words = `This tab has too little memory for the search index of the shop (${messageOf(thrown)}).`
    return failure('shop-no-memory', `${words} Close other tabs, or take fewer products. Nothing has changed.`)
  }
  return failure('shop-unwritten', `The shop could not be written: ${messageOf(thrown)}. Nothing has changed.`)
}
