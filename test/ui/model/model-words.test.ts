import { describe, expect, test } from 'vitest'
import { NO_TOKENS } from '../../../src/core/log/token-cost.ts'
import {
  callWords,
  costWords,
  deviceWords,
  endpointWords,
  loadWords,
  optionWords,
  placeWords,
  progressWords,
  shortName,
} from '../../../src/ui/model/model-words.ts'
import type { LoadProgress, PageModel } from '../../../src/worker/protocol/lab-api.ts'

const MODEL: PageModel = {
  ...{ id: 'gemma-2-2b-it-q4f16_1-MLC-1k', custom: false, megabytes: 1583.3, contextTokens: 1024, paper: true },
  ...{
    hosts: ['huggingface.co', 'raw.githubusercontent.com'],
    licence: 'Gemma Terms of Use',
    about: 'x',
    thinks: false,
  },
  ...{ features: [], storageBufferBytes: undefined, presence: 'none', trouble: undefined, roomTrouble: undefined },
}

test('the button says how much comes from where, or that nothing does', () => {
  expect(loadWords(MODEL)).toBe('Download 1,583 MB at most from huggingface.co and raw.githubusercontent.com')
  expect(loadWords({ ...MODEL, megabytes: undefined })).toMatch(/^Download from huggingface/)
  expect(loadWords({ ...MODEL, presence: 'partly' })).toMatch(/^Go on downloading from huggingface/)
  expect(loadWords({ ...MODEL, presence: 'whole' })).toBe('Load it from this disk')
})

test('a model stands in the list with its size, whether it is here, and whether it is the paper’s', () => {
  expect(shortName(MODEL.id)).toBe('gemma-2-2b-it-q4f16_1-1k')
  expect(optionWords({ ...MODEL, presence: 'whole' })).toBe(
    'gemma-2-2b-it-q4f16_1-1k (1,583 MB, on this disk, the paper’s base model)',
  )
})

describe('the progress', () => {
  const progress: LoadProgress = {
    ...{ phase: 'download', share: 0.25, megabytes: 100, megabytesTotal: 400, attempt: 1 },
    ...{ megabytesPerSecond: 8.25, secondsLeft: 36.4 },
  }

  test('tells amount, rate and time left', () => {
    expect(progressWords(progress)).toBe('Downloading: 100 of 400 MB, 8.3 MB/s, 37 s left')
    expect(progressWords({ ...progress, attempt: 2 })).toMatch(/attempt 2 of 4/)
    expect(progressWords({ ...progress, phase: 'read' })).toMatch(/^Reading from this disk: 100 of 400 MB/)
  })

  test('tells the share of what has no size', () => {
    const bare = { ...progress, megabytesPerSecond: undefined, secondsLeft: undefined }
    expect(progressWords({ ...bare, phase: 'compile' })).toBe('Preparing the graphics processor: 25 %')
    expect(progressWords({ ...bare, phase: 'start' })).toBe('Fetching the model’s configuration and program')
    expect(progressWords(undefined)).toBe('Starting')
  })
})

test('a machine is described by what matters to a model', () => {
  const device = { name: 'Made Up', software: false, f16: true, freeBytes: 2e9, trouble: undefined }
  expect(deviceWords(device)).toBe('Graphics: Made Up, with 16-bit numbers. Free for this site: 2.0 GB.')
  expect(deviceWords({ ...device, f16: false, freeBytes: undefined })).toMatch(/f32 in their name\)\.$/)
  expect(deviceWords({ ...device, software: true })).toMatch(/many seconds/)
})

test('an endpoint is described by what it was asked', () => {
  const stats = { requests: 1200, repeated: 3, inFlight: 4, waiting: 0, peak: 6, tokens: 1 }
  const state = { address: 'http://localhost:8000/v1', model: 'm', contextTokens: 4096, stats }
  expect(endpointWords(state)).toBe(
    'Connected to http://localhost:8000/v1 for m: 1,200 requests (3 sent again), 1 token, 4 under way.',
  )
})

test('the cost is what was read and written, beside what other orders would have read', () => {
  const cost = { calls: 10, uncounted: 0, prompt: 1000, decoded: 50, prefilled: 250, interleaved: 900, shared: 100 }
  expect(costWords(cost)).toMatch(
    /^10 calls: 250 tokens read \(prefilled\), 50 written \(decoded\)\..* saves 75 %.* 900;.* 100\.$/,
  )
  expect(costWords(cost, true)).toMatch(/^10 calls: prompts of 1,000 tokens, 50 written, .* Sessions are copied/)
  expect(costWords(NO_TOKENS)).toBe('No model was asked yet.')
  expect(costWords({ ...NO_TOKENS, calls: 2, uncounted: 2 })).toMatch(/does not count/)
})

test('a call is described by place, tokens, time and end', () => {
  expect([placeWords({ rollout: undefined, call: 1 }), placeWords({ rollout: 2, call: 3 })]).toEqual([
    'the proposal',
    'rollout 2, action 3',
  ])
  const call = { prompt: 'x', promptTokens: 1200, completionTokens: 30, finish: 'stop', elapsedMs: 1500 } as const
  expect(callWords(call)).toBe('Prompt 1,200 tokens, reply 30, 1.5 s; ended by itself.')
  const { elapsedMs: _, ...untimed } = call
  const fit = { shortened: 1, dropped: 2, cut: 300 }
  expect(callWords({ ...untimed, promptTokens: null, finish: 'length', fit })).toBe(
    'Tokens were not counted; cut off at the limit. To fit into the context window: 1 old observation shortened, 2 old turns left out, the newest observation cut.',
  )
})
