/**
 * What one core can multiply and add in WebAssembly at most: eight independent chains of four numbers, nothing read from memory.
 * The limit that a kernel of 128-bit SIMD without fused multiply-add is held against.
 */
import { median, timed } from './measure.ts'

/**
 * clang 14, `--target=wasm32 -O2 -msimd128 -nostdlib -Wl,--no-entry -Wl,--strip-all`, of
 *
 *     __attribute__((export_name("peak"))) float peak(int n, float m, float c) {
 *       v128_t M = wasm_f32x4_splat(m), C = wasm_f32x4_splat(c);
 *       v128_t a0 = C, a1 = wasm_f32x4_add(a0, M), ... a7 = wasm_f32x4_add(a6, M);
 *       for (int k = 0; k < n; k++) { a0 = wasm_f32x4_add(wasm_f32x4_mul(a0, M), C); ... a7 = ...; }
 *       return lanes 0 and 3 of the sum of all eight, added;
 *     }
 */
const CODE =
  'AGFzbQEAAAABCAFgA399fQF9AwIBAAQFAXABAQEFAwEAAgYIAX8BQYCIBAsHEQIGbWVtb3J5AgAEcGVhawAACoACAf0BAQp7IAH9EyIDIAMgAyADIAMgAyADIAL9EyIE/eQBIgX95AEiBv3kASIH/eQBIgj95AEiCf3kASIK/eQBIQsCQCAAQQFIDQAgBCEMA0AgAyAL/eYBIAT95AEhCyADIAr95gEgBP3kASEKIAMgCf3mASAE/eQBIQkgAyAI/eYBIAT95AEhCCADIAf95gEgBP3kASEHIAMgBv3mASAE/eQBIQYgAyAF/eYBIAT95AEhBSADIAz95gEgBP3kASEMIABBf2oiAA0ACyAMIQQLIAggCf3kASAKIAv95AH95AEgBiAH/eQBIAUgBP3kAf3kAf3kASID/R8AIAP9HwOSCw=='
const ROUNDS = 5_000_000
/** Of a round: eight chains, four numbers, a multiplication and an addition. */
const OPERATIONS = 64
const REPETITIONS = 7

/** In 10^9 operations a second. */
export async function simdPeakGigaflops(): Promise<number> {
  const { instance } = await WebAssembly.instantiate(Uint8Array.from(Buffer.from(CODE, 'base64')))
  const peak = instance.exports.peak as (rounds: number, factor: number, term: number) => number // as in the comment above
  peak(ROUNDS, 0.5, 0.25) // until the engine has compiled it well
  const rates: number[] = []
  for (let i = 0; i < REPETITIONS; i++)
    rates.push((ROUNDS * OPERATIONS) / (await timed(() => void peak(ROUNDS, 0.5, 0.25))) / 1e6)
  return median(rates)
}
