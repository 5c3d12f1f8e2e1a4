/** Small language models as agents: the one that ships with the page, and those that were trained here or imported. */
import * as v from 'valibot'
import { failure, messageOf, quote, type Result, success } from '../../../core/failure.ts'
import { LANGUAGE_MODEL_NAMES, type RunConfig } from '../../../core/settings/run-config.ts'
import {
  READ_FILES,
  readFolder,
  WRITTEN_FILES,
  writeFolder,
} from '../../../policies/transformer/hugging-face/folder.ts'
import { unzipFolder, zipFolder } from '../../../policies/transformer/hugging-face/zip.ts'
import { type LanguageModel, languageModelOf } from '../../../policies/transformer/language-model.ts'
import { unflattened } from '../../../policies/transformer/parameters.ts'
import { TRANSFORMER_NAMES } from '../../../policies/transformer/transformer-actor.ts'
import { LANGUAGE_AGENT_VERSION, type LanguageAgentRecord } from '../../../store/agent-record.ts'
import { MODEL_VERSION, type ModelRecord } from '../../../store/model-record.ts'
import type { Store } from '../../../store/store.ts'
import { type DataLoader, type ShippedModel, shippedModel } from '../../machine/data-loader.ts'
import { slugOf } from '../../machine/file-name.ts'
import { parsedJson } from '../../machine/parsed-json.ts'
import type { AgentInfo } from '../../protocol/agents.ts'
import type { ExportedFile } from '../../protocol/files.ts'
import { cleanName } from '../../runs/run-names.ts'
import { agentRecord, ownModel } from '../../worlds/own-agent.ts'
import { NAMELESS } from '../agent-names.ts'

type Environment = RunConfig['environment']
type Facts = AgentInfo['trained']

export interface LanguageAgentPorts {
  readonly store: Store
  readonly loader: DataLoader
  /** Milliseconds since 1970. */
  date(): number
}

/** How a shipped one was trained and what it earns, beside its files. */
const TRAINED_FILE = 'trained.json'
const FactsOf = v.record(v.string(), v.union([v.string(), v.number()]))
const Trained = v.object({ webshop: FactsOf, 'intercode-sql': FactsOf })

/** Of one that ships. */
export async function shippedModelInfo(
  loader: DataLoader,
  environment: Environment,
  model: ShippedModel,
): Promise<Result<AgentInfo>> {
  const files = await loader.model([TRAINED_FILE], model)
  if (!files.ok) return files
  const read = v.safeParse(Trained, parsedJson(new TextDecoder().decode(files.value.get(TRAINED_FILE))))
  if (!read.success)
    return failure('model-trained', `${TRAINED_FILE} of the language model is malformed: reload the page.`)
  const trained = read.output[environment]
  const shipped = { origin: 'shipped', createdAtMs: 0 } as const
  return success({ policy: 'transformer', model, name: TRANSFORMER_NAMES[model], environment, trained, ...shipped })
}

/** Of one that does not; it can act in every environment. */
export function languageAgentInfo(record: LanguageAgentRecord, environment: Environment): AgentInfo {
  const { model, name, origin, createdAtMs, trained } = record
  return { policy: 'transformer', model, name, environment, origin, createdAtMs, trained: trained[environment] ?? {} }
}

export interface NewLanguageAgent {
  readonly name: string
  readonly origin: LanguageAgentRecord['origin']
  readonly model: LanguageModel
  readonly trained: LanguageAgentRecord['trained']
}

/** Under its fingerprint, in the place of the same weights with another name. Its weights are kept first. */
export async function saveLanguageAgent(
  { store, date }: LanguageAgentPorts,
  { name, origin, model, trained }: NewLanguageAgent,
): Promise<Result<LanguageAgentRecord>> {
  const clean = cleanName(name)
  if (clean === undefined) return NAMELESS
  const { fingerprint } = model
  const kept = await keepWeights(store, model, clean, trained)
  if (!kept.ok) return kept
  const record: LanguageAgentRecord = {
    ...{ version: LANGUAGE_AGENT_VERSION, policy: 'transformer', model: fingerprint },
    ...{ name: clean, origin, createdAtMs: date(), trained },
  }
  const put = await store.smallRecords('agents').put(fingerprint, record)
  return put.ok ? success(record) : put
}

function keepWeights(
  store: Store,
  model: LanguageModel,
  name: string,
  trained: LanguageAgentRecord['trained'],
): Promise<Result<true>> {
  const { fingerprint } = model
  const zip = new Uint8Array(zipOf(model, name, trained))
  const weights: ModelRecord = { version: MODEL_VERSION, model: fingerprint, zip }
  return store.smallRecords('models').put(fingerprint, weights)
}

/** All 32 bits of each number, so that what is read back is the same model. */
function zipOf(
  { config, parameters, tokenizer }: Pick<LanguageModel, 'config' | 'parameters' | 'tokenizer'>,
  name: string,
  trained: LanguageAgentRecord['trained'],
): Uint8Array {
  const model = { model: unflattened(config, parameters), vocabulary: tokenizer.vocabulary }
  return zipFolder(writeFolder(model, cardOf(name, trained), 'F32'))
}

function cardOf(name: string, trained: LanguageAgentRecord['trained']) {
  const facts: Record<string, string | number> = {}
  for (const [environment, known] of Object.entries(trained) as [Environment, Facts | undefined][])
    for (const [fact, value] of Object.entries(known ?? {})) facts[`${environment}: ${fact}`] = value
  return { name, example: 'task : floor lamp , black under $60 ; 3 words', trained: facts }
}

/** Its folder as Hugging Face's libraries read it, in one zip. */
export async function exportLanguageAgent(
  { store, loader }: Pick<LanguageAgentPorts, 'store' | 'loader'>,
  model: string,
): Promise<Result<ExportedFile>> {
  const shipped = shippedModel(model)
  if (shipped !== undefined) {
    const files = await loader.model(WRITTEN_FILES, shipped)
    return files.ok ? success(fileOf(zipFolder(files.value), `rro-lab-${shipped || 'small'}`)) : files
  }
  const [record, own] = [await agentRecord(store, model), await ownModel(store, { model })]
  if (!record.ok) return record
  if (!own.ok) return own
  if (own.value === undefined || !('trained' in record.value))
    return failure('agent-policy', 'This is no language model.')
  const files = unzipFolder(own.value.zip)
  const read = files.ok ? readFolder(files.value) : files
  if (!read.ok) return read
  const { name, trained } = record.value
  return success(fileOf(zipFolder(writeFolder(read.value, cardOf(name, trained), 'F32')), slugOf(name, 'agent')))
}

function fileOf(zip: Uint8Array, name: string): ExportedFile {
  return { file: new Blob([new Uint8Array(zip)], { type: 'application/zip' }), name: `${name}.zip`, lines: 0 }
}

const MOST_ZIP = 1 << 27
const REMEDY =
  'Nothing was imported. A language model comes as the zip of its folder (config.json, tokenizer.json, model.safetensors), as “Export” writes it.'

/**
 * A Hugging Face folder as one zip, or the files of one, from anybody.
 * @returns the agent, under the name it has here where it is known already
 */
export async function importLanguageModel(
  ports: LanguageAgentPorts,
  files: readonly File[],
  environment: Environment,
): Promise<Result<AgentInfo>> {
  const [first] = files
  const zipped = /\.zip$/i.test(first?.name ?? '')
  const size = files.reduce((sum, file) => sum + file.size, 0)
  const bad = ({ failure: { code, message } }: ReturnType<typeof failure>) =>
    failure(code, `${quote(first?.name ?? '')}: ${message} ${REMEDY}`)
  if (size > MOST_ZIP) return bad(failure('model-size', `It has ${size} bytes; at most ${MOST_ZIP} are read.`))
  let folder: ReturnType<typeof unzipFolder>
  try {
    const bytes = await Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer())))
    folder = zipped
      ? unzipFolder(bytes[0] ?? new Uint8Array())
      : success(new Map(files.map((file, i) => [file.name, bytes[i] ?? new Uint8Array()])))
  } catch (thrown) {
    return bad(failure('model-unreadable', `It could not be read (${messageOf(thrown)}).`))
  }
  const model = folder.ok ? languageModelOf(folder.value) : folder
  if (!model.ok) return bad(model)
  const trouble = wrongNumber(model.value)
  if (trouble !== undefined) return bad(failure('model-numbers', trouble))
  for (const name of LANGUAGE_MODEL_NAMES)
    if (await isShipped(ports.loader, name, model.value)) return shippedModelInfo(ports.loader, environment, name)
  const known = await agentRecord(ports.store, model.value.fingerprint)
  if (known.ok && 'trained' in known.value) {
    // What is stored of its weights may be damaged.
    const kept = await keepWeights(ports.store, model.value, known.value.name, known.value.trained)
    return kept.ok ? success(languageAgentInfo(known.value, environment)) : kept
  }
  // Files of a folder have the names that they all have.
  const called = (zipped ? cleanName(first?.name.replace(/\.zip$/i, '')) : undefined) ?? 'Imported language model'
  const saved = await saveLanguageAgent(ports, { name: called, origin: 'imported', model: model.value, trained: {} })
  return saved.ok ? success(languageAgentInfo(saved.value, environment)) : saved
}

/** Beyond, nothing that was trained lies, and products overflow. */
const LARGEST = 1e4

/** A weight that no training comes to, unless it runs away; undefined for none. */
export function wrongWeight(parameters: Float32Array): number | undefined {
  return parameters.find((value) => !(Math.abs(value) <= LARGEST))
}

function wrongNumber({ parameters }: LanguageModel): string | undefined {
  const wrong = wrongWeight(parameters)
  return wrong === undefined ? undefined : `It has the weight ${wrong}, which nothing trained has.`
}

/** Whether a model is the one that ships under a name, whose weights are not looked at where its shape is another. */
async function isShipped(loader: DataLoader, name: ShippedModel, { config, fingerprint }: LanguageModel) {
  const shape = await loader.model(['config.json'], name)
  const json = shape.ok ? parsedJson(new TextDecoder().decode(shape.value.get('config.json'))) : undefined
  if (!v.is(v.object({ hidden_size: v.literal(config.hidden) }), json)) return false
  const files = await loader.model(Object.keys(READ_FILES), name)
  const read = files.ok ? languageModelOf(files.value) : files
  return read.ok && read.value.fingerprint === fingerprint
}
