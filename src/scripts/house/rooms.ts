/**
 * The rooms of `src` and who may import whom: the one table. `npm run house` writes from it what the linter enforces
 * (biome-rooms.json) and what the README shows; test/house holds the code to it, types and dynamic imports included.
 */

export interface Room {
  /** Folder in `src`. */
  readonly name: string
  readonly holds: string
  /** What it may import of other rooms: whole rooms, or one place in them that is their face. */
  readonly may: readonly string[]
  /**
   * Its own folders and files, the ground first: what stands in a later place may import what stands in an earlier one;
   * what shares a place knows nothing of one another. `*.ts` are its own files that are not named.
   */
  readonly inside?: readonly (readonly string[])[]
}

/** All that explores and trains, without a place to keep anything. */
const EXPLORATION = ['core', 'mysql/index.ts', 'environments', 'policies', 'training']

export const ROOMS: readonly Room[] = [
  {
    name: 'core',
    holds: 'the algorithm and its words: exploration, events and their folds, comparisons, theory, random streams',
    may: [],
    inside: [['*.ts'], ['settings'], ['log'], ['exploration'], ['comparison', 'theory']],
  },
  {
    name: 'mysql',
    holds: 'MySQL on SQLite, a package of its own: it knows nothing of what stands around it',
    may: [],
    inside: [
      ['sql-error.ts', 'limits.ts'],
      ['values'],
      ['schema.ts'],
      ['server'],
      ['parse'],
      ['compile', 'dictionary'],
      ['run'],
      ['import', 'session'],
      ['index.ts'],
    ],
  },
  {
    name: 'environments',
    holds: 'the interface (environment.ts), WebShop, InterCode-SQL',
    may: ['core', 'mysql/index.ts'],
    inside: [['*.ts'], ['webshop', 'intercode-sql']],
  },
  {
    name: 'policies',
    holds:
      'the interface (policy.ts), the embedded log-linear agent, our own small transformer, language models in the page, in the browser, and behind an endpoint',
    may: ['core', 'environments'],
    inside: [['*.ts'], ['linear', 'chat'], ['transformer', 'openai'], ['webllm', 'browser-model']],
  },
  {
    name: 'training',
    holds: 'SFT, DPO, evaluation, exact values, and the study behind a comparison',
    may: ['core', 'environments', 'policies'],
  },
  { name: 'formats', holds: 'run files, and what may stand in a log', may: ['core'] },
  {
    name: 'datasets',
    holds: 'what trainers read: rows with the prompts that were answered, in every format',
    may: ['core', 'policies'],
  },
  { name: 'store', holds: 'runs, comparisons and agents in IndexedDB, or in memory', may: ['core'] },
  {
    name: 'worker',
    holds: 'the lab: data, runs, comparisons, agents and models behind one protocol',
    may: [...EXPLORATION, 'formats', 'datasets', 'store'],
    inside: [
      ['protocol', 'machine'],
      ['worlds'],
      ['runs'],
      ['models', 'comparisons'],
      ['agents'],
      ['library'],
      ['lab'],
    ],
  },
  {
    name: 'ui',
    holds: 'the page: what stands behind it (state), its elements, its style sheets',
    may: ['core', 'worker/protocol', 'worker/machine/bound-worker.ts', 'worker/lab/lab.worker.ts'],
    inside: [
      ['words'],
      ['state'],
      ['parts'],
      ['model'],
      ['settings', 'agents'],
      ['data', 'explore'],
      ['compare'],
      ['learn'],
      ['shell'],
    ],
  },
  {
    name: 'offline',
    holds: 'the service worker: the whole site again without a network',
    may: [],
  },
  {
    name: 'node',
    holds: 'the lab without a page, on files from disk, and the command that writes data sets',
    may: ['core', 'formats', 'datasets', 'store', 'worker'],
  },
  {
    name: 'collect',
    holds: 'the command that explores with a language model behind an endpoint, without a page',
    may: [...EXPLORATION, 'formats', 'datasets', 'worker', 'node'],
  },
  {
    name: 'scripts',
    holds: 'what makes the shipped data, the benchmarks, the experiments, the soak, and this table’s copies',
    may: [...EXPLORATION, 'formats', 'datasets', 'store', 'worker', 'node', 'collect'],
  },
]

/** The face of the library: it hands on what stands below the worker. */
export const LIBRARY = { file: 'index.ts', may: [...EXPLORATION, 'formats', 'datasets'] } as const
