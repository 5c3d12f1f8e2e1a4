/** A shop that is too large to be held, in the lab: kept on the disk, explored to the same log, and opened again without its files. */
import { describe, expect, test } from 'vitest'
import { type Result, unwrap } from '../../../src/core/failure.ts'
import { loadCatalogue } from '../../../src/environments/webshop/catalogue/catalogue.ts'
import { readOfficialFiles } from '../../../src/environments/webshop/catalogue/official-files.ts'
import { indexOf } from '../../../src/environments/webshop/catalogue/read-catalogue.ts'
import { search } from '../../../src/environments/webshop/search/search.ts'
import { MOST_HELD } from '../../../src/worker/machine/file-limits.ts'
import type { KeptShop, ShopFolder } from '../../../src/worker/machine/shop-folder.ts'
import type { LabUpdate, ShopFinds, ShopUpdate } from '../../../src/worker/protocol/lab-api.ts'
import { ownShop } from '../../browser/own-shop.ts'
import { MemoryFile } from '../../environments/webshop/kept/memory-file.ts'
import { everyWord } from '../../environments/webshop/made-up-shop.ts'
import { fileOf, openTestLab, SHIPPED } from '../labs.ts'

class MemoryFolder implements ShopFolder {
  /** By name. A file that is still written has no end yet. */
  #made = 0
  readonly files = new Map<string, MemoryFile>()
  readonly whole = new Set<string>()
  readonly uses = new Map<string, number>()
  /** Bytes that the disk has. */
  room = Number.POSITIVE_INFINITY

  async create() {
    const name = `${this.#made++}.shop`
    const file = new MemoryFile()
    this.files.set(name, file)
    return {
      write: (bytes: Uint8Array<ArrayBuffer>) => {
        if (file.size + bytes.length > this.room) throw new DOMException('full', 'QuotaExceededError')
        file.write(bytes)
      },
      read: (from: number, to: number) => file.read(from, to),
      flush: () => {},
      finish: async () => {
        this.whole.add(name)
        return handle(name)
      },
      discard: async () => {
        this.files.delete(name)
      },
    }
  }

  async kept() {
    const [name] = [...this.whole].reverse()
    return name === undefined ? undefined : handle(name)
  }

  async open({ name }: KeptShop) {
    const file = this.files.get(name)
    if (file === undefined) throw new Error('gone')
    this.uses.set(name, (this.uses.get(name) ?? 0) + 1)
    const close = () => this.uses.set(name, (this.uses.get(name) ?? 0) - 1)
    return { size: file.size, close, read: (from: number, to: number) => file.read(from, to) }
  }

  async clean(but?: KeptShop) {
    for (const name of this.files.keys()) {
      if (name === but?.name || (this.uses.get(name) ?? 0) > 0) continue
      this.files.delete(name)
      this.whole.delete(name)
    }
  }
}

const handle = (name: string) => ({ name }) as KeptShop // all that the memory knows of a file

const folderOf = (folder: MemoryFolder): ShopFolder => ({
  create: () => folder.create(),
  kept: () => folder.kept(),
  open: (shop) => folder.open(shop),
  clean: (but) => folder.clean(but),
})

const official = unwrap(await SHIPPED.files('webshop')).filter(({ name }) => name.startsWith('items_'))
const small = official.map(({ name, text }) => new File([text], name))
/** The same products, in a file that is too large to be held. */
const large = official.map(({ name, text }) =>
  name === 'items_shuffle.json' ? new File([text, ' '.repeat(MOST_HELD)], name) : new File([text], name),
)
const settings = { seed: 3, tasks: 6 }

async function log(lab: ReturnType<typeof openTestLab>): Promise<string> {
  const { id } = unwrap(await lab.create(settings)).progress.info
  for (let task = 0; task < settings.tasks; task++) unwrap(await lab.advance('task'))
  return (await fileOf(lab, id)).replaceAll(id, 'RUN')
}

function openLab(folder: MemoryFolder) {
  const lab = openTestLab({ shops: folderOf(folder) })
  const updates: LabUpdate[] = []
  /** Called with each update. */
  const heard: ((update: LabUpdate) => void)[] = []
  void lab.subscribe((update) => {
    updates.push(update)
    for (const hear of heard) hear(update)
  })
  return { lab, heard, told: () => updates.filter((update): update is ShopUpdate => update.type === 'shop') }
}

describe('a shop that is too large to be held', () => {
  test('is kept, tells how far it has come, and gives the log that it gives when it is held', async () => {
    const folder = new MemoryFolder()
    const { lab, told } = openLab(folder)
    const kept = unwrap(await lab.loadData(large))
    expect(folder.whole.size).toBe(1)
    expect(told().at(0)).toMatchObject({ doing: 'reading' })
    expect(told().at(-1)).toMatchObject({ doing: 'indexing', products: 1108 })
    const held = openTestLab()
    expect(kept).toEqual(unwrap(await held.loadData(small)))
    expect(await log(lab)).toBe(await log(held))
  })

  test('is there for the next lab without its files, until it is deleted', async () => {
    const folder = new MemoryFolder()
    const data = unwrap(await openLab(folder).lab.loadData(large))
    for (const name of folder.uses.keys()) folder.uses.set(name, 0) // its tab was closed
    const { lab } = openLab(folder)
    expect(unwrap(await lab.library('keptShop'))).toMatchObject({ name: data.name, fingerprint: data.fingerprint })
    expect(unwrap(await lab.loadData('kept'))).toEqual(data)
    unwrap(await lab.create(settings))
    unwrap(await lab.advance('task'))
    expect(unwrap(await lab.world(0, [])).view).toMatchObject({ page: 'index' })
    expect(await lab.library('forgetShop')).toMatchObject({ failure: { code: 'shop-in-use' } })
    unwrap(await lab.shippedData('webshop'))
    unwrap(await lab.library('forgetShop'))
    expect(folder.files.size).toBe(0)
    expect(unwrap(await lab.library('keptShop'))).toBe(undefined)
    expect(await lab.loadData('kept')).toMatchObject({ failure: { code: 'shop-not-kept' } })
  })

  test('takes the place of the one before, which stays when it is wrong or has no room', async () => {
    const folder = new MemoryFolder()
    const { lab } = openLab(folder)
    const first = unwrap(await lab.loadData(large))
    const cut = large.map((file, i) => (i === 0 ? file : file.slice(0, file.size - 2)))
    const wrong = cut.map((part, i) => new File([part], large[i]?.name ?? ''))
    expect(await lab.loadData(wrong)).toMatchObject({ failure: { code: 'catalogue-json' } })
    expect([...folder.files.keys()]).toEqual([...folder.whole])
    folder.room = 100_000
    expect(await lab.loadData(large)).toMatchObject({
      failure: { code: 'shop-no-room', message: expect.stringMatching(/no more room on the disk than \d MB/) },
    })
    expect([...folder.files.keys()]).toEqual([...folder.whole])
    expect(unwrap(await lab.data('webshop'))).toEqual(first)
  })

  test('what a crash left is removed by the next that is brought', async () => {
    const folder = new MemoryFolder()
    ;(await folder.create()).write(new Uint8Array(10)) // and its tab died
    expect(unwrap(await openLab(folder).lab.library('keptShop'))).toBe(undefined)
    unwrap(await openLab(folder).lab.loadData(large))
    expect(folder.files.size).toBe(1)
  })
})

const held = unwrap(loadCatalogue(unwrap(readOfficialFiles(official)), { nouns: everyWord })).products

/** What `searchShop` finds in the first products of a shop that is held. */
function foundAmong(first: number, query: string) {
  const found = search(indexOf([...held].slice(0, first)), query, 10).map(({ id }) => held.get(id))
  return found.map((product) => ({ asin: product?.asin, title: product?.title, price: product?.priceTag }))
}

describe('a look into the shop', () => {
  const query = 'red shoes for women, easy care'

  test('while it is read: what is found among the products so far, and among all when it stands', async () => {
    const { lab, heard } = openLab(new MemoryFolder())
    expect(unwrap(await lab.library('searchShop', query))).toMatchObject({ among: 1108, reading: false })
    const looks: Promise<Result<ShopFinds>>[] = []
    heard.push(({ type }) => {
      if (type === 'shop') looks.push(lab.library('searchShop', query))
    })
    const { name } = unwrap(await lab.loadData(large))
    const finds = (await Promise.all(looks)).map(unwrap)
    expect(finds[0]).toMatchObject({ shop: 'items_shuffle.json', among: 500, reading: true })
    expect(finds.at(-1)).toMatchObject({ among: 1108 })
    for (const { among, found } of finds) expect(found).toEqual(foundAmong(among, query))
    const after = unwrap(await lab.library('searchShop', query))
    expect(after).toEqual({ shop: name, among: 1108, reading: false, found: foundAmong(1108, query) })
  })

  test('is the same in a shop that is held', async () => {
    const lab = openTestLab()
    unwrap(await lab.loadData(small))
    expect(unwrap(await lab.library('searchShop', query)).found).toEqual(foundAmong(1108, query))
    expect(unwrap(await lab.library('searchShop', ''))).toMatchObject({ found: [], among: 1108 })
    expect(unwrap(await lab.library('searchShop', `${'qqqq '.repeat(1000)}${query}`)).found).toEqual([])
  })

  test('says so where the shop cannot be read any more', async () => {
    const folder = new MemoryFolder()
    const { lab } = openLab(folder)
    unwrap(await lab.loadData(large))
    for (const file of folder.files.values())
      file.read = () => {
        throw new Error('gone')
      }
    expect(await lab.library('searchShop', query)).toMatchObject({ failure: { code: 'shop-damaged' } })
  })

  test('tells no more of a text than can be shown', async () => {
    const [items, ...rest] = ownShop('shoe '.repeat(1000))
    const lab = openTestLab()
    unwrap(await lab.loadData([items, ...rest].map((file) => new File([file?.text ?? ''], file?.name ?? ''))))
    const { found } = unwrap(await lab.library('searchShop', 'shoe'))
    expect(found).toEqual([{ asin: 'B0EVIL0001', title: `${'shoe '.repeat(60)}…`, price: '$5.0' }])
  })
})

test('the reading of a shop can be stopped, which leaves what there was', async () => {
  const folder = new MemoryFolder()
  const { lab, heard } = openLab(folder)
  unwrap(await lab.library('stopShop')) // none is read
  const first = unwrap(await lab.loadData(large))
  for (const doing of ['reading', 'indexing']) {
    let stopped: Promise<unknown> | undefined
    heard.splice(0, heard.length, (update) => {
      if (update.type === 'shop' && update.doing === doing) stopped ??= lab.library('stopShop')
    })
    expect(await lab.loadData(large)).toMatchObject({ failure: { code: 'shop-stopped' } })
    expect(await stopped).toEqual({ ok: true, value: true })
    expect([...folder.files.keys()]).toEqual([...folder.whole])
    expect(unwrap(await lab.data('webshop'))).toEqual(first)
    expect(unwrap(await lab.library('searchShop', 'shoe'))).toMatchObject({ shop: first.name, reading: false })
  }
})
