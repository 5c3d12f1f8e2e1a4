/** The files that ship with the page, fetched relative to it so that the site works in any folder. */
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import { LANGUAGE_MODEL_NAMES, type RunConfig } from '../../core/settings/run-config.ts'

/** Names of each environment's files in its folder, relative to the site. */
export const SHIPPED = {
  webshop: {
    folder: 'data/webshop',
    files: {
      items: 'items_shuffle.json',
      attributes: 'items_ins_v2.json',
      human: 'items_human_ins.json',
      nouns: 'nouns.json',
      setup: 'setup.json',
    },
  },
  'intercode-sql': {
    folder: 'data/intercode-sql',
    files: { tasks: 'tasks.json', databases: 'databases.sql' },
  },
} as const satisfies Record<
  RunConfig['environment'],
  { readonly folder: string; readonly files: Readonly<Record<string, string>> }
>

/** Our language models that ship with the page: a Hugging Face folder each. */
const MODEL_FOLDERS = { '': 'models/small', tiny: 'models/tiny' } as const
export type ShippedModel = (typeof LANGUAGE_MODEL_NAMES)[number]

/** The run that ships with the page, of each environment. */
export function recordedFile(environment: RunConfig['environment']): string {
  return `recorded/${environment}.jsonl`
}

/** The comparison that ships with the page, of each environment. */
export function recordedComparisonFile(environment: RunConfig['environment']): string {
  return `recorded/comparison-${environment}.jsonl`
}

/** Shipped policies besides the default one. */
export const POLICY_NAMES = ['weak', 'sharp'] as const
export type PolicyName = (typeof POLICY_NAMES)[number]

/** Which shipped policy the setting `model` names: '' is the default one; undefined where it names none. */
export function shippedPolicy(model: string): PolicyName | '' | undefined {
  return model === '' ? '' : POLICY_NAMES.find((name) => name === model)
}

/** Which shipped language model the setting names; undefined where it names none. */
export function shippedModel(model: string): ShippedModel | undefined {
  return LANGUAGE_MODEL_NAMES.find((name) => name === model)
}

/** Whether the agent that settings name ships. */
export function isShippedAgent({ policy, model }: Pick<RunConfig, 'policy' | 'model'>): boolean {
  return (policy === 'transformer' ? shippedModel(model) : shippedPolicy(model)) !== undefined
}

export interface NamedText {
  readonly name: string
  readonly text: string
}

export interface DataLoader {
  /** The environment's files. */
  files(environment: RunConfig['environment']): Promise<Result<readonly NamedText[]>>
  /** Text of the weights file of its embedded policy: the default one, or another one to start from. */
  policy(environment: RunConfig['environment'], name?: PolicyName): Promise<Result<string>>
  /** Files of a language model that ships, by name: of the small one where it is not said. */
  model(names: readonly string[], which?: ShippedModel): Promise<Result<ReadonlyMap<string, Uint8Array>>>
  /** Text of the file of its expert trajectories. */
  demonstrations(environment: RunConfig['environment']): Promise<Result<string>>
  /** Text of the environment's run that ships with the page; undefined where there is none. */
  recorded(environment: RunConfig['environment']): Promise<string | undefined>
  /** Text of its comparison that ships with the page. */
  recordedComparison(environment: RunConfig['environment']): Promise<Result<string>>
}

/** @param bytes reads one file of the site */
export function loaderOf(bytes: (path: string) => Promise<Result<Uint8Array>>): DataLoader {
  const text = async (path: string): Promise<Result<string>> => {
    const read = await bytes(path)
    return read.ok ? success(new TextDecoder().decode(read.value)) : read
  }
  return {
    async files(environment) {
      const { folder, files } = SHIPPED[environment]
      const names = Object.values(files)
      const texts = await Promise.all(names.map((name) => text(`${folder}/${name}`)))
      const named: NamedText[] = []
      for (const [i, read] of texts.entries()) {
        if (!read.ok) return read
        named.push({ name: names[i] ?? '', text: read.value })
      }
      return success(named)
    },
    policy: (environment, name) =>
      text(`${SHIPPED[environment].folder}/${name === undefined ? 'policy' : `policy-${name}`}.json`),
    async model(names, which = '') {
      const read = await Promise.all(names.map((name) => bytes(`${MODEL_FOLDERS[which]}/${name}`)))
      const files = new Map<string, Uint8Array>()
      for (const [i, file] of read.entries()) {
        if (!file.ok) return file
        files.set(names[i] as string, file.value) // one for each name
      }
      return success(files)
    },
    demonstrations: (environment) => text(`${SHIPPED[environment].folder}/demonstrations.jsonl`),
    async recorded(environment) {
      const read = await text(recordedFile(environment))
      return read.ok ? read.value : undefined
    },
    recordedComparison: (environment) => text(recordedComparisonFile(environment)),
  }
}

/** @param base address of the site's folder, ending in a slash */
export function fetchLoader(base: URL): DataLoader {
  return loaderOf(async (path) => {
    try {
      const response = await fetch(new URL(path, base))
      if (!response.ok) return unavailable(path, `the server answered ${response.status}`)
      if (isPage(response)) return unavailable(path, 'the server does not have it')
      return success(new Uint8Array(await response.arrayBuffer()))
    } catch (thrown) {
      return unavailable(path, messageOf(thrown))
    }
  })
}

/** Where a file is missing, servers of single-page sites answer with the page itself. */
function isPage(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/html') ?? false
}

function unavailable(path: string, why: string): ReturnType<typeof failure> {
  const words = `The data that ships with the page could not be loaded (${path}: ${why}).`
  return failure('data-unavailable', `${words} Check the connection and reload; saved runs can still be opened.`)
}
