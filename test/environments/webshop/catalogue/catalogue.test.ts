import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadCatalogue } from '../../../../src/environments/webshop/catalogue/catalogue.ts'
import { readOfficialFiles } from '../../../../src/environments/webshop/catalogue/official-files.ts'
import { loadTagger } from '../../../../src/environments/webshop/catalogue/tagger.ts'
import { catalogueOf, files, type Item, item, MUGS, refusal, values } from '../made-up-shop.ts'

function onlyProduct(changes: Item) {
  const [product] = catalogueOf({ items: [item('A000000001', changes)] }).products
  if (product === undefined) throw new Error('There is no product.')
  return product
}

describe('products are read as load_products reads them', () => {
  test('records named nan, with a long ASIN, or seen before are dropped unread', () => {
    const broken = { name: 7 }
    const items = [
      ...MUGS,
      { ...broken, asin: 'nan' },
      { ...broken, asin: 'ABCDEFGHIJK' },
      { ...broken, asin: 'A000000002' },
    ]
    expect(catalogueOf({ items }).products.asins()).toEqual(['A000000001', 'A000000002', 'A000000003'])
  })

  test.each([
    ['', '$100.0', 100],
    [null, '$100.0', 100],
    ['$12.50', '$12.5', 12.5],
    ['$1,299.00', '$1299.0', 1299],
    ['$0.00001', '$1e-05', 0.00001],
    ['from $5 each', '$5.0', 5],
  ])('the price %j is shown as %s', (pricing, priceTag, price) => {
    expect(onlyProduct({ pricing })).toMatchObject({ priceTag, price })
  })

  test('a price range keeps both ends on the page and has one price within, the same every time', () => {
    const product = onlyProduct({ pricing: '$10.00 - $20.00 - $30.00' })
    expect(product.priceTag).toBe('$10.0 to $20.0')
    expect(product.price).toBeGreaterThanOrEqual(10)
    expect(product.price).toBeLessThan(20)
    expect(onlyProduct({ pricing: '$10.00 - $20.00' }).price).toBe(product.price)
  })

  test('given prices stand before drawn ones, and those of a setup before both', () => {
    const prices = new Map([['A000000002', 11]])
    expect(catalogueOf({}, { prices }).products.get('A000000002')?.price).toBe(11)
    const goal = { asin: 'A000000001', instruction: 0, split: 'train', price_upper: null }
    const setup = { prices: { A000000002: 13 }, goals: [goal] }
    expect(catalogueOf({ setup }, { prices }).products.get('A000000002')?.price).toBe(13)
  })

  test('option names and values are lower-cased, slashes parted, null groups skipped, the order kept', () => {
    const customization_options = { Size: values(' Large ', 'A/B'), Style: null, Color: values('RED') }
    expect([...onlyProduct({ customization_options }).options]).toEqual([
      ['size', ['large', 'a | b']],
      ['color', ['red']],
    ])
  })

  test('a product without attributes gets the dummy one; an empty list stays empty', () => {
    const attributes = { A000000001: { attributes: [] }, A000000002: {} }
    const read = Array.from(catalogueOf({ attributes }).products, (product) => product.attributes)
    expect(read).toEqual([[], ['DUMMY_ATTR'], ['DUMMY_ATTR']])
  })

  test('query is trimmed and lower-cased; one description line is a list of one', () => {
    expect(onlyProduct({ small_description: 'one', query: ' Big Mugs ' })).toMatchObject({
      bulletPoints: ['one'],
      query: 'big mugs',
    })
  })
})

describe('a wrong file gives a sentence with file, record and field', () => {
  test.each<[string, Item, RegExp]>([
    ['name', { name: 7 }, /^items\.json, record 1 \(asin A000000009\), field name: expected text, found 7\. /],
    ['name, missing', { name: undefined }, /field name: expected text, found nothing\./],
    ['small_description', { small_description: ['a', 3] }, /field small_description\.1: expected text, found 3\./],
    ['small_description', { small_description: 3 }, /field small_description: expected a list or text, found 3\./],
    ['pricing', { pricing: 'twelve' }, /field pricing: expected a price .* found "twelve"\./],
    ['pricing', { pricing: '$1.2.3' }, /field pricing: .* found "\$1\.2\.3"\./],
    ['pricing', { pricing: ['$1'] }, /field pricing: expected .*text.*, found a list of 1\./],
    ['customization_options', { customization_options: 'red' }, /field customization_options: .* found "red"\./],
    [
      'a title without an end',
      { name: 'x'.repeat(10_001) },
      /field name: expected at most 10000 characters or entries, found "x{60}…"\./,
    ],
    [
      'an option value',
      { customization_options: { Color: [{ value: 5 }] } },
      /field customization_options\.Color\.0\.value: expected text, found 5\./,
    ],
  ])('%s', (_, changes, sentence) => {
    expect(refusal({ items: [item('A000000001'), item('A000000009', changes)] })).toMatch(sentence)
  })

  test('a record without ASIN', () => {
    expect(refusal({ items: [item('A000000001'), {}] })).toMatch(/^items\.json, record 1, field asin: /)
    expect(refusal({ items: [null] })).toMatch(/^items\.json, record 0: expected an object, found null\./)
  })

  test('records of the other files', () => {
    expect(refusal({ attributes: { A000000001: { attributes: 'red' } } })).toMatch(
      /^ins\.json, record A000000001, field attributes: expected .*a list.*, found "red"\./,
    )
    expect(refusal({ human: { A000000001: [{ instruction: 'x' }] } })).toMatch(
      /^human\.json, record A000000001, field 0\.instruction_attributes: expected a value, found nothing\./,
    )
  })

  test('what upstream never reads is not looked at', () => {
    expect(catalogueOf({ attributes: { unknown: 7, A000000001: {} } }).products.size).toBe(3)
  })

  test('no product left, no goal left, no nouns', () => {
    expect(refusal({ items: [item('nan')] })).toMatch(/^items\.json has no product left/)
    expect(refusal({ human: {} })).toMatch(/^No product of items\.json has a human instruction/)
    const withNouns = { ...files(), nouns: { name: 'nouns.json', content: { 'Blue teapot': ['teapot'] } } }
    const result = loadCatalogue(withNouns)
    expect(result.ok ? '' : result.failure.message).toMatch(
      /^items\.json, record 0 .* no entry for the title "Plain mug/,
    )
  })
})

describe('hostile content', () => {
  test('names that mean something to JavaScript are ordinary names', () => {
    const items = JSON.parse(
      `[${JSON.stringify(item('__proto__')).replace('"customization_options":""', '"customization_options":{"__proto__":[{"value":"constructor"}],"toString":[{"value":"__proto__"}]}')}]`,
    )
    const human = JSON.parse(
      '{"__proto__":[{"instruction":"a","instruction_attributes":["b"],"instruction_options":["__proto__"]}]}',
    )
    const { products: read, goals } = catalogueOf({ items, human, attributes: {} })
    expect([...([...read][0]?.options ?? [])]).toEqual([
      ['__proto__', ['constructor']],
      ['tostring', ['__proto__']],
    ])
    expect(goals.map((goal) => goal.asin)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>).value).toBeUndefined()
  })

  test('any JSON in the place of any part gives a catalogue or a sentence', () => {
    const part = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.record({ asin: fc.constantFrom('A1', 'A2'), name: fc.jsonValue() }, { requiredKeys: [] })),
      fc.array(fc.dictionary(fc.constantFrom(...Object.keys(item('x'))), fc.jsonValue()).map((o) => item('A1', o))),
      fc.dictionary(fc.constantFrom('A1', '__proto__'), fc.jsonValue()),
    )
    fc.assert(
      fc.property(part, part, part, part, (items, attributes, human, setup) => {
        const result = loadCatalogue({ ...files({ items, attributes, human, setup }) })
        expect(result.ok || result.failure.message.length > 20).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('twenty thousand products load in about a second', () => {
    const items = Array.from({ length: 20_000 }, (_, i) => item(`P${i}`, { name: `mug ${i % 97}` }))
    expect(
      catalogueOf({
        items,
        human: { P0: [{ instruction: 'a', instruction_attributes: ['b'], instruction_options: [] }] },
      }).products.size,
    ).toBe(20_000)
  })
})

describe('the fingerprint', () => {
  test('is the same for the same content and differs when any of it does', () => {
    const of = (changes: Item, seed = 0) =>
      catalogueOf({ items: [item('A000000001', changes), ...MUGS.slice(1)] }, { seed }).data.fingerprint
    const prints = [
      of({}),
      of({ name: 'Other' }),
      of({ full_description: 'Other' }),
      of({ pricing: '$12.51' }),
      of({ customization_options: { Color: values('red') } }),
      of({}, 1),
    ]
    expect(of({ images: [] })).toBe(prints[0])
    expect(prints[0]).toMatch(/^[0-9a-f]{16}$/)
    expect(new Set(prints).size).toBe(prints.length)
  })
})

describe('official files are told apart by their content', () => {
  const parts = {
    items: JSON.stringify(MUGS),
    attributes: JSON.stringify({ A: {}, B: { attributes: ['x'] } }),
    human: JSON.stringify({ A: [], B: [{ instruction: 'x' }] }),
    setup: JSON.stringify({ prices: {}, goals: [] }),
    nouns: JSON.stringify({ 'no nouns': [], mug: ['mug'] }),
  }
  const named = (texts: Record<string, string>) => Object.entries(texts).map(([name, text]) => ({ name, text }))
  const sentence = (texts: Record<string, string>): string => {
    const result = readOfficialFiles(named(texts))
    return result.ok ? '' : result.failure.message
  }

  test('under any name, in any order', () => {
    const result = readOfficialFiles(
      named({ e: parts.nouns, d: parts.setup, c: parts.human, b: parts.attributes, a: `\ufeff${parts.items}` }),
    )
    const names = result.ok && Object.fromEntries(Object.entries(result.value).map(([kind, file]) => [kind, file.name]))
    expect(names).toEqual({ items: 'a', attributes: 'b', human: 'c', setup: 'd', nouns: 'e' })
  })

  test('what is missing, double or unknown is named', () => {
    expect(sentence({ a: parts.attributes })).toMatch(/^None of the files is items_shuffle\.json/)
    expect(sentence({ a: parts.items })).toMatch(/^None of the files is items_ins_v2\.json/)
    expect(sentence({ 'one.json': parts.items, 'two.json': parts.items })).toMatch(/^one\.json and two\.json both look/)
    expect(sentence({ 'x.json': '{"a": 1}' })).toMatch(/^x\.json is none of WebShop's files/)
    expect(sentence({ 'x.json': '[]' })).toMatch(/^x\.json is an empty list/)
    expect(sentence({ 'x.json': '["i want a mug"]' })).toMatch(/human_goals\.json.*items_human_ins\.json/)
    expect(sentence({ 'x.json': '[{}]' })).toMatch(/^x\.json is a list, but its first entry has no field asin/)
  })

  test.each([
    ['[1,\n  2,\n  3}', 3, 4, '"}" is not expected there'],
    ['{"a": [1, 2}', 1, 12, '"}" is not expected there'],
    ['{"a": 1,}', 1, 9, '"}" is not expected there'],
    ['[1 2]', 1, 4, '"2]" is not expected there'],
    ['{"a" 1}', 1, 6, '"1}" is not expected there'],
    ['[01]', 1, 3, '"1]" is not expected there'],
    ['[tru', 1, 2, '"tru" is not expected there'],
    ['', 1, 1, 'the text ends too early'],
    ['[{"a": "b', 1, 10, 'the text ends too early'],
    ['[1] x', 1, 5, '"x" is not expected there'],
    ['["a\\x"]', 1, 4, '"\\\\x\\"]" is not expected there'],
  ])('%j is not JSON at line %i, column %i', (text, line, column, what) => {
    expect(sentence({ 'cut.json': text })).toContain(
      `cut.json is not JSON: at line ${line}, column ${column}, ${what}.`,
    )
  })

  test('any broken JSON gets a place within the text', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', '}', '"', ',', '\\', 'x', ' 1 '))
      .map(([json, at, junk]) => {
        const place = at % (json.length + 1)
        return json.slice(0, place) + junk + json.slice(place + 1)
      })
    fc.assert(
      fc.property(broken, (text) => {
        const column = /line 1, column (\d+)/.exec(sentence({ x: text }))
        if (column !== null) expect(Number(column[1])).toBeLessThanOrEqual(text.length + 1)
      }),
    )
  })
})

test('the tagger finds nouns, only when asked', async () => {
  const tagger = await loadTagger()
  expect(tagger.of('Sturdy Leather Wallet for Women, Very Soft')?.()).toEqual(['leather', 'wallet', 'women'])
  expect(tagger.id).toMatch(/^compromise \d+/)
  expect(tagger.of('')?.()).toEqual([])
})
