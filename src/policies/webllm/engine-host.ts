/**
 * The engine where it lives: the library's list, what of it is on this disk, and the one model that it loads. It runs in a
 * worker of its own: ending the worker cancels whatever it does and gives all of its memory back, which nothing else
 * does. A host loads one model in its life.
 */
import { type Failure, failure, type Result, success } from '../../core/failure.ts'
import { conversationEngine } from './conversation-engine.ts'
import type { ChatEngine, MlcLibrary, MlcRecord } from './engine.ts'
import { createProgressMeter, type LoadProgress } from './load-progress.ts'
import { hostsOf } from './model-list.ts'
import { gone, gpuLost, loadTrouble, outOfMemory, UNREACHABLE } from './troubles.ts'

export interface HostPorts {
  /** Milliseconds from any origin. */
  now(): number
  /** Resolves after so long. */
  wait(ms: number): Promise<void>
  /** Calls back when a graphics device that the library asked for is lost. */
  onLost(call: () => void): void
}

/** Whether the weights of a model are on this disk. */
export const PRESENCES = ['none', 'partly', 'whole'] as const
export type Presence = (typeof PRESENCES)[number]

export interface EngineHost extends ChatEngine {
  records(): Promise<readonly MlcRecord[]>
  /** In the order given. Asks no host. */
  presences(records: readonly MlcRecord[]): Promise<Presence[]>
  /** Downloads what is missing, and makes the model ready. Once. */
  load(record: MlcRecord, told: (progress: LoadProgress) => void): Promise<Result<true>>
  remove(record: MlcRecord): Promise<Result<true>>
}

/** Waits before a broken download is taken up again. */
const WAITS_MS = [1_000, 4_000, 15_000]

export function createEngineHost(library: MlcLibrary, ports: HostPorts): EngineHost {
  let loaded: ChatEngine | undefined
  /** Why there is no engine any more. */
  let lost: Failure | undefined
  let loading = false
  const breakers = new Set<(reason: Failure) => void>()

  ports.onLost(() => {
    lost = loading ? outOfMemory('') : gpuLost()
    loaded = undefined
    for (const breakOff of breakers) breakOff(lost)
  })

  /** The engine leaves calls hanging when its device is lost. */
  function unlessLost<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    return new Promise((resolve, reject) => {
      const breakOff = (reason: Failure): void => resolve({ ok: false, failure: reason })
      breakers.add(breakOff)
      work()
        .then(resolve, reject)
        .finally(() => breakers.delete(breakOff))
    })
  }

  return {
    records: async () => library.models,
    async presences(records) {
      const addresses = await library.cached()
      const known = (record: MlcRecord): boolean =>
        addresses.some((address) => address.startsWith(`${trimmed(record)}/`))
      return Promise.all(
        records.map(async (record) =>
          !known(record) ? 'none' : (await library.isHere(record).catch(() => false)) ? 'whole' : 'partly',
        ),
      )
    },
    async load(record, told) {
      if (loading || loaded !== undefined) throw new Error('A host loads one model in its life.')
      loading = true
      const meter = createProgressMeter()
      told(meter.progress)
      try {
        for (let attempt = 0; ; attempt++) {
          const engine = library.createEngine([record], (report) => told(meter.take(report, ports.now())))
          const ready = await unlessLost(() =>
            engine.reload(record.model_id).then(
              () => success(conversationEngine(engine)),
              (thrown): Result<ChatEngine> => ({ ok: false, failure: loadTrouble(thrown, hostsOf(record)) }),
            ),
          )
          if (ready.ok) {
            loaded = ready.value
            return success(true)
          }
          const waitMs = WAITS_MS[attempt]
          if (ready.failure.code !== UNREACHABLE || waitMs === undefined) return ready
          told(meter.again())
          await ports.wait(waitMs)
        }
      } finally {
        loading = false
      }
    },
    async remove(record) {
      try {
        await library.remove(record)
        return success(true)
      } catch (thrown) {
        const { message } = loadTrouble(thrown, hostsOf(record))
        return failure('model-remove', `${record.model_id} could not be deleted. ${message}`)
      }
    },
    async chat(call, token) {
      if (loaded === undefined) return { ok: false, failure: lost ?? gone() }
      const { chat } = loaded
      return unlessLost(() => chat(call, token))
    },
    async interrupt() {
      await loaded?.interrupt()
    },
  }
}

function trimmed({ model }: MlcRecord): string {
  return model.replace(/\/{1,9}$/, '')
}
