/** A shop that is too large to be held, in the lab: kept on the disk, explored to the same log, and opened again without its files. */
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import { MOST_HELD } from '../../../src/worker/machine/file-limits.ts'
import type { KeptShop, ShopFolder } from '../../../src/worker/machine/shop-folder.ts'
import type { LabUpdate, ShopUpdate } from '../../../src/worker/protocol/lab-api.ts'
import { MemoryFile } from '../../environments/webshop/kept/memory-file.ts'
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
  void lab.subscribe((update) => updates.push(update))
  return { lab, told: () => updates.filter((update): update is ShopUpdate => update.type === 'shop') }
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
