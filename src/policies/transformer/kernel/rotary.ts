/** The tables of the rotary embeddings (Su et al., 2021, arXiv 2104.09864), the same to the bit in every engine. */
import { exp, log } from '../../../core/elementary.ts'
import type { LlamaConfig } from '../llama.ts'

/** cos and sin of position / theta^(2i / head), as [context, head / 2], by turning step by step. */
export function fillRotary(
  { context, headSize, ropeTheta }: LlamaConfig,
  cosines: Float32Array,
  sines: Float32Array,
): void {
  const half = headSize / 2
  for (let i = 0; i < half; i++) {
    const [cos, sin] = circle(exp((-log(ropeTheta) * i) / half))
    let c = 1
    let s = 0
    for (let position = 0; position < context; position++) {
      cosines[position * half + i] = c
      sines[position * half + i] = s
      ;[c, s] = [c * cos - s * sin, s * cos + c * sin]
    }
  }
}

/** cos and sin of an angle in [0, 1], by their power series: the same in every engine, which `Math.cos` need not be. */
function circle(angle: number): readonly [number, number] {
  let term = 1
  let cos = 1
  let sin = 0
  for (let n = 1; n < 24; n++) {
    term = (term * angle) / n
    const sign = n % 4 < 2 ? 1 : -1
    if (n % 2 === 0) cos += sign * term
    else sin += sign * term
  }
  return [cos, sin]
}
