/** `npm run experiments -- --study language-model`: what RRO and DPO do to our own language model, over seeds. */
import { ENVIRONMENT_NAMES, type RunConfig } from '../../../core/settings/run-config.ts'
import { interval95, mean } from '../../../core/statistics.ts'
import { TEXT_DPO } from '../../../training/texts/text-dpo.ts'
import { type Earned, type Stages, type StagesFound, stages } from './stages.ts'

/** What is studied in an environment, under the name of its table. */
type Ways = Record<string, Omit<Stages, 'environment' | 'seed'>>

const SHOP = { explored: 'train', tasks: 150, episodes: 4, split: 'test', dpo: TEXT_DPO } as const
/** Chosen on one half of the dev questions, after exploring the other half. */
const SQL_DPO = { ...TEXT_DPO, sftWeight: 1, learningRate: 1e-4 }
const SQL = { method: 'rro-recycled', rollouts: 5, candidates: 5, episodes: 16, split: 'test' } as const
const WAYS: Record<RunConfig['environment'], Ways> = {
  webshop: {
    rro: { ...SHOP, method: 'rro', rollouts: 5, candidates: 5 },
    'rro-recycled': { ...SHOP, method: 'rro-recycled', rollouts: 3, candidates: 3 },
  },
  'intercode-sql': {
    'rro-recycled on train questions': { ...SQL, explored: 'train', tasks: 344, dpo: { ...SQL_DPO, epochs: 2 } },
    'rro-recycled on dev questions': { ...SQL, explored: 'dev', tasks: 117, dpo: { ...SQL_DPO, epochs: 4 } },
  },
}
/** To see that it goes its way: with the tiny model. */
const QUICK = { model: 'tiny', tasks: 3, episodes: 1, measured: 4 } as const
const SEEDS = 5

export interface LanguageModelStudy {
  /** Which of the models that ship; the small one where it is not said. */
  readonly model?: Stages['model']
  readonly quick: boolean
  readonly seeds: number | undefined
  readonly environment: RunConfig['environment'] | undefined
}

/** @returns markdown */
export async function languageModelStudy(
  { model = '', quick, seeds = quick ? 1 : SEEDS, environment }: LanguageModelStudy,
  say: (words: string) => void,
): Promise<string> {
  const tables: string[] = []
  const names = environment === undefined ? ENVIRONMENT_NAMES : [environment]
  for (const name of names)
    for (const [way, full] of Object.entries(WAYS[name])) {
      const title = [name, model, way].filter((words) => words !== '').join(', ')
      const found: StagesFound[] = []
      for (let seed = 1; seed <= seeds; seed++) {
        const options: Stages = { ...full, model, ...(quick && QUICK), environment: name, seed }
        found.push(await stages(options, (words) => say(`${title}, seed ${seed}: ${words}`)))
      }
      tables.push(tableOf(title, found))
      say(
        `${title}: DPO over SFT ${gain(
          found,
          ({ dpo }) => dpo,
          'sampled',
          ({ sft }) => sft,
        )}`,
      )
    }
  return tables.join('\n\n')
}

function tableOf(title: string, found: readonly StagesFound[]): string {
  const average = (of: (one: StagesFound) => number): string => Math.round(mean(found.map(of))).toLocaleString('en-US')
  const row = (name: string, of: (one: StagesFound) => Earned): string => {
    const sampled = found.map((one) => mean(of(one).sampled))
    const greedy = found.map((one) => mean(of(one).greedy))
    return `| ${name} | ${mean(sampled).toFixed(3)} | ${gain(found, of, 'sampled')} | ${mean(greedy).toFixed(3)} | ${gain(found, of, 'greedy')} |`
  }
  return [
    `### ${title}, ${found.length} seeds`,
    '',
    '| weights | sampled | gain | greedy | gain |',
    '| --- | --- | --- | --- | --- |',
    row('as shipped', ({ before }) => before),
    row('after exploration and DPO', ({ dpo }) => dpo),
    row('further SFT on as many tokens', ({ sft }) => sft),
    '',
    `A seed: ${average(({ candidates }) => candidates)} candidates, ${average(({ rollouts }) => rollouts)} rollouts, ${average(({ pairs }) => pairs)} pairs; ${average(({ read }) => read)} tokens read, ${average(({ saved }) => saved)} saved by branching, ${average(({ trained }) => trained)} trained on.`,
  ].join('\n')
}

/**
 * Mean and 95 % interval of the gain, task by task, each task's gain a mean over seeds.
 * @param over what; the shipped weights where it is not said
 */
function gain(
  found: readonly StagesFound[],
  of: (one: StagesFound) => Earned,
  kind: keyof Earned,
  over: (one: StagesFound) => Earned = ({ before }) => before,
): string {
  const tasks = found[0]?.before[kind].length ?? 0
  const gains = Array.from({ length: tasks }, (_, task) =>
    mean(found.map((one) => (of(one)[kind][task] as number) - (over(one)[kind][task] as number))),
  )
  if (gains.every((value) => value === 0)) return ''
  const { mean: middle, halfWidth = 0 } = interval95(gains)
  return `${middle < 0 ? '−' : '+'}${Math.abs(middle).toFixed(3)} ± ${halfWidth.toFixed(3)}`
}
