/** Trainings of small language models in Node that measure on a few dev tasks only: what comes of them is the same. */
import { failure, type Result, success, unwrap } from '../../../src/core/failure.ts'
import type { RunConfig } from '../../../src/core/settings/settings.ts'
import { fingerprintOf } from '../../../src/policies/transformer/language-model.ts'
import { createMemoryStore } from '../../../src/store/memory-store.ts'
import type { Store } from '../../../src/store/store.ts'
import type { ComputingPorts } from '../../../src/worker/agents/language/computing.ts'
import { teach } from '../../../src/worker/agents/language/language-trainer.ts'
import type { LanguageRequest } from '../../../src/worker/agents/language/train-language.ts'
import type { RunToLearnFrom } from '../../../src/worker/agents/run-to-learn-from.ts'
import type { Learning, TrainingPhase } from '../../../src/worker/protocol/agents.ts'
import { ownModel } from '../../../src/worker/worlds/own-agent.ts'
import type { World } from '../../../src/worker/worlds/world.ts'
import { shippedSource } from '../../../src/worker/worlds/world-source.ts'
import { SHIPPED, sharedLocks } from '../labs.ts'

/** Dev tasks that are measured, where it is not said otherwise. */
export const DEV = 2

export interface Ports extends Pick<ComputingPorts, 'webgpu'> {
  readonly store?: Store
  /** Of every time that others have their turn. */
  readonly breathed?: (count: number) => 'pause' | 'stop' | undefined
  readonly told?: (phase: TrainingPhase, learning?: Learning) => void
  readonly locks?: ReturnType<typeof sharedLocks>
  /** That a request names. */
  readonly run?: Result<RunToLearnFrom>
  /** Dev tasks that are measured. */
  readonly dev?: number
  /** Tokens that the model has room for; as many as it has when left out. */
  readonly context?: number
  /** By how much later each call of the clock is. */
  readonly tickMs?: number
}

export async function worldOf(
  config: RunConfig,
  store: Store = createMemoryStore(),
  dev = DEV,
): Promise<Result<World>> {
  const own = unwrap(await ownModel(store, config))
  const made = await shippedSource(SHIPPED, config.environment).world(config, own)
  if (!made.ok) return made
  const few = (world: World): World => ({
    ...world,
    tasks: (split) => world.tasks(split).slice(0, split === 'dev' ? dev : undefined),
    ...(world.speaking && { speaking: (reader) => few(world.speaking?.(reader) ?? world) }),
  })
  return success(few(made.value))
}

/** The same world with a model that has room for so many tokens. */
export function narrower(world: World, context: number): World {
  const { languageModel } = world
  if (languageModel === undefined) throw new Error('no language model')
  const { parameters, tokenizer } = languageModel
  const config = { ...languageModel.config, context }
  const fingerprint = fingerprintOf(config, parameters, tokenizer)
  return { ...world, languageModel: { ...languageModel, config, fingerprint } }
}

/** Every call of the clock is later by more than a slice of work: others have their turn each time. */
export function taught(
  request: LanguageRequest,
  { store = createMemoryStore(), breathed, told, locks, run, dev, context, tickMs = 100, webgpu }: Ports = {},
  resumed = false,
) {
  const stop = new AbortController()
  let [time, count, paused] = [0, 0, false]
  return teach(
    {
      ...{ store, loader: SHIPPED, locks: locks ?? sharedLocks(), signal: stop.signal },
      ...{ now: () => (time += tickMs), date: () => 5, paused: () => paused, webgpu },
      async worldOf(config) {
        const world = await worldOf(config, store, dev)
        return world.ok && context !== undefined ? success(narrower(world.value, context)) : world
      },
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
