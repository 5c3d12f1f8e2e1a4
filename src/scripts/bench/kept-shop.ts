/**
 * A made-up shop of the official files' size that is written as it is read, and opened: the processor's time for a product and for
 * opening, searches met for the first time and again, bytes of a product on the disk, and in memory once it is open.
 */
import { closeSync, fstatSync, openAsBlob, openSync, readSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { unwrap } from '../../core/failure.ts'
import { loadTagger } from '../../environments/webshop/catalogue/tagger.ts'
import { openShop } from '../../environments/webshop/kept/open-shop.ts'
import { writeShop } from '../../environments/webshop/kept/write-shop.ts'
import { search } from '../../environments/webshop/search/search.ts'
import { heldBytes } from './held-bytes.ts'
import { writeMadeUpOfficial } from './made-up-official.ts'
import { rounded } from './measure.ts'

const QUERIES = 100

/** @param paths of files that are there already */
export async function benchKeptShop(products = 100_000, paths?: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'rro-bench-'))
  const file = openSync(join(folder, 'shop'), 'w+')
  try {
    const official = paths ?? (await writeMadeUpOfficial(folder, products))
    const files = await Promise.all(official.map(async (path) => new File([await openAsBlob(path)], basename(path))))
    const nouns = await loadTagger()
    let residentBytes = 0
    const writing = cpu()
    const written = await writeShop(
      files,
      { write: (bytes) => void writeSync(file, bytes), read: (from, to) => bytesAt(file, from, to) },
      {
        nouns,
        told: async () => {
          residentBytes = Math.max(residentBytes, process.memoryUsage.rss())
          await new Promise(setImmediate)
        },
      },
    )
    unwrap(written)
    const writingMs = writing()

    const { size } = fstatSync(file)
    const before = await heldBytes()
    const opening = cpu()
    const shop = unwrap(openShop({ size, read: (from, to) => bytesAt(file, from, to) }, nouns))
    const openingMs = opening()
    const held = (await heldBytes()) - before
    const queries = shop.goals.slice(0, QUERIES).map(({ instruction }) => instruction)
    const searched = () => {
      const searching = cpu()
      for (const query of queries) search(shop.index, query, 50)
      return (1000 * searching()) / queries.length
    }
    const [firstUs, againUs] = [searched(), searched()]
    return {
      ...{ products, writtenCpuUsPerProduct: rounded((1000 * writingMs) / products), openedCpuMs: rounded(openingMs) },
      peakMegabytes: Math.round(residentBytes / 1e6),
      ...{ heldBytesPerProduct: Math.round(held / products), diskBytesPerProduct: Math.round(size / products) },
      ...{ searchFirstUs: Math.round(firstUs), searchAgainUs: Math.round(againUs) },
    }
  } finally {
    closeSync(file)
    await rm(folder, { recursive: true, force: true })
  }
}

/** @returns gives the processor's milliseconds since */
function cpu(): () => number {
  const begun = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / 1000
  }
}

function bytesAt(file: number, from: number, to: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(to - from)
  for (let at = 0; at < bytes.length; ) at += readSync(file, bytes, at, bytes.length - at, from + at)
  return bytes
}
