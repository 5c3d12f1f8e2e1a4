/** What ships with the page, with a few dev and test tasks only: for what does not hang on how well a policy is judged. */
import { type Result, success, unwrap } from '../../src/core/failure.ts'
import { parseConfig } from '../../src/core/settings/parse-config.ts'
import type { DataLoader, NamedText } from '../../src/worker/machine/data-loader.ts'
import { shippedSource } from '../../src/worker/worlds/world-source.ts'
import { SHIPPED } from './labs.ts'

type Environment = Parameters<DataLoader['files']>[0]

interface Listed {
  readonly split: 'train' | 'dev' | 'test'
}

const FEW = 20

/** Says of task after task whether it is one of those that stay. */
function stays(): (task: Listed) => boolean {
  const left = { train: Number.POSITIVE_INFINITY, dev: FEW, test: FEW }
  return ({ split }) => left[split]-- > 0
}

function fewGoals(text: string): string {
  const setup = JSON.parse(text) as { readonly goals: readonly Listed[] }
  return JSON.stringify({ ...setup, goals: setup.goals.filter(stays()) })
}

/** A task's name has its place in the file: the others stay, as train tasks without an expert. */
function fewQuestions(text: string): string {
  const few = stays()
  const tasks = JSON.parse(text) as readonly Listed[]
  return JSON.stringify(tasks.map((task) => (few(task) ? task : { ...task, split: 'train' })))
}

/** The file that says which task is in which split, and what is left of it. */
const CHANGED = {
  webshop: { name: 'setup.json', few: fewGoals },
  'intercode-sql': { name: 'tasks.json', few: fewQuestions },
} as const

async function filesOf(environment: Environment): Promise<Result<readonly NamedText[]>> {
  const { name, few } = CHANGED[environment]
  const files = unwrap(await SHIPPED.files(environment))
  return success(files.map((file) => (file.name === name ? { name, text: few(file.text) } : file)))
}

const files = { webshop: await filesOf('webshop'), 'intercode-sql': await filesOf('intercode-sql') }

const loader: DataLoader = { ...SHIPPED, files: async (environment) => files[environment] }

/** The expert was shown the whole data: here it is told that this is it. */
async function demonstrationsOf(environment: Environment): Promise<Result<string>> {
  const source = shippedSource(loader, environment)
  const { data } = unwrap(await source.loadedEnvironment(parseConfig({ environment }).config))
  const text = unwrap(await SHIPPED.demonstrations(environment))
  return success(text.replace(/"data":"\w+"/, `"data":"${data.fingerprint}"`))
}

const demonstrations = {
  webshop: await demonstrationsOf('webshop'),
  'intercode-sql': await demonstrationsOf('intercode-sql'),
}

/** All train tasks, 20 dev and 20 test tasks. */
export const FEW_TO_JUDGE_BY: DataLoader = {
  ...loader,
  demonstrations: async (environment) => demonstrations[environment],
}
