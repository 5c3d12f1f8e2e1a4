/** How products list an option value, and how people say it. */
import type { RandomStream } from '../../../core/random.ts'
import { pick } from './model.ts'

/** The form that products and goals carry (upstream engine.py: lower case, stripped, `/` as ` | `). */
export function optionText(value: string): string {
  return value.trim().replaceAll('/', ' | ').toLowerCase()
}

const LETTER_SAID: Readonly<Record<string, string>> = {
  'x-small': 'extra small|xs',
  small: 'small',
  medium: 'medium|med',
  large: 'large',
  'x-large': 'extra large|xl',
  'xx-large': 'xxl|2xl|extra extra large',
  '3x-large': '3xl|3x large',
  twin: 'twin size|twin-sized',
  'twin xl': 'extra long twin',
  full: 'full size|full-sized',
  queen: 'queen size|queen-sized',
  king: 'king size|king-sized',
  'california king': 'cal king',
  'medium width': 'regular width',
  'without adapter': 'no adapter',
  unscented: 'no scent',
}

const NUMBER_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six']

/** Looser ways to say an option value; never changes which value is meant. */
function loosely(value: string): readonly string[] {
  const said = LETTER_SAID[value]
  if (said !== undefined) return said.split('|')
  const forms: string[] = []
  const pack = /^(.*) \(pack of (\d+)\)$/.exec(value)
  if (pack !== null) {
    const [, what = '', count = '1'] = pack
    const short = what.replace('ounce', 'oz').replace('pound', 'lb').replace('count', 'ct')
    forms.push(`${what} pack of ${count}`, `${short} (pack of ${count})`)
    if (count === '1') forms.push(`single ${short}`)
    else forms.push(`${count} pack of ${short}`, `${NUMBER_WORDS[Number(count)] ?? count} pack of the ${short}`)
  }
  if (/ ounce$/.test(value)) forms.push(value.replace('ounce', 'oz'), value.replace(' ounce', 'oz'))
  if (/ fl oz$/.test(value)) forms.push(value.replace('fl oz', 'fluid ounce'), value.replace('fl oz', 'oz'))
  if (/ feet$/.test(value)) forms.push(value.replace('feet', 'ft'), value.replace('feet', 'foot'))
  if (/ inch$/.test(value)) forms.push(value.replace(' inch', '"'), value.replace(' inch', 'in'))
  if (/ count$/.test(value)) forms.push(value.replace('count', 'ct'))
  if (/ piece set$/.test(value))
    forms.push(value.replace(' piece set', ' pc set'), `set of ${Number.parseInt(value, 10)}`)
  if (/^\d pack$/.test(value)) forms.push(`pack of ${value[0]}`, `${NUMBER_WORDS[Number(value[0])]} pack`)
  if (/ phone$/.test(value)) forms.push(value.replace(' inch phone', '" phone'), value.replace(' phone', ''))
  if (/^\d+w x \d+l$/.test(value)) {
    const [waist = '', length = ''] = value.replace(/[wl]/g, '').split(' x ')
    forms.push(`${waist}x${length}`, `${waist} waist ${length} long`, `${waist} x ${length}`)
  }
  if (/^\d+" x \d+"$/.test(value))
    forms.push(value.replaceAll('"', ''), value.replaceAll('"', ' inch').replace('x', 'by'))
  if (/"w x /.test(value))
    forms.push(value.replace(/"w x (\d+)"l/, ' x $1'), value.replace(/"w x (\d+)"l/, ' by $1 inch'))
  if (/^\d+' x \d+'$/.test(value))
    forms.push(value.replaceAll("'", ''), value.replaceAll("'", ' ft').replace('x', 'by'))
  if (/mah$/.test(value)) forms.push(value.replace('mah', ' mah'))
  if (/^\d+% cacao$/.test(value)) forms.push(value.replace('cacao', 'cocoa'), value.replace('%', ' percent'))
  if (/ & /.test(value)) forms.push(value.replace('&', 'and'))
  if (/ \| /.test(value)) forms.push(value.replace(' | ', ' and '), value.replace(' | ', '/'))
  if (/grey/.test(value)) forms.push(value.replace('grey', 'gray'))
  if (/ plus$/.test(value)) forms.push(value.replace('plus', 'plus size'))
  if (/^[\d.]+ wide$/.test(value)) forms.push(`${value} width`, value.replace(' wide', 'w'))
  return forms
}

/** What a shopper writes for an option value: mostly its own words, else a looser form (`looseness` in 0 to 1). */
export function spokenOption(random: RandomStream, value: string, looseness: number): string {
  const forms = loosely(value)
  return forms.length > 0 && random.next() < looseness ? pick(random, forms) : value
}
