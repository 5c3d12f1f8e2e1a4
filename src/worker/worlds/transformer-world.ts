/** A world whose agent is our own small language model. */
import type { Rollout } from '../../core/exploration/actor.ts'
import { type Result, success } from '../../core/failure.ts'
import type { Environment } from '../../environments/environment.ts'
import type { PolicyActor } from '../../policies/policy.ts'
import type { CompactView } from '../../policies/transformer/compact-view.ts'
import { READ_FILES } from '../../policies/transformer/hugging-face/folder.ts'
import { languageModelOf, openReader } from '../../policies/transformer/language-model.ts'
import {
  createTransformerActor,
  TRANSFORMER_NAME,
  type TransformerActor,
  type TransformerNode,
  type TransformerParts,
} from '../../policies/transformer/transformer-actor.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import { type Kept, keptOnceGood } from '../machine/kept.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { WorldView } from '../protocol/data.ts'
import type { LoadedEnvironment } from './loaded-environment.ts'
import { joined, type World } from './world.ts'

/** Opened once for all worlds on what a loader brings. */
const opened = new WeakMap<DataLoader, Kept<TransformerParts>>()

export async function transformerWorld<S, M>(
  loader: DataLoader,
  loaded: LoadedEnvironment,
  environment: Environment<S, WorldView>,
  view: CompactView<S, M>,
): Promise<Result<World>> {
  const parts = opened.get(loader) ?? keptOnceGood(() => open(loader))
  opened.set(loader, parts)
  return parts.use(async (made) => {
    const fingerprint = `${made.fingerprint} ${view.version}`
    const actor = createTransformerActor(environment, view, { ...made, fingerprint })
    // Its prefixes come from itself and go nowhere else.
    return success({ ...joined(loaded, environment, inTurns(actor)), language: actor as unknown as TransformerActor })
  })
}

/** Rollouts that are finished in one go: what the lab is asked meanwhile waits for so many. */
const AT_ONCE = 8

/** The actor, which lets others have their turn between some rollouts and the next. */
function inTurns<S, M>(actor: TransformerActor<S, M>): PolicyActor<TransformerNode<S, M>> {
  return {
    ...actor,
    async rollouts(prefix, limit, temperature, streams) {
      const finished: Rollout[] = []
      for (let from = 0; from < streams.length; from += AT_ONCE) {
        if (from > 0) await macrotask()
        finished.push(...actor.rollouts(prefix, limit, temperature, streams.slice(from, from + AT_ONCE)))
      }
      return finished
    },
  }
}

async function open(loader: DataLoader): Promise<Result<TransformerParts>> {
  const files = await loader.model(Object.keys(READ_FILES))
  if (!files.ok) return files
  const model = languageModelOf(files.value)
  if (!model.ok) return model
  const reader = await openReader(model.value)
  if (!reader.ok) return reader
  const { fingerprint, tokenizer } = model.value
  return success({ name: TRANSFORMER_NAME, fingerprint, tokenizer, reader: reader.value })
}
