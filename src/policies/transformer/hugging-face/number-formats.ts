/** Numbers as weights are stored: 32 bits, or 16 in two forms (IEEE half, and the upper half of a float: bfloat16). Little-endian. */

export type NumberFormat = 'F32' | 'F16' | 'BF16'

export const BYTES_OF: Readonly<Record<NumberFormat, number>> = { F32: 4, F16: 2, BF16: 2 }

/** @param bytes as many as a whole count of numbers takes @returns a copy; every 16-bit number is one of 32 bits, exactly */
export function readNumbers(bytes: Uint8Array, format: NumberFormat): Float32Array {
  // A copy, which the slice of a Buffer would not be.
  const own = new Uint8Array(bytes).buffer
  if (format === 'F32') return new Float32Array(own)
  const halves = new Uint16Array(own)
  const values = new Float32Array(halves.length)
  if (format === 'F16') for (const [i, half] of halves.entries()) values[i] = floatOfHalf(half)
  else {
    const bits = new Uint32Array(values.buffer)
    for (const [i, upper] of halves.entries()) bits[i] = upper << 16
  }
  return values
}

/** @returns the bytes; numbers of 16 bits are the nearest, of two as near the even one, and infinite from 65,520 on */
export function writeNumbers(values: Float32Array, format: 'F32' | 'F16'): Uint8Array {
  if (format === 'F32') return new Uint8Array(values.slice().buffer)
  return new Uint8Array(Uint16Array.from(values, halfOfFloat).buffer)
}

/** Sign, 5 bits of exponent (bias 15), 10 bits of fraction (IEEE 754, binary16). */
function floatOfHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

const float = new Float32Array(1)
const bitsOfFloat = new Uint32Array(float.buffer)

function halfOfFloat(value: number): number {
  float[0] = value
  const bits = bitsOfFloat[0] as number // one number
  const sign = (bits >>> 16) & 0x8000
  const size = Math.abs(value)
  if (Number.isNaN(value)) return sign | 0x7e00
  if (size >= 65520) return sign | 0x7c00
  // Below 2^-14 halves are 2^-24 apart; from there on, 1/1024 of their power of two. A carry goes up into the exponent.
  if (size < 2 ** -14) return sign | roundToEven(size * 2 ** 24)
  const exponent = ((bits >>> 23) & 0xff) - 127
  return sign | (((exponent + 15) << 10) + roundToEven((size / 2 ** exponent - 1) * 1024))
}

function roundToEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below
}
