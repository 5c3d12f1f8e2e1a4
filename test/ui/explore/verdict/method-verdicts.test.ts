/** What the page says of methods other than plain RRO, over runs of the toy world. */
import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../../../src/core/log/events.ts'
import { foldTask, type TaskState } from '../../../../src/core/log/fold-task.ts'
import { DEFAULT_CONFIG, METHODS, type RunConfig } from '../../../../src/core/settings/settings.ts'
import { decisionWords } from '../../../../src/ui/explore/verdict/decision-words.ts'
import { formulaNote, formulaText } from '../../../../src/ui/explore/verdict/formula.ts'
import '../../../../src/ui/explore/verdict/method-verdicts.ts'
import { branchPairsOf } from '../../../../src/ui/explore/inspector/other-pairs.ts'
import { hasEnd, layoutPath, pathSizes } from '../../../../src/ui/explore/path/path-layout.ts'
import { treeRows } from '../../../../src/ui/explore/path/tree-rows.ts'
import { barWords, ruleWords } from '../../../../src/ui/explore/verdict/bar-words.ts'
import {
  endWords,
  ruleSentence,
  trajectoryWords,
  verdictOf,
  verdictSentence,
} from '../../../../src/ui/explore/verdict/verdict.ts'
import { dwellMs } from '../../../../src/ui/state/playhead.ts'
import { currentOf } from '../../../../src/ui/state/selection.ts'
import { collect, toyConfig, toyRun, treeActor } from '../../../core/toy.ts'

const SIZES = pathSizes({ width: 706, height: 516 })

interface Explored {
  readonly config: RunConfig
  readonly tasks: readonly (readonly RunEvent[])[]
  readonly states: readonly TaskState[]
}

async function explored(settings: Partial<RunConfig>): Promise<Explored> {
  const config = toyConfig({ tasks: 8, ...settings })
  const tasks: RunEvent[][] = []
  for (const event of await collect(toyRun(treeActor(), config))) {
    if (event.type === 'task-started') tasks.push([])
    if ('task' in event) tasks.at(-1)?.push(event)
  }
  return { config, tasks, states: tasks.flatMap((task) => foldTask(task) ?? []) }
}

const recycled = await explored({ method: 'rro-recycled', rollouts: 3, candidates: 2 })
const search = await explored({ method: 'uct', candidates: 3 })
const ipr = await explored({ method: 'ipr' })
const eto = await explored({ method: 'eto', tasks: 40 })

/** Every sentence of a run: of each candidate, and how each step was decided. */
function sentences({ config, states }: Explored): string[] {
  return states.flatMap(({ steps }) =>
    steps.flatMap((step) => [
      decisionWords(step),
      ...step.candidates.map((_, index) => verdictSentence(config, step, index + 1)),
    ]),
  )
}

test('each method is told in one sentence', () => {
  const told = METHODS.map((method) => ruleSentence({ ...DEFAULT_CONFIG, method }))
  expect(new Set(told).size).toBe(METHODS.length)
  for (const sentence of told) expect(sentence).toMatch(/^[A-Z].{20,170}\.$/)
  expect(ruleSentence({ ...DEFAULT_CONFIG, rollouts: 5 })).toBe(
    'Draw actions one at a time, score each by 5 rollouts, stop at the first whose mean reaches the bar, the mean of the step before.',
  )
  expect(ruleSentence({ ...DEFAULT_CONFIG, riseRule: '>', margin: 0.05 })).toMatch(
    /is above the bar, .*, plus 0\.05\.$/,
  )
})

describe('recycled RRO', () => {
  const { config, tasks, states } = recycled

  test('says how often a candidate was seen before it is verified, and what it earned', () => {
    const events = tasks[0] ?? []
    const firstRollout = events.findIndex((event) => event.type === 'rollout-finished' && event.step === 1)
    const step = foldTask(events, firstRollout)?.steps[0] ?? expect.fail()
    const all = step.candidates.map(({ proposed }) => proposed.recycled?.rollouts ?? 0)
    expect(all.reduce((sum, count) => sum + count, 0)).toBe(config.startRollouts)
    expect(verdictOf(config, step, 1)).toMatchObject({ tone: 'open', consequence: '' })
    expect(verdictOf(config, step, 1).relation).toMatch(new RegExp(`^seen in ${all[0]} of 10 rollouts, [01]\\.\\d\\d$`))
    expect(formulaText(config, step.candidates[0] ?? expect.fail())).toMatch(/^seen: /)
  })
  test('says what the fresh rollouts came to, and who was not verified', () => {
    const said = sentences(recycled)
    expect(said.some((words) => /^verified [01]\.\d\d( ± \S+)?, (rises by \S+|holds the bar): stop$/.test(words))).toBe(
      true,
    )
    expect(said.some((words) => /^verified .*falls .*short.*: (verify another|none of \d rose)$/.test(words))).toBe(
      true,
    )
    expect(said.some((words) => /^seen in \d+ of \d+ rollouts, \S+: not verified$/.test(words))).toBe(true)
  })
  test('tells where each bar comes from: the rollouts through the state, and their mean', () => {
    for (const { steps, valueRollouts } of states) {
      const [first] = steps
      if (first === undefined) continue
      expect(barWords(config, first)).toBe(' = mean of the 10 rollouts through here')
      const mean = valueRollouts.reduce((sum, { reward }) => sum + reward, 0) / valueRollouts.length
      expect(first.bar).toBeCloseTo(mean, 11)
      for (const step of steps) {
        const seen = step.candidates.reduce((sum, { proposed }) => sum + (proposed.recycled?.rollouts ?? 0), 0)
        expect(step.through).toBe(seen)
      }
    }
    expect(ruleWords(config, { bar: 0.48 })).toContain('r, the mean of 3 fresh rollouts, is at least the bar: r ≥ 0.48')
  })
  test('ends in words where nothing can rise, with a column of its own', () => {
    const ended = states.find(({ finished }) => finished?.end === 'no-difference') ?? expect.fail()
    expect(endWords(ended)).toMatch(/^Every rollout from here earned the same, \S+: nothing can rise, the task ends\.$/)
    expect(hasEnd(ended)).toBe(true)
    const open: TaskState = { ...ended, finished: undefined }
    expect(layoutPath(ended, SIZES).width).toBeGreaterThan(layoutPath(open, SIZES).width)
    expect(treeRows(ended, config, new Set()).at(-1)?.text).toBe(endWords(ended))
  })
  test('lists the pairs off the path under the step where they left it, in the tree too', () => {
    const task = states.find(({ branchPairs }) => branchPairs.length > 1) ?? expect.fail()
    const { step } = task.branchPairs[0] ?? expect.fail()
    const pairs = branchPairsOf(task, step)
    expect(pairs.map(({ weight }) => weight)).toEqual(pairs.map(({ weight }) => weight).sort((a, b) => b - a))
    const rows = treeRows(task, config, new Set([String(step), `${step}/pairs`]))
    const group = rows.findIndex(({ key }) => key === `${step}/pairs`)
    expect(rows[group]?.text).toContain('where rollouts from here parted')
    expect(rows.filter(({ key }) => key.startsWith(`${step}/pairs/`))).toHaveLength(pairs.length)
    expect(rows[group + 1]?.text).toMatch(/^After .+: .+ over .+, weight /)
  })
  test('keeps the selection on the candidate that is being verified', () => {
    const events = tasks[0] ?? []
    const scored = events.findIndex((event) => event.type === 'candidate-scored')
    expect(currentOf(foldTask(events, scored + 1) ?? expect.fail())).toEqual({ step: 1, candidate: 1 })
  })
  test('passes quickly over what is already known', () => {
    const slow = tasks.flat().filter((event) => dwellMs(event) >= 400 && event.type === 'candidate-proposed')
    expect(slow).toEqual([])
  })
})

describe('tree search', () => {
  test('counts visits, and says who was visited most', () => {
    const said = sentences(search)
    expect(said.some((words) => /^candidate \d was visited most$/.test(words))).toBe(true)
    expect(said.some((words) => /\d+ of \d+ visits: lower value$/.test(words))).toBe(true)
    for (const { steps } of search.states)
      for (const step of steps)
        for (const { scored } of step.candidates) if (scored !== undefined) expect(step.decided).toBeDefined()
  })
  test('has the earlier simulations in the formula, and their mean is the score', () => {
    for (const step of search.states.flatMap(({ steps }) => steps.slice(1)))
      for (const candidate of step.candidates) {
        if (candidate.scored === undefined || candidate.proposed.done) continue
        expect(formulaText(search.config, candidate).endsWith(` = ${candidate.scored.reward.toFixed(2)}`)).toBe(true)
        if (candidate.proposed.recycled !== undefined)
          expect(formulaNote(search.config, candidate)).toContain('earlier rollout')
      }
  })
})

describe('IPR', () => {
  test('compares the two actions with each other, and leaves the last rollout out of the mean', () => {
    const said = sentences(ipr)
    expect(said.some((words) => / above the agent’s: preferred$/.test(words))).toBe(true)
    expect(said.some((words) => / below the expert’s: rejected$/.test(words))).toBe(true)
    expect(said).toContain('both do the same: nothing to compare')
    expect(said.some((words) => words.endsWith('; the expert goes on'))).toBe(true)
    for (const step of ipr.states.flatMap(({ steps }) => steps)) {
      const agents = step.candidates[1] ?? expect.fail()
      if (agents.scored === undefined || agents.proposed.done) continue
      expect(formulaText(ipr.config, agents)).toContain(`) / 5 = ${agents.scored.reward.toFixed(2)}`)
      expect(formulaNote(ipr.config, agents)).toContain('own trajectory')
    }
  })
  test('marks the expert’s candidate in the tree', () => {
    const rows = treeRows(ipr.states[0] ?? expect.fail(), ipr.config, new Set(['1']))
    expect(rows[1]?.text).toMatch(/^Candidate 1, the expert’s: /)
  })
})

describe('ETO', () => {
  const { config, states } = eto

  test('scores no step, and shows the pair of trajectories at the end', () => {
    const task = states.find(({ trajectoryPair }) => trajectoryPair !== undefined) ?? expect.fail()
    const { chosen, expertReward, expert } = task.trajectoryPair ?? expect.fail()
    const other = chosen === 'expert' ? 'agent' : 'expert'
    const rewards = [expertReward, task.finished?.reward ?? 0].sort((a, b) => b - a).map((reward) => reward.toFixed(2))
    const words = `The ${chosen}’s whole trajectory, ${rewards[0]}, is preferred to the ${other}’s, ${rewards[1]}.`
    expect(trajectoryWords(task)).toBe(words)
    expect(hasEnd(task)).toBe(true)
    const rows = treeRows(task, config, new Set(['end-0']))
    expect(rows.filter(({ key }) => key.startsWith('end-0/'))).toHaveLength(expert.length)
    expect(rows[0]?.text).toBe('Step 1: the agent goes on')
  })
  test('says where both earned the same', () => {
    const task = states.find(({ trajectoryPair }) => trajectoryPair === undefined) ?? expect.fail()
    expect(trajectoryWords(task)).toMatch(/^The expert earned the same, \d\.\d\d: no pair\.$/)
    expect(hasEnd(task)).toBe(true)
    expect(hasEnd({ ...task, finished: undefined })).toBe(false)
  })
  test('draws its path without slopes', () => {
    const task = states[0] ?? expect.fail()
    const { lines } = layoutPath(task, SIZES)
    expect(lines).toHaveLength(task.steps.length)
    for (const { rise } of lines) expect(rise).toBeUndefined()
  })
})
