/** A shop of thirty made-up products with twelve goals, small enough to read, for tests of policies and training. */
import { loadCatalogue } from '../../src/environments/webshop/catalogue/catalogue.ts'
import { createWebShop, type WebShop } from '../../src/environments/webshop/webshop.ts'

const COLORS = ['Navy', 'Red', 'Forest Green', 'Black']
const KINDS = [
  ['Running Shoes', 'running shoes', 'arch support', 'water resistant'],
  ['Floor Lamp', 'floor lamps', 'glass shade', 'energy efficient'],
  ['Green Tea', 'tea', 'sugar free', 'non gmo'],
] as const

function product(i: number) {
  const [head, query, first, second] = KINDS[i % KINDS.length] as (typeof KINDS)[number]
  const attributes = i % 2 === 0 ? [first] : [first, second]
  const asin = `B0SMALL${String(i).padStart(3, '0')}`
  const colors = COLORS.slice(0, 2 + (i % 3)).map((value) => ({ value }))
  return {
    query,
    attributes,
    item: {
      asin,
      name: `Brand${i} ${i % 4 === 0 ? `${first} ` : ''}${head}, ${i % 5 === 0 ? 'Deluxe' : 'Classic'}`,
      full_description: `A ${head} with ${second}.`,
      small_description: [`${first} inside`, 'Nice.'],
      pricing: `$${10 + i}.00`,
      customization_options: { Color: colors, Size: [{ value: 'Small' }, { value: 'X-Large' }] },
      product_category: `Made › Up › ${head}`,
      category: 'fashion',
      query,
    },
    nouns: head.toLowerCase().split(' '),
    instruction: `i need ${head.toLowerCase()} with ${first} in the color navy, size small please`,
  }
}

export const PRODUCTS = Array.from({ length: 30 }, (_, i) => product(i))

export function createSmallShop(): WebShop {
  const goals = PRODUCTS.slice(0, 12)
  const file = (name: string, content: unknown) => ({ name, content })
  const catalogue = loadCatalogue({
    items: file(
      'items.json',
      PRODUCTS.map(({ item }) => item),
    ),
    attributes: file('ins.json', Object.fromEntries(PRODUCTS.map((p) => [p.item.asin, { attributes: p.attributes }]))),
    human: file(
      'human.json',
      Object.fromEntries(
        goals.map((p) => [
          p.item.asin,
          [
            {
              asin: p.item.asin,
              instruction: p.instruction,
              attributes: p.attributes,
              options: [],
              instruction_attributes: p.attributes.slice(0, 1),
              instruction_options: ['navy', 'small'],
            },
          ],
        ]),
      ),
    ),
    setup: file('setup.json', {
      prices: {},
      goals: goals.map((p, i) => ({
        asin: p.item.asin,
        instruction: 0,
        split: i < 8 ? 'train' : 'dev',
        price_upper: i % 2 === 0 ? 30 : null,
      })),
    }),
    nouns: file('nouns.json', Object.fromEntries(PRODUCTS.map((p) => [p.item.name, p.nouns]))),
  })
  if (!catalogue.ok) throw new Error(catalogue.failure.message)
  return createWebShop(catalogue.value)
}
