/** What MySQL's aggregates keep of the values that they have seen; values leave it again where a window moves on. */
import { bitsOf, exactSum } from '../../values/decimals.ts'
import { numberOf, textOf, type Value } from './arguments.ts'
import { outOfRange } from './raised-errors.ts'

type Result = number | bigint | string | null

/** NULL is never added. */
export interface Accumulator {
  add(value: Value): void
  remove(value: Value): void
  result(): Result
}

function summedExactly(): Accumulator {
  const sum = exactSum()
  let count = 0
  return {
    add(value) {
      count++
      sum.add(typeof value === 'number' ? value : textOf(value))
    },
    remove(value) {
      count--
      sum.remove(typeof value === 'number' ? value : textOf(value))
    },
    result: () => (count === 0 ? null : (sum.total() ?? outOfRange('DECIMAL', 'sum(...)'))),
  }
}

/** Doubles are added one after the other; the squares are Welford's, as in Item_sum_variance. */
function moments(finish: (m: { count: number; sum: number; squares: number }) => Result): () => Accumulator {
  return () => {
    let mean = 0
    const m = { count: 0, sum: 0, squares: 0 }
    return {
      add(value) {
        const x = numberOf(value)
        m.count++
        m.sum += x
        const delta = x - mean
        mean += delta / m.count
        m.squares += delta * (x - mean)
      },
      remove(value) {
        const x = numberOf(value)
        m.count--
        m.sum -= x
        const delta = x - mean
        mean = m.count === 0 ? 0 : mean - delta / m.count
        m.squares = Math.max(0, m.squares - delta * (x - mean))
      },
      result: () => finish(m),
    }
  }
}

/** Bits of BIGINT UNSIGNED, by how often each is set. */
function bitwise(isSet: (times: number, of: number) => boolean): () => Accumulator {
  return () => {
    const times = new Array<number>(64).fill(0)
    let count = 0
    const move = (value: Value, by: 1 | -1): void => {
      count += by
      const bits = bitsOf(typeof value === 'number' ? value : textOf(value))
      for (let i = 0; i < 64; i++) if ((bits >> BigInt(i)) & 1n) times[i] = (times[i] ?? 0) + by
    }
    return {
      add: (value) => move(value, 1),
      remove: (value) => move(value, -1),
      result: () => times.reduce((bits, n, i) => (isSet(n, count) ? bits | (1n << BigInt(i)) : bits), 0n).toString(),
    }
  }
}

/** Between the texts that GROUP_CONCAT joins, until the compiler's text puts the separator there. */
const BETWEEN = '\x1f'
/** No answer is longer; what is beyond is never seen. */
const LONGEST_JOINED = 10_000

/** DISTINCT leaves SQLite's own without a separator. */
function joined(): Accumulator {
  const texts: string[] = []
  let length = 0
  return {
    add(value) {
      if (length > LONGEST_JOINED) return
      const text = textOf(value)
      length += text.length + 1
      texts.push(text)
    },
    remove: () => undefined,
    result: () => (texts.length === 0 ? null : texts.join(BETWEEN)),
  }
}

const deviation = moments(({ count, squares }) => (count === 0 ? null : Math.sqrt(squares / count)))
const variance = moments(({ count, squares }) => (count === 0 ? null : squares / count))

/** By name in SQLite, without the `my_`. */
export const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  joined,
  sum_exact: summedExactly,
  sum: moments(({ count, sum }) => (count === 0 ? null : sum)),
  avg: moments(({ count, sum }) => (count === 0 ? null : sum / count)),
  std: deviation,
  stddev: deviation,
  stddev_pop: deviation,
  stddev_samp: moments(({ count, squares }) => (count < 2 ? null : Math.sqrt(squares / (count - 1)))),
  variance,
  var_pop: variance,
  var_samp: moments(({ count, squares }) => (count < 2 ? null : squares / (count - 1))),
  bit_and: bitwise((times, of) => times === of),
  bit_or: bitwise((times) => times > 0),
  bit_xor: bitwise((times) => times % 2 === 1),
}
