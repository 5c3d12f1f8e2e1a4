/** Trainings of small language models in Node that measure on a few dev tasks only: what comes of them is the same. */
import { failure, type Result, success, unwrap } from '../../../src/core/failure.ts'
import type { RunConfig } from '../../../src/core/settings/settings.ts'
import { createMemoryStore } from '../../../src/store/memory-store.ts'
import type { Store } from '../../../src/store/store.ts'
import { teach } from '../../../src/worker/agents/language/language-trainer.ts'
import type { LanguageRequest } from '../../../src/worker/agents/language/train-language.ts'
import type { RunToLearnFrom } from '../../../src/worker/agents/run-to-learn-from.ts'
import type { Learning, TrainingPhase } from '../../../src/worker/protocol/agents.ts'
import { ownModel } from '../../../src/worker/worlds/own-agent.ts'
import type { World } from '../../../src/worker/worlds/world.ts'
import { shippedSource } from '../../../src/worker/worlds/world-source.ts'
import { SHIPPED, sharedLocks } from '../labs.ts'

/** Dev tasks that are measured. */
export const DEV = 3

export interface Ports {
  readonly store?: Store
  /** Of every time that others have their turn. */
  readonly breathed?: (count: number) => 'pause' | 'stop' | undefined
  readonly told?: (phase: TrainingPhase, learning?: Learning) => void
  readonly locks?: ReturnType<typeof sharedLocks>
  /** That a request names. */
  readonly run?: Result<RunToLearnFrom>
}

export async function worldOf(config: RunConfig, store: Store = createMemoryStore()): Promise<Result<World>> {
  const own = unwrap(await ownModel(store, config))
  const made = await shippedSource(SHIPPED, config.environment).world(config, own)
  if (!made.ok) return made
  const few = (world: World): World => ({
    ...world,
    tasks: (split) => world.tasks(split).slice(0, split === 'dev' ? DEV : undefined),
    ...(world.speaking && { speaking: (reader) => few(world.speaking?.(reader) ?? world) }),
  })
  return success(few(made.value))
}

/** Every call of the clock is a hundred milliseconds later: others have their turn each time. */
export function taught(
  request: LanguageRequest,
  { store = createMemoryStore(), breathed, told, locks, run }: Ports = {},
  resumed = false,
) {
  const stop = new AbortController()
  let [time, count, paused] = [0, 0, false]
  return teach(
    {
      ...{ store, loader: SHIPPED, locks: locks ?? sharedLocks(), signal: stop.signal },
      ...{ now: () => (time += 100), date: () => 5, paused: () => paused },
      worldOf: (config) => worldOf(config, store),
      runOf: async (runId) => run ?? failure('run-unknown', `No run ${runId}.`),
      report(phase, _share, learning) {
        told?.(phase, learning)
        const wish = breathed?.(++count)
        if (wish === 'pause') paused = true
        if (wish === 'stop') stop.abort()
      },
    },
    resumed ? undefined : request,
  )
}
