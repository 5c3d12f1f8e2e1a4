/** A shop that is kept on the disk is the shop that is held in memory: the same data, the same pages, the same rewards. */
import { describe, expect, test } from 'vitest'
import { Interruption, unwrap } from '../../../../src/core/failure.ts'
import { type Catalogue, loadCatalogue } from '../../../../src/environments/webshop/catalogue/catalogue.ts'
import { readOfficialFiles } from '../../../../src/environments/webshop/catalogue/official-files.ts'
import { openShop } from '../../../../src/environments/webshop/kept/open-shop.ts'
import { isWhole } from '../../../../src/environments/webshop/kept/sections.ts'
import { writeShop } from '../../../../src/environments/webshop/kept/write-shop.ts'
import { search } from '../../../../src/environments/webshop/search/search.ts'
import { createWebShop } from '../../../../src/environments/webshop/webshop.ts'
import { diskLoader } from '../../../../src/node/disk-loader.ts'
import { everyWord, type Item, instruction, item, MUGS, values } from '../made-up-shop.ts'
import { MemoryFile } from './memory-file.ts'

type Texts = readonly { readonly name: string; readonly text: string }[]

async function written(texts: Texts) {
  const disk = new MemoryFile()
  const files = texts.map(({ name, text }) => new File([text], name))
  return { disk, result: await writeShop(files, disk, { nouns: everyWord, told: async () => {} }) }
}

async function keptShop(texts: Texts): Promise<Catalogue> {
  const { disk, result } = await written(texts)
  unwrap(result)
  return unwrap(openShop(disk, everyWord))
}

const heldShop = (texts: Texts): Catalogue =>
  unwrap(loadCatalogue(unwrap(readOfficialFiles(texts)), { nouns: everyWord }))

function official(items: readonly Item[], attributes: unknown, human?: unknown): Texts {
  const files = [
    { name: 'items.json', content: items },
    { name: 'ins.json', content: attributes },
    ...(human === undefined ? [] : [{ name: 'human.json', content: human }]),
  ]
  return files.map(({ name, content }) => ({ name, text: JSON.stringify(content) }))
}

/** Plain data of all that a shop says. */
function said({ data, products, goals }: Catalogue) {
  const plain = <T extends { readonly titleNouns: readonly string[] }>(thing: T) => ({
    ...thing,
    nouns: thing.titleNouns,
  })
  return { data, products: Array.from(products, plain), goals: goals.map(plain), asins: products.asins() }
}

const SHOPS: Readonly<Record<string, Texts>> = {
  mugs: official(MUGS, { A000000001: { attributes: ['sturdy'] } }, { A000000001: [instruction('i want a mug.')] }),
  'made-up goals': official(MUGS, {
    A000000001: { attributes: ['sturdy'], instruction: 'Find me mugs', instruction_attributes: ['sturdy', 'bright'] },
    A000000003: { attributes: ['blue'], instruction: 'Find me pots', instruction_attributes: ['sturdy'] },
  }),
  'odd ASINs and texts': official(
    [
      ...['b01', 'B01', 'ß', 'straße', '__proto__', '\ud83d', 'B02'].map((asin, i) =>
        item(asin, { name: `mug ${i} \ud800 "\n` }),
      ),
      item('nan', { name: 7 }),
      item('B01', { name: 'seen before' }),
    ],
    { __proto__: {}, B01: { attributes: ['a'] } },
    { B01: [instruction('a mug', ['b'])], ß: [instruction('another')] },
  ),
}

describe.each(Object.entries(SHOPS))('%s', (_, texts) => {
  test('are the same, kept and held', async () => {
    const [kept, held] = [await keptShop(texts), heldShop(texts)]
    expect(said(kept)).toEqual(said(held))
    for (const link of [...held.products.asins(), 'nothing'].map((asin) => asin.toLowerCase()))
      expect(kept.products.linked(link), link).toBe(held.products.linked(link))
    for (const value of ['garden', 'grocery', 'nothing'])
      expect(kept.products.having('category', value)).toEqual(held.products.having('category', value))
    expect(kept.products.having('query', 'mugs')).toEqual(held.products.having('query', 'mugs'))
    expect(kept.products.get('nothing')).toBe(undefined)
    for (const query of ['mug', 'blue teapot', 'red sea sky', 'nothing here'])
      expect(search(kept.index, query, 50)).toEqual(search(held.index, query, 50))
  })
})

test('the shop that ships with the page gives the same searches, pages and rewards when it is kept', async () => {
  const names = ['items_shuffle.json', 'items_ins_v2.json', 'items_human_ins.json']
  const texts = unwrap(await diskLoader().files('webshop')).filter(({ name }) => names.includes(name))
  const [kept, held] = [await keptShop(texts), heldShop(texts)]
  expect(said(kept)).toEqual(said(held))
  const shops = [createWebShop(kept), createWebShop(held)] as const
  for (const { id, instruction } of held.goals.slice(0, 60)) {
    const [a, b] = shops.map((shop) => {
      const task = shop.task(id)
      if (task === undefined) throw new Error(`No task ${id}`)
      const pages: unknown[] = []
      let state = shop.reset(task)
      const click = (text: string) => {
        const { reward, ...next } = shop.step(state, `click[${text}]`)
        state = next.state
        pages.push([shop.render(state, 'text'), shop.render(state, 'text_rich'), shop.view(state), reward])
      }
      state = shop.step(state, `search[${instruction.replace(/[[\]]/g, ' ')}]`).state
      pages.push(shop.render(state, 'text'))
      for (const text of [(state.hits[0] ?? '').toLowerCase(), 'description', '< prev', 'features', '< prev'])
        click(text)
      click(shop.clickables(state)[8] ?? 'buy now')
      click('buy now')
      return pages
    })
    expect(a).toEqual(b)
  }
  for (const query of ['<r>', '<r> some words', '<c> beauty', '<q> hair shampoo', '<a> x'])
    expect(
      shops.map((shop) => shop.step(shop.reset(shop.tasks('dev')[0] as never), `search[${query}]`).state.hits),
    ).toEqual(
      Array(2).fill(shops[1].step(shops[1].reset(shops[1].tasks('dev')[0] as never), `search[${query}]`).state.hits),
    )
})

describe('what is wrong is told as of a shop that is held', () => {
  const mugs = SHOPS.mugs as Texts
  test.each<[string, Texts]>([
    ['a field', official([...MUGS, item('A4', { name: 7 })], { A000000001: {} }, { A000000001: [instruction('a')] })],
    ['an entry', official(MUGS, { A000000001: { attributes: 'x' } }, { A000000001: [instruction('a')] })],
    ['an instruction', official(MUGS, { A000000001: { attributes: [] } }, { A000000001: [{ instruction: 'a' }] })],
    ['no goal', official(MUGS, { A000000001: { attributes: [] } }, { B: [instruction('a')] })],
    ['nothing to sell', official([item('nan')], { A000000001: { attributes: [] } }, { A: [instruction('a')] })],
    ['a missing file', mugs.slice(1)],
    ['two of a kind', [...mugs, { name: 'again.json', text: mugs[0]?.text ?? '' }]],
    ['something else', [...mugs, { name: 'list.json', text: '["a"]' }]],
    ['a cut', mugs.map((file, i) => (i === 0 ? { ...file, text: file.text.slice(0, -1) } : file))],
  ])('%s', async (_, texts) => {
    const files = readOfficialFiles(texts)
    const held = files.ok ? loadCatalogue(files.value, { nouns: everyWord }) : files
    expect(held.ok).toBe(false)
    expect((await written(texts)).result).toEqual(held)
  })

  test('files of our own are not read with a shop that is kept', async () => {
    const texts = [...mugs, { name: 'nouns.json', text: '{"a": ["b"]}' }]
    expect((await written(texts)).result).toMatchObject({ failure: { code: 'shop-own-files' } })
  })
})

describe('a crash', () => {
  test('leaves no shop, wherever it comes', async () => {
    const { disk } = await written(SHOPS.mugs as Texts)
    const all = new Blob([disk.read(0, disk.size)])
    for (let size = 0; size < disk.size; size++) {
      expect(openShop(disk.cut(size), everyWord)).toMatchObject({ failure: { code: 'shop-unfinished' } })
      expect(await isWhole(all.slice(0, size)), `${size} bytes`).toBe(false)
    }
    expect(openShop(disk, everyWord).ok).toBe(true)
    expect(await isWhole(all)).toBe(true)
  })

  test('of another source of nouns: it is said', async () => {
    const { disk } = await written(SHOPS.mugs as Texts)
    expect(openShop(disk, { ...everyWord, id: 'other' })).toMatchObject({ failure: { code: 'shop-outdated' } })
  })

  test('a product or a search that cannot be read interrupts with a sentence', async () => {
    const { disk } = await written(SHOPS.mugs as Texts)
    const { products, index } = unwrap(openShop(disk, everyWord))
    disk.read = () => {
      throw new Error('gone')
    }
    expect(() => products.get('A000000001')).toThrow(Interruption)
    expect(() => search(index, 'mug', 10)).toThrow(Interruption)
    expect(() => search(index, 'mug', 10)).toThrow(
      /^The search index of the shop .* cannot be read\. Bring its files once more\.$/,
    )
  })
})

test('a product is read once, and not before it is asked for', async () => {
  const items = Array.from({ length: 50 }, (_, i) => item(`P${i}`, { customization_options: { Color: values('Red') } }))
  const { disk, result } = await written(official(items, { P0: { attributes: [] } }, { P0: [instruction('a')] }))
  unwrap(result)
  const { products } = unwrap(openShop(disk, everyWord))
  const before = disk.reads
  expect(products.get('P7')?.asin).toBe('P7')
  expect(products.get('P7')).toBe(products.get('P7'))
  expect(disk.reads).toBe(before + 1)
})
