/** A world whose agent is a small language model of our own: the one that ships, or one that was trained here or imported. */
import type { Rollout } from '../../core/exploration/actor.ts'
import { failure, quote, type Result, success } from '../../core/failure.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { Environment } from '../../environments/environment.ts'
import type { PolicyActor } from '../../policies/policy.ts'
import type { CompactView } from '../../policies/transformer/compact-view.ts'
import { READ_FILES } from '../../policies/transformer/hugging-face/folder.ts'
import { unzipFolder } from '../../policies/transformer/hugging-face/zip.ts'
import { type LanguageModel, languageModelOf, openReader } from '../../policies/transformer/language-model.ts'
import type { Reader } from '../../policies/transformer/reader.ts'
import type { TransformerNode } from '../../policies/transformer/successors.ts'
import {
  createTransformerActor,
  TRANSFORMER_NAMES,
  type TransformerActor,
} from '../../policies/transformer/transformer-actor.ts'
import { type DataLoader, shippedModel } from '../machine/data-loader.ts'
import { type Kept, keptOnceGood } from '../machine/kept.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { WorldView } from '../protocol/data.ts'
import type { LoadedEnvironment } from './loaded-environment.ts'
import { joined, type OwnModel, type World } from './world.ts'

export interface OpenModel {
  readonly model: LanguageModel
  readonly reader: Reader
}

/** Models that are held at once: each takes some 50 MB. Whoever has one in use keeps it. */
const MOST_OPEN = 2

/** Opened once for all worlds on what a loader brings; the last one asked for stands last. */
const opened = new WeakMap<DataLoader, Map<string, Kept<OpenModel>>>()

export interface WhichModel {
  readonly loader: DataLoader
  /** The setting: of one that ships, or a fingerprint. */
  readonly model: RunConfig['model']
  /** What was found under a fingerprint. */
  readonly own?: OwnModel | undefined
}

export async function transformerWorld<S, M>(
  which: WhichModel,
  loaded: LoadedEnvironment,
  environment: Environment<S, WorldView>,
  view: CompactView<S, M>,
): Promise<Result<World>> {
  const name = which.own?.name ?? TRANSFORMER_NAMES[shippedModel(which.model) ?? '']
  return openModel(which).use(async (open) => success(worldOn(open, name, loaded, environment, view)))
}

function openModel({ loader, model, own }: WhichModel): Kept<OpenModel> {
  const models = opened.get(loader) ?? new Map<string, Kept<OpenModel>>()
  opened.set(loader, models)
  const kept = models.get(model) ?? keptOnceGood(() => open(loader, model, own))
  models.delete(model)
  models.set(model, kept)
  for (const [other] of models) if (models.size > MOST_OPEN && other !== '') models.delete(other)
  return kept
}

function worldOn<S, M>(
  { model, reader }: OpenModel,
  name: string,
  loaded: LoadedEnvironment,
  environment: Environment<S, WorldView>,
  view: CompactView<S, M>,
): World {
  const actorOf = (of: Reader, fingerprint: string) => {
    const parts = { name, fingerprint: `${fingerprint} ${view.version}`, tokenizer: model.tokenizer, reader: of }
    return createTransformerActor(environment, view, parts)
  }
  const worldOf = (actor: TransformerActor<S, M>): World => ({
    ...joined(loaded, environment, inTurns(actor)),
    // Its prefixes come from itself and go nowhere else.
    language: actor as unknown as TransformerActor,
    languageModel: model,
    /** @see World.speaking */
    speaking: (other) => worldOf(actorOf(other, 'in training')),
  })
  return worldOf(actorOf(reader, model.fingerprint))
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

async function open(loader: DataLoader, model: string, own: OwnModel | undefined): Promise<Result<OpenModel>> {
  const files =
    own === undefined ? await loader.model(Object.keys(READ_FILES), shippedModel(model)) : unzipFolder(own.zip)
  if (!files.ok) return files
  const read = languageModelOf(files.value)
  if (!read.ok) return read
  if (own !== undefined && read.value.fingerprint !== model) {
    const words = `The weights of the agent ${quote(own.name)} are not those that the run names (${quote(model)}).`
    return failure('agent-fingerprint', `${words} Choose another agent, or import the file of this one again.`)
  }
  const reader = await openReader(read.value)
  return reader.ok ? success({ model: read.value, reader: reader.value }) : reader
}
