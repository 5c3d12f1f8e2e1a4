/** The language model that ships with the page, as an agent to choose and to take away. */
import * as v from 'valibot'
import { failure, type Result, success } from '../../core/failure.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import { WRITTEN_FILES } from '../../policies/transformer/hugging-face/folder.ts'
import { zipFolder } from '../../policies/transformer/hugging-face/zip.ts'
import { TRANSFORMER_NAME } from '../../policies/transformer/transformer-actor.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import { parsedJson } from '../machine/parsed-json.ts'
import type { AgentInfo } from '../protocol/agents.ts'
import type { ExportedFile } from '../protocol/files.ts'

/** How it was trained and what it earns, beside its files. */
const TRAINED_FILE = 'trained.json'
const Facts = v.record(v.string(), v.union([v.string(), v.number()]))
const Trained = v.object({ webshop: Facts, 'intercode-sql': Facts })

export async function smallModelInfo(
  loader: DataLoader,
  environment: RunConfig['environment'],
): Promise<Result<AgentInfo>> {
  const files = await loader.model([TRAINED_FILE])
  if (!files.ok) return files
  const read = v.safeParse(Trained, parsedJson(new TextDecoder().decode(files.value.get(TRAINED_FILE))))
  if (!read.success)
    return failure('model-trained', `${TRAINED_FILE} of the language model is malformed: reload the page.`)
  const trained = read.output[environment]
  const shipped = { origin: 'shipped', createdAtMs: 0 } as const
  return success({ policy: 'transformer', model: '', name: TRANSFORMER_NAME, environment, trained, ...shipped })
}

/** Its folder as Hugging Face's libraries read it, in one zip. */
export async function exportSmallModel(loader: DataLoader): Promise<Result<ExportedFile>> {
  const files = await loader.model(WRITTEN_FILES)
  if (!files.ok) return files
  const file = new Blob([new Uint8Array(zipFolder(files.value))], { type: 'application/zip' })
  return success({ file, name: 'rro-lab-small.zip', lines: 0 })
}
