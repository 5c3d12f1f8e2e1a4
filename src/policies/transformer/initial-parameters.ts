/** A model that has learnt nothing yet. */
import type { RandomStream } from '../../core/random.ts'
import { type LlamaConfig, parameterCount } from './llama.ts'
import { setTensor, tensorPlaces } from './parameters.ts'

/**
 * Norms at one; matrices normal with variance 1 / inputs, those that write into the residual stream less by the number of
 * writers (as GPT-2 does); embeddings with a deviation of 0.05. Each tensor draws from a stream of its own name.
 */
export function initialParameters(config: LlamaConfig, random: RandomStream): Float32Array {
  const parameters = new Float32Array(parameterCount(config))
  for (const place of tensorPlaces(config)) {
    const [out, into] = place.size
    const tensor = new Float32Array(out * (into ?? 1))
    if (into === undefined) tensor.fill(1)
    else {
      const draws = random.child(place.name)
      const deviation = deviationOf(place.name, into, config.layers)
      for (let i = 0; i < tensor.length; i++) tensor[i] = deviation * normal(draws)
    }
    setTensor(parameters, place, tensor)
  }
  return parameters
}

function deviationOf(name: string, into: number, layers: number): number {
  if (name.includes('embed')) return 0.05
  const writes = name.includes('o_proj') || name.includes('down_proj')
  return Math.sqrt(1 / into) / (writes ? Math.sqrt(2 * layers) : 1)
}

/** Near enough a normal deviate, from sums alone: the same in every engine. */
function normal(random: RandomStream): number {
  let sum = -6
  for (let i = 0; i < 12; i++) sum += random.next()
  return sum
}
