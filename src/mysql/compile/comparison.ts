/**
 * Comparisons as MySQL makes them: text without regard to case and blanks at the end, text with a number as numbers,
 * text with a date as dates.
 */
import { SqlError } from '../sql-error.ts'
import { isPlain } from '../values/collation.ts'
import { fitsDouble } from '../values/decimals.ts'
import { canonicalMoment, isWhole, readMoment } from '../values/moments.ts'
import { canonicalSpan } from '../values/spans.ts'
import { digitsOf, isExact, isNumber, isTemporal, type ValueType } from '../values/value-type.ts'
import { collation, pads, shared } from './collation-text.ts'
import { asDigits, asNumber, type Side } from './conversion.ts'
import { quoteText } from './sqlite-text.ts'

/** Both sides brought to one kind, and the collation that they are compared under. */
export function comparable(a: Side, b: Side): readonly [left: string, right: string, collate: string] {
  if (a.type.kind === 'null' || b.type.kind === 'null') return [a.sql, b.sql, '']
  if (a.type.kind === 'text' && b.type.kind === 'text') return comparableTexts(a, b)
  if (isNumber(a.type) && isNumber(b.type)) return numbers(a, b)
  if (isTemporal(a.type) && isTemporal(b.type)) return moments(a.type, b.type, moment(a, b), moment(b, a))
  if (isTemporal(a.type) && b.type.kind === 'text') return moments(a.type, a.type, moment(a, b), asMoment(b, a))
  if (isTemporal(b.type) && a.type.kind === 'text') return moments(b.type, b.type, asMoment(a, b), moment(b, a))
  return [asNumber(a), asNumber(b), '']
}

/** A double tells a number of 15 digits from all others; two longer ones are compared by their digits. */
function numbers(a: Side, b: Side): readonly [left: string, right: string, collate: string] {
  const long = ({ type }: Side) => isExact(type) && (type.form === 'text' || !fitsDouble(digitsOf(type)))
  const texts = a.type.form === 'text' || b.type.form === 'text'
  return texts && long(a) && long(b) ? [asDigits(a), asDigits(b), ' COLLATE DECIMAL'] : [asNumber(a), asNumber(b), '']
}

function comparableTexts(a: Side, b: Side): readonly [left: string, right: string, collate: string] {
  const show = pads(shared([a.type, b.type])) ? trimmed : ({ sql }: Side) => sql
  return [show(a), show(b), collation(plainly(a), plainly(b))]
}

/** A literal without the blanks at its end, which do not count. */
function trimmed({ sql, literal }: Side): string {
  return typeof literal === 'string' && literal.endsWith(' ') ? quoteText(literal.replace(/ +$/, '')) : sql
}

function plainly({ type, literal }: Side): ValueType {
  if (typeof literal !== 'string') return type
  return { ...type, kind: 'text', plain: isPlain(literal.replace(/ +$/, '')) }
}

/** Dates are in order as texts; times are not, for there are negative ones and such beyond 99 hours. */
function moments(a: ValueType, b: ValueType, left: string, right: string): readonly [string, string, string] {
  return a.kind === 'time' && b.kind === 'time' ? [`my_digits(${left})`, `my_digits(${right})`, ''] : [left, right, '']
}

/** A date, widened when the other side has a time of day. */
function moment(side: Side, other: Side): string {
  const wide = side.type.kind === 'date' && (other.type.kind === 'datetime' || other.type.kind === 'text')
  return wide ? `(${side.sql} || ' 00:00:00')` : side.sql
}

/** Text read as a date and time; a literal that is none is refused, as in MySQL 8. */
function asMoment({ sql, literal }: Side, other: Side): string {
  if (other.type.kind === 'time') {
    if (typeof literal !== 'string') return `my_span(${sql}, 6)`
    const span = canonicalSpan(literal)
    if (span === undefined) throw new SqlError(1525, `Incorrect TIME value: '${literal}'`)
    return quoteText(span)
  }
  if (typeof literal !== 'string') return `my_compared_moment(${sql})`
  const read = readMoment(literal)
  if (read === undefined || !isWhole(read))
    throw new SqlError(1525, `Incorrect ${other.type.kind === 'date' ? 'DATE' : 'DATETIME'} value: '${literal}'`)
  return quoteText(canonicalMoment(literal) ?? literal)
}
