/** INTERVAL: how much of which unit (manual, Temporal Intervals). */
import { SECOND } from '../../values/spans.ts'
import { microsOfSeconds } from './calendar.ts'

export interface Interval {
  readonly months: number
  readonly micros: bigint
}

const MICROS: Readonly<Record<string, number>> = {
  MICROSECOND: 1,
  SECOND,
  MINUTE: 60 * SECOND,
  HOUR: 3600 * SECOND,
  DAY: 86_400 * SECOND,
  WEEK: 7 * 86_400 * SECOND,
}

const MONTHS: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 }

/** Units that DAY_SECOND and its like stand for, largest first. */
const CHAIN = ['DAY', 'HOUR', 'MINUTE', 'SECOND', 'MICROSECOND']

export const monthsOf = (unit: string): number | undefined => MONTHS[unit]
export const microsOfUnit = (unit: string): number | undefined => MICROS[unit]

/** @param amount a number, or a text whose first number counts; of units such as DAY_SECOND, a text with several */
export function intervalOf(amount: string | number | bigint, unit: string): Interval | undefined {
  if (unit.includes('_')) return compound(String(amount), unit)
  if (unit === 'SECOND') return { months: 0, micros: microsOfSeconds(plain(amount)) }
  const count =
    typeof amount === 'string'
      ? Number.parseInt(amount, 10) || 0
      : Math.sign(Number(amount)) * Math.round(Math.abs(Number(amount)))
  if (!Number.isSafeInteger(count)) return undefined
  const months = MONTHS[unit]
  if (months !== undefined) return { months: months * count, micros: 0n }
  return { months: 0, micros: BigInt(MICROS[unit] ?? 0) * BigInt(count) }
}

const plain = (amount: string | number | bigint): string =>
  typeof amount === 'number' && !Number.isInteger(amount) ? amount.toFixed(6) : String(amount)

/** `1 10:30` DAY_MINUTE: numbers between any marks, the last for the smallest unit. */
function compound(text: string, unit: string): Interval | undefined {
  const [first = '', last = ''] = unit.split('_')
  const units = first === 'YEAR' ? ['YEAR', 'MONTH'] : CHAIN.slice(CHAIN.indexOf(first), CHAIN.indexOf(last) + 1)
  const numbers = text.match(/\d+/g) ?? []
  if (numbers.length > units.length || units.length < 2) return undefined
  const sign = /^\s*-/.test(text) ? -1 : 1
  let [months, micros] = [0, 0n]
  numbers.forEach((digits, i) => {
    const each = units[units.length - numbers.length + i] ?? ''
    const count = each === 'MICROSECOND' ? Number(digits.slice(0, 6).padEnd(6, '0')) : Number(digits)
    months += (MONTHS[each] ?? 0) * count
    if (Number.isSafeInteger(count)) micros += BigInt(MICROS[each] ?? 0) * BigInt(count)
  })
  return { months: sign * months, micros: BigInt(sign) * micros }
}
