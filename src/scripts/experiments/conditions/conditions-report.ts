/** What the study of conditions comes to, as markdown. */

import { formatArm } from '../../../core/comparison/arm-address.ts'
import type { Arm } from '../../../core/comparison/comparison.ts'
import { interval95, mean } from '../../../core/statistics.ts'
import { percent, spread, table } from '../tables.ts'
import {
  budgetsOf,
  type Condition,
  FIXED,
  OURS,
  PLENTY,
  QUICK_STUDY,
  READINGS,
  SAME_STEPS,
  type Setting,
  STUDY,
  TREE_SEARCH,
} from './conditions.ts'
import { SCORINGS } from './key-steps.ts'
import type { Lesson } from './lessons.ts'
import { type Lessons, type RunConditions, runSetting } from './run-setting.ts'

/** A smaller difference of rewards is a tie, however sure it is. */
const NOTHING = 0.005

/** The whole study, or its reduced form. */
export async function conditionsStudy(
  { quick, seeds }: { readonly quick: boolean; readonly seeds: number | undefined },
  run: RunConditions,
  said: (words: string) => void = () => {},
): Promise<string> {
  const part = async (setting: Setting, tablesOf: typeof studyTables): Promise<string> => {
    const given = { ...setting, seeds: seeds ?? setting.seeds }
    let done = 0
    const lessons = await runSetting(given, (jobs, found) =>
      run(jobs, (job, lessons) => {
        found(job, lessons)
        done++
        if (done % 100 === 0) said(`${done} of ${jobs.length}`)
      }),
    )
    return tablesOf(given, lessons)
  }
  if (quick) return part(QUICK_STUDY, studyTables)
  return [
    await part(STUDY, studyTables),
    `### ${SAME_STEPS.adamSteps} gradient steps for every arm`,
    await part(SAME_STEPS, checkTable),
    '### Ten times the budget',
    await part(PLENTY, plentyTable),
  ].join('\n\n')
}

function studyTables(setting: Setting, lessons: Lessons): string {
  const used = SCORINGS.filter((scoring) => setting.conditions.some((condition) => condition.scoring === scoring))
  const parts = used.flatMap((scoring) => {
    const part = { ...setting, conditions: setting.conditions.filter((condition) => condition.scoring === scoring) }
    return [
      `### ${TITLES[scoring]}`,
      rewardsTable(part, lessons),
      gapsTable(part, lessons),
      reasonsTable(part, lessons),
    ]
  })
  return ['### Where RRO wins', winsTable(setting, lessons, used), ...parts].join('\n\n')
}

const TITLES: Readonly<Record<Condition['scoring'], string>> = {
  rollouts: 'Process rewards by rollouts',
  exact: 'Exact process rewards, at the cost of the rollouts',
  'exact, one call': 'Exact process rewards, at one call each',
}

const wordsOf = ({ words }: Condition): string => words || 'base'
const nameOf = (condition: Condition): string => `${wordsOf(condition)}, ${condition.scoring}`
const rewards = (lessons: readonly Lesson[] = []): number[] => lessons.map(({ after }) => after)

/** The arm whose mean reward is the highest at a budget: chosen afterwards, which favours it. */
function bestOf(arms: readonly Arm[], condition: Condition, budget: number, lessons: Lessons): Arm {
  const meanOf = (arm: Arm): number => mean(rewards(lessons(condition, arm)[budget]))
  return arms.reduce((best, arm) => (meanOf(arm) > meanOf(best) ? arm : best))
}

/** Differences of reward, seed by seed, between the best of some arms and the best of others. */
function gaps(a: readonly Arm[], b: readonly Arm[], condition: Condition, budget: number, lessons: Lessons): number[] {
  const of = (arms: readonly Arm[]): number[] =>
    rewards(lessons(condition, bestOf(arms, condition, budget, lessons))[budget])
  const theirs = of(b)
  return of(a).map((reward, i) => reward - (theirs[i] as number)) // as many seeds
}

/** 1: clear of 0 above, -1: below, 0: a tie. */
function sideOf(differences: readonly number[]): -1 | 0 | 1 {
  const { mean: middle, halfWidth = Number.POSITIVE_INFINITY } = interval95(differences)
  if (Math.abs(middle) < NOTHING || Math.abs(middle) <= halfWidth) return 0
  return middle > 0 ? 1 : -1
}

const RRO = READINGS.slice(0, 1)
const RIVALS = { 'best fixed k': FIXED, 'best baseline': [...FIXED, ...TREE_SEARCH], 'recycled RRO': OURS } as const
/** Who is held against whom: RRO as the page has it, then its best reading against the best fixed k. */
const MATCHES: readonly { readonly name: string; readonly a: readonly Arm[]; readonly b: readonly Arm[] }[] = [
  ...Object.entries(RIVALS).map(([name, b]) => ({ name: `RRO - ${name}`, a: RRO, b })),
  { name: 'best reading - best fixed k', a: READINGS, b: FIXED },
]
const SIGNS = { '-1': '-', '0': '=', '1': '**+**' } as const

/** Wins, ties and losses at the smaller and the larger budget. */
function winsTable(setting: Setting, lessons: Lessons, used: readonly Condition['scoring'][]): string {
  const names = [...new Set(setting.conditions.map(wordsOf))]
  const columns = used.flatMap((scoring) => MATCHES.map((match) => ({ scoring, ...match })))
  const rows = names.map((name) => [
    name,
    ...columns.map(({ scoring, a, b }) => {
      const condition = setting.conditions.find((one) => one.scoring === scoring && wordsOf(one) === name)
      if (condition === undefined) return ''
      return setting.callsPerStep.map((_, i) => SIGNS[sideOf(gaps(a, b, condition, i, lessons))]).join(' ')
    }),
  ])
  return table(['condition', ...columns.map(({ scoring, name }) => `${scoring}: ${name}`)], rows)
}

/** Rewards at the larger budget. */
function rewardsTable(setting: Setting, lessons: Lessons): string {
  const last = setting.callsPerStep.length - 1
  const rows = setting.conditions.map((condition) => {
    const at = (arm: Arm): string => spread(rewards(lessons(condition, arm)[last]))
    const best = bestOf(READINGS, condition, last, lessons)
    const start = lessons(condition, best)[last]?.[0]?.before ?? Number.NaN
    const all = [...FIXED, ...TREE_SEARCH, ...RRO, ...OURS].map(at)
    const budgets = budgetsOf(setting, condition).join(', ')
    return [wordsOf(condition), budgets, start.toFixed(3), ...all, `${at(best)} (${readingOf(best)})`]
  })
  const fixed = FIXED.map((arm) => `k = ${kOf(arm)}`)
  const head = ['policy calls', 'start', ...fixed, 'tree search', 'RRO', 'recycled RRO', 'best reading of RRO']
  return table(['reward, larger budget', ...head], rows)
}

const kOf = ({ settings }: Arm): number => settings.candidates ?? 5
const readingOf = (arm: Arm): string =>
  Object.values(arm.settings)
    .map((value) => (value === 'value' ? 'first bar by value' : value))
    .join(', ') || 'default'

/** What RRO has more than the best of the others, at every budget. */
function gapsTable({ conditions, callsPerStep }: Setting, lessons: Lessons): string {
  const columns = MATCHES.flatMap((match) =>
    callsPerStep.map((_, i) => ({ ...match, i, head: `${match.name}, ${SIZES[i]}` })),
  )
  const rows = conditions.map((condition) => [
    wordsOf(condition),
    ...columns.map(({ a, b, i }) => spread(gaps(a, b, condition, i, lessons))),
  ])
  return table(['paired difference', ...columns.map(({ head }) => head)], rows)
}

const SIZES = ['smaller budget', 'larger']

/** Why: what the pairs are worth, and what they cost, at the largest budget. */
function reasonsTable({ conditions }: Setting, lessons: Lessons): string {
  const arms = [...FIXED, ...TREE_SEARCH, ...RRO, ...OURS]
  const names = [...FIXED.map((arm) => `k = ${kOf(arm)}`), 'tree search', 'RRO', 'recycled RRO']
  const rows = conditions.map((condition) => {
    const last = arms.map((arm) => lessons(condition, arm).at(-1) ?? [])
    const sum = (all: readonly Lesson[], value: (lesson: Lesson) => number): number =>
      all.reduce((total, lesson) => total + value(lesson), 0)
    const useful = last.map((all) =>
      ((1000 * sum(all, ({ ordered }) => ordered)) / sum(all, ({ cost }) => cost.policyCalls)).toFixed(1),
    )
    const rro = last[arms.indexOf(RRO[0] as Arm)] ?? [] // there is one
    const [ordered, reversed] = [sum(rro, (lesson) => lesson.ordered), sum(rro, (lesson) => lesson.reversed)]
    const candidates = sum(rro, ({ cost }) => cost.candidates) / sum(rro, ({ steps }) => steps)
    const order = ordered + reversed === 0 ? undefined : ordered / (ordered + reversed)
    return [wordsOf(condition), candidates.toFixed(2), percent(order), ...useful]
  })
  const head = [
    'candidates / step of RRO',
    'its pairs in order',
    ...names.map((name) => `useful / 1,000 calls: ${name}`),
  ]
  return table(['pairs', ...head], rows)
}

/** Whether a finding holds under other training. */
function checkTable(setting: Setting, lessons: Lessons): string {
  const rows = setting.conditions.map((condition) => [
    nameOf(condition),
    ...setting.callsPerStep.map((_, i) => spread(gaps(RRO, FIXED, condition, i, lessons))),
    ...setting.callsPerStep.map((_, i) => spread(gaps(READINGS, FIXED, condition, i, lessons))),
    ...setting.callsPerStep.map((_, i) => spread(gaps(RRO, OURS, condition, i, lessons))),
  ])
  const names = ['RRO - best fixed k', 'best reading - best fixed k', 'RRO - recycled RRO']
  const heads = names.flatMap((name) => SIZES.map((size) => `${name}, ${size}`))
  return table(['paired difference', ...heads], rows)
}

function plentyTable({ conditions }: Setting, lessons: Lessons): string {
  const arms = [...FIXED, ...TREE_SEARCH, ...READINGS, ...OURS]
  const rows = conditions.map((condition) => [
    nameOf(condition),
    ...arms.map((arm) => spread(rewards(lessons(condition, arm).at(-1)))),
  ])
  return table(['reward', ...arms.map(formatArm)], rows)
}
