/** A loaded model over the fake library, with a clock that moves only when told. */
import type { Failure } from '../../../src/core/failure.ts'
import { createEngineHost, type EngineHost } from '../../../src/policies/webllm/engine-host.ts'
import type { LoadProgress } from '../../../src/policies/webllm/load-progress.ts'
import { createWebLLMModel, type WebLLMOptions } from '../../../src/policies/webllm/webllm-model.ts'
import { createFakeLibrary, type FakeBehaviour, SMALL } from './fake-library.ts'

export interface TestClock {
  nowMs: number
  /** Lets all timers go off that are set now, once. */
  tick(): void
  after(ms: number, call: () => void): () => void
}

export function testClock(): TestClock {
  const timers = new Set<() => void>()
  return {
    nowMs: 0,
    tick() {
      for (const call of [...timers]) call()
    },
    after(_, call) {
      const once = (): void => {
        timers.delete(once)
        call()
      }
      timers.add(once)
      return () => timers.delete(once)
    },
  }
}

export function openHost(behaviour: FakeBehaviour) {
  const library = createFakeLibrary(behaviour)
  const clock = testClock()
  const waits: number[] = []
  const host: EngineHost = createEngineHost(library, {
    now: () => clock.nowMs,
    async wait(ms) {
      waits.push(ms)
    },
    onLost: library.onLost,
  })
  const told: LoadProgress[] = []
  const load = (record = SMALL) => host.load(record, (progress) => told.push(progress))
  return { library, host, clock, waits, told, load }
}

export async function openModel(behaviour: FakeBehaviour, options: Partial<WebLLMOptions> = {}) {
  const opened = openHost(behaviour)
  const loaded = await opened.load()
  if (!loaded.ok) throw new Error(loaded.failure.message)
  const deaths: Failure[] = []
  const { clock, host } = opened
  const model = createWebLLMModel(
    host,
    { id: SMALL.model_id, ...options },
    { now: () => clock.nowMs, after: clock.after, died: (reason) => deaths.push(reason) },
  )
  return { ...opened, model, deaths }
}
