/** From where a model comes, as the policy of its worker names it. */
import { expect, test } from 'vitest'
import { originsOf } from '../../../src/policies/webllm/model-list.ts'

test.each([
  {
    model: 'https://huggingface.co/mlc-ai/a-model',
    model_lib: 'https://raw.githubusercontent.com/mlc-ai/a.wasm',
    origins: [
      ...['https://huggingface.co', 'https://*.huggingface.co', 'https://*.hf.co'],
      'https://raw.githubusercontent.com',
    ],
  },
  {
    model: 'http://localhost:8000/a',
    model_lib: 'http://localhost:8000/a.wasm',
    origins: ['http://localhost:8000'],
  },
  { model: "https://a.example; script-src 'unsafe-eval'/x", model_lib: '', origins: [] },
])('$model', ({ origins, ...record }) => {
  expect(originsOf(record)).toEqual(origins)
})
