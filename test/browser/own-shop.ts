/** A shop of one product in the official WebShop format, as files to drop on the page. */

/** @param words stand wherever a text of the shop is shown */
export function ownShop(words: string): readonly { name: string; text: string }[] {
  const asin = 'B0EVIL0001'
  const item = {
    ...{ asin, name: words, full_description: words, small_description: [words], pricing: '$5.00' },
    ...{ product_category: 'Shoes › Evil', category: 'fashion', query: 'shoe', images: ['javascript:alert(1)'] },
    customization_options: { '<b>size</b>': [{ value: '<i>9</i>', image: null }] },
  }
  const instruction = { instruction: `find me ${words}`, instruction_attributes: ['soft'], instruction_options: [] }
  const asked = { asin, attributes: ['soft'], options: [''], ...instruction }
  return [
    { name: 'items_shuffle.json', text: JSON.stringify([item]) },
    { name: 'items_ins_v2.json', text: JSON.stringify({ [asin]: { attributes: ['soft'] } }) },
    { name: 'items_human_ins.json', text: JSON.stringify({ [asin]: Array.from({ length: 6 }, () => asked) }) },
  ]
}
