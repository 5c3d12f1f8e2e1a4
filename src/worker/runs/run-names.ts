/** What a run is called: by people, and among all runs. */
import type { RunConfig } from '../../core/settings/run-config.ts'
import { undirected } from '../../core/undirected.ts'

const METHOD_WORDS: Readonly<Record<RunConfig['method'], string>> = {
  ...{ rro: 'RRO', 'rro-recycled': 'RRO, recycled', 'fixed-size': 'Fixed size', uct: 'Tree search' },
  ...{ ipr: 'IPR', eto: 'ETO', groups: 'Groups of episodes', replay: 'From a file' },
}

/** The name of a run before anybody gives it one. */
export function firstName({ method, policy, tasks, seed }: RunConfig): string {
  return `${policy === 'human' ? 'You: ' : ''}${METHOD_WORDS[method]}, ${tasks} ${tasks === 1 ? 'task' : 'tasks'}, seed ${seed}`
}

/** What a person typed as a name; undefined when nothing is left of it. */
export function cleanName(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined
  const clean = undirected(name).replace(/\s+/g, ' ').trim().slice(0, 120)
  return clean === '' ? undefined : clean
}

/** Unique among all runs of all tabs; `crypto.randomUUID` is missing on plain http. */
export function newRunId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
