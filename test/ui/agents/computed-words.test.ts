/** Who computes a training, in words. */
import { expect, test } from 'vitest'
import { computedLine } from '../../../src/ui/agents/computed-words.ts'

const speeds = { wasm: 6_489.7, webgpu: 31_200.2 }

test('nothing is said where there was nothing to choose', () => {
  expect(computedLine({ by: 'wasm' })).toBe('')
})

test.each([
  [
    { by: 'webgpu', device: 'a card', speeds },
    'Computed by WebGPU, a card (tried: WebGPU 31,200, WebAssembly 6,490 tokens a second).',
  ],
  [
    { by: 'wasm', device: 'a card', speeds: { wasm: 31_200, webgpu: 6_490 } },
    'Computed by WebAssembly (tried: WebGPU 6,490, WebAssembly 31,200 tokens a second).',
  ],
  [
    { by: 'wasm', trouble: 'It has none. WebAssembly trains.' },
    'Computed by WebAssembly. It has none. WebAssembly trains.',
  ],
  [
    { by: 'wasm', begunBy: 'webgpu', device: 'a card', trouble: 'It was lost. WebAssembly goes on.' },
    'Computed by WebGPU, then by WebAssembly. It was lost. WebAssembly goes on.',
  ],
] as const)('who computes, how fast both were, and what was the matter: %o', (computed, words) => {
  expect(computedLine(computed)).toBe(words)
})
