/** The command line of `collect`, read to the last word: what is not understood is said, nothing is guessed. */

import { failure, quote, type Result, success } from '../core/failure.ts'
import { SYSTEM_PLACES, type SystemPlace } from '../core/log/conversation.ts'
import { parseConfig } from '../core/settings/parse-config.ts'
import { type RunConfig, SETTING_NAMES } from '../core/settings/settings.ts'
import { READINGS, type Reading } from '../policies/chat/style.ts'

export interface CollectOptions {
  readonly endpoint: string
  readonly model: string
  /** Of the whole run, all shards together. */
  readonly config: RunConfig
  /** First and last task that this process may explore, and its share of them. */
  readonly from: number
  readonly to: number
  readonly shard: Shard
  readonly out: string
  readonly name: string
  /** Folder with official files instead of the shipped data. */
  readonly data: string | undefined
  /** Requests under way at once. */
  readonly concurrency: number
  readonly timeoutMs: number
  readonly retries: number
  readonly budgetRequests: number | undefined
  readonly budgetTokens: number | undefined
  /** Undefined: what the server says of its model, else the chat agent's default. */
  readonly contextTokens: number | undefined
  readonly maxTokens: number | undefined
  /** Undefined: by the name of the model. */
  readonly system: SystemPlace | undefined
  readonly example: boolean
  readonly reading: Reading
  readonly timings: boolean
  readonly extra: Readonly<Record<string, unknown>> | undefined
  /** Whether the model's chat template is told to leave thinking aloud out. */
  readonly noThinking: boolean
  readonly takeOver: boolean
  /** Whether the worked example stands in every pair. */
  readonly rowsWithExample: boolean
}

export interface Shard {
  /** From 1. */
  readonly number: number
  readonly of: number
}

export type Command =
  | { readonly do: 'collect'; readonly options: CollectOptions }
  | { readonly do: 'merge'; readonly out: string; readonly name: string; readonly rowsWithExample: boolean }
  | { readonly do: 'help' }

export const USAGE = `npm run collect -- --endpoint http://host:8000/v1 --model NAME --out runs/ [more]
npm run collect -- --merge --out runs/

  --environment webshop|intercode-sql   --tasks 0-999 (or 1000)   --split train   --seed 7
  --method rro --rollouts 5 --candidates 5 --temperature 1 ...    every setting of the page, by its name
  --shard 2/8            this process explores every eighth task; --merge puts all shards together
  --name run             of the files in --out
  --data FOLDER          official WebShop or InterCode files instead of the shipped data
  --concurrency 64       requests under way at once
  --timeout 240          seconds for one answer         --retries 6
  --budget-requests N    --budget-tokens N              stop there; what was done is saved
  --context-tokens N     (default: what the server says, else 4096)   --max-tokens 256
  --system own-message|first-user-message   (default by the model's name: Gemma takes no system message)
  --reading tolerant|as-ipr                 --no-example   --no-timings
  --rows-with-example    the worked example stands in every pair (most of its length), not in the prompts alone
  --extra '{"top_p": 0.95}'                 further fields of every request
  --no-thinking          tells chat templates to leave thinking aloud out (vLLM, SGLang, llama.cpp; OpenAI and Ollama
                         take --extra '{"reasoning_effort": "none"}' instead)
  --take-over            write on although another process seems to hold the files

The key, if the server wants one, is read from OPENAI_API_KEY; another header's name may stand before it
("api-key: ..."). Azure's address ends in ?api-version=...`

const FLAGS = [
  ...['merge', 'help', 'no-example', 'rows-with-example', 'no-timings', 'no-thinking', 'take-over'],
] as const
const WORDS = [
  ...['endpoint', 'model', 'tasks', 'shard', 'out', 'name', 'data', 'concurrency', 'timeout', 'retries', 'extra'],
  ...['budget-requests', 'budget-tokens', 'context-tokens', 'max-tokens', 'system', 'reading'],
] as const

/** Of this command itself, or following from it. */
const OWN: readonly string[] = ['tasks', 'policy', 'model']

/** Settings are taken as the page writes them or with dashes: `stepLimit`, `step-limit`. */
const SETTING_OF = new Map(
  SETTING_NAMES.filter((name) => !OWN.includes(name)).flatMap((name) => [
    [name as string, name],
    [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), name],
  ]),
)

export function readArguments(argv: readonly string[]): Result<Command> {
  const given = new Map<string, string>()
  const flags = new Set<string>()
  const settings: Record<string, string> = {}
  for (let i = 0; i < argv.length; i++) {
    const [, name = '', joined] = /^--([^=]+)(?:=(.*))?$/s.exec(argv[i] ?? '') ?? []
    if ((FLAGS as readonly string[]).includes(name) && joined === undefined) {
      flags.add(name)
      continue
    }
    const setting = SETTING_OF.get(name)
    if (setting === undefined && !(WORDS as readonly string[]).includes(name))
      return wrong(`${quote(argv[i])} is not understood.`)
    const value = joined ?? argv[++i]
    if (value === undefined) return wrong(`--${name} has nothing behind it.`)
    if (setting === undefined) given.set(name, value)
    else settings[setting] = value
  }
  if (flags.has('help')) return success({ do: 'help' })
  const out = given.get('out')
  if (out === undefined) return wrong('--out, the folder for the files, is missing.')
  const name = given.get('name') ?? 'run'
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) return wrong('--name takes letters, digits, - and _.')
  const rowsWithExample = flags.has('rows-with-example')
  if (flags.has('merge')) return success({ do: 'merge', out, name, rowsWithExample })

  const problems: string[] = []
  const whole = (word: string, least: number): number | undefined => {
    const text = given.get(word)
    if (text === undefined) return undefined
    if (/^\d{1,15}$/.test(text) && Number(text) >= least) return Number(text)
    problems.push(`--${word} takes a whole number of at least ${least}, not ${quote(text)}.`)
    return undefined
  }
  const choice = <T extends string>(word: string, values: readonly T[]): T | undefined => {
    const text = given.get(word)
    const value = values.find((value) => value === text)
    if (text !== undefined && value === undefined) problems.push(`--${word} is one of ${values.join(', ')}.`)
    return value
  }
  const [, from, to] = /^(?:(\d{1,7})-)?(\d{1,7})$/.exec(given.get('tasks') ?? '20') ?? []
  const first = Number(from ?? 0)
  const last = from === undefined ? Number(to) - 1 : Number(to)
  if (to === undefined || last < first) problems.push('--tasks takes a range such as 0-999, or a number.')
  const [, number, of] = /^(\d{1,5})\/(\d{1,5})$/.exec(given.get('shard') ?? '1/1') ?? []
  if (of === undefined || Number(number) < 1 || Number(number) > Number(of))
    problems.push('--shard takes a share such as 2/8.')
  const { config, corrections } = parseConfig({
    ...settings,
    ...{ ...(to !== undefined && { tasks: last + 1 }), policy: 'openai', model: given.get('model') ?? '' },
  })
  // On the command line nothing is corrected: a run of other settings would be another run.
  problems.push(...corrections.map(({ message }) => message.replace(/ Using .*$/, '')))
  let extra: Readonly<Record<string, unknown>> | undefined
  const extraText = given.get('extra')
  if (extraText !== undefined) {
    extra = parsedObject(extraText)
    if (extra === undefined) problems.push('--extra takes a JSON object.')
  }
  for (const word of ['endpoint', 'model']) if (!given.has(word)) problems.push(`--${word} is missing.`)
  const options: CollectOptions = {
    ...{ endpoint: given.get('endpoint') ?? '', model: given.get('model') ?? '', config, from: first, to: last },
    ...{ shard: { number: Number(number), of: Number(of) }, out, name, data: given.get('data'), extra },
    ...{ concurrency: whole('concurrency', 1) ?? 64, timeoutMs: (whole('timeout', 1) ?? 240) * 1000 },
    ...{ retries: whole('retries', 0) ?? 6, maxTokens: whole('max-tokens', 1) },
    ...{ budgetRequests: whole('budget-requests', 1), budgetTokens: whole('budget-tokens', 1) },
    ...{ contextTokens: whole('context-tokens', 256), system: choice('system', SYSTEM_PLACES) },
    ...{ reading: choice('reading', READINGS) ?? 'tolerant', example: !flags.has('no-example') },
    ...{ timings: !flags.has('no-timings'), takeOver: flags.has('take-over'), rowsWithExample },
    noThinking: flags.has('no-thinking'),
  }
  return problems.length > 0 ? wrong(problems.join(' ')) : success({ do: 'collect', options })
}

function parsedObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const object = typeof value === 'object' && value !== null && !Array.isArray(value)
    return object ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function wrong(problem: string): ReturnType<typeof failure> {
  return failure('arguments', `${problem} See npm run collect -- --help.`)
}
