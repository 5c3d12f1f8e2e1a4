/** Rows hold the prompts that were answered, once each, as long as they say. */
import { describe, expect, test } from 'vitest'
import { success } from '../../src/core/failure.ts'
import type { RunEvent, RunStarted, StepDecided, TaskStarted } from '../../src/core/log/events.ts'
import { foldTask } from '../../src/core/log/fold-task.ts'
import type { Row } from '../../src/datasets/cells.ts'
import type { DatasetChoices } from '../../src/datasets/choices.ts'
import { createDataset, summaryWords } from '../../src/datasets/dataset.ts'
import { DATASET_FORMATS, type DatasetFormatName } from '../../src/datasets/formats.ts'
import { REASONS } from '../../src/datasets/left-out.ts'
import type { ChatModel } from '../../src/policies/chat/model.ts'
import { rawPrompts } from '../../src/policies/chat/raw-prompts.ts'
import { EXAMPLE_WORDS } from '../../src/policies/chat/style.ts'
import { collect, toyConfig, toyRun, treeActor } from '../core/toy.ts'
import { throughModel } from '../policies/small-run.ts'
import { createSmallShop } from '../policies/small-shop.ts'

interface Message {
  role: string
  content: string
}

const shop = createSmallShop()
const PROMPT_TOKENS = 77

/** What is worth trying on a page; now and then no action, or nothing at all. */
function worthTrying(page: string): readonly string[] {
  if (page.includes('buy now')) return ['click[buy now]', 'click[navy]', 'click[buy now]', 'click[small]', 'dance']
  const listed = page.match(/b0small\d+/g) ?? []
  if (listed.length > 0) return [...listed.map((id) => `click[${id}]`), 'click[back to search]', 'dance', '']
  const item = /i need ([a-z]+ [a-z]+)/.exec(page)?.[1] ?? 'green tea'
  return [`search[${item}]`, `search[${item}]`, 'search[running shoes]', '']
}

/** Says what the seed says of the page that it is shown. */
function model(): ChatModel {
  return {
    name: 'scripted',
    async complete({ messages, seed }) {
      const actions = worthTrying(messages.at(-1)?.content.toLowerCase() ?? '')
      const action = actions[seed % actions.length] ?? ''
      const text = action === '' ? (['', 'I do not know.'][seed % 2] ?? '') : `Thought: hm.\nAction: ${action}`
      return success({ text, promptTokens: PROMPT_TOKENS, completionTokens: 9, finish: 'stop' })
    },
  }
}

const SETTINGS = { policy: 'openai', tasks: 4, rollouts: 3, candidates: 4, method: 'fixed-size', stepLimit: 8 } as const

function tasksOf(log: readonly RunEvent[]): RunEvent[][] {
  const tasks = new Map<number, RunEvent[]>()
  for (const event of log) if ('task' in event) tasks.set(event.task, [...(tasks.get(event.task) ?? []), event])
  return [...tasks.values()]
}

function written(log: readonly RunEvent[], name: DatasetFormatName, choices: DatasetChoices = {}) {
  const dataset = createDataset(DATASET_FORMATS[name], choices)
  const rows = tasksOf(log).flatMap((events) => dataset.add(log[0] as RunStarted, events))
  return { rows, summary: dataset.summary() }
}

const messagesOf = (cell: unknown): Message[] => (cell as { messages: Message[] }).messages

describe('the prompt of a row', () => {
  test.each([1100, 1700, 100_000])('is the one that was answered, in a window of %i tokens', async (contextTokens) => {
    const log = await throughModel(shop, model(), { contextTokens, maxTokens: 50 }, SETTINGS)
    const header = log[0] as RunStarted
    const prompts = tasksOf(log).flatMap((events) => [...rawPrompts(shop, header, events)])
    const { rows, summary } = written(log, 'trl-dpo', { example: true, duplicates: true, unusable: true })
    expect(rows.length).toBeGreaterThan(5)
    for (const { prompt, chosen, rejected } of rows)
      for (const side of [chosen, rejected]) {
        const said = messagesOf(side)[0]?.content
        const answered = prompts.filter(({ reply }) => reply === said || (reply === '' && said === '(nothing)'))
        expect(answered.map(({ messages }) => JSON.stringify(messages))).toContain(JSON.stringify(messagesOf(prompt)))
      }
    expect(summary.unverified).toBe(0)
    expect(summary.leftOut > 0).toBe(contextTokens < 100_000)
    expect(rows.some(({ left_out }) => left_out !== '')).toBe(contextTokens < 100_000)
    for (const row of rows) expect(row.prompt_tokens).toEqual({ int: PROMPT_TOKENS })
  })

  test('has no worked example unless asked for, nor the words that announce it', async () => {
    const log = await throughModel(shop, model(), {}, SETTINGS)
    const header = log[0] as RunStarted
    const [bare] = written(log, 'trl-dpo').rows
    const [whole] = written(log, 'trl-dpo', { example: true }).rows
    const [system, first] = messagesOf(bare?.prompt)
    expect(header.systemPrompt).toContain(EXAMPLE_WORDS)
    expect(system?.content).not.toContain(EXAMPLE_WORDS)
    expect(first?.content).toBe((tasksOf(log)[0]?.[0] as TaskStarted | undefined)?.observation)
    expect(messagesOf(whole?.prompt)).toHaveLength(
      messagesOf(bare?.prompt).length + (header.conversation?.example.length ?? 0),
    )
    expect(bare).toMatchObject({ left_out: 'the worked example', tokens: 'estimated' })
    expect(whole).toMatchObject({ left_out: '', tokens: 'counted' })
  })

  test.each([
    ['own-message', ['system', 'user']],
    ['first-user-message', ['user']],
    ['none', ['user']],
  ] as const)('has its instructions where they are wanted: %s', async (system, roles) => {
    const log = await collect(toyRun(treeActor(), toyConfig({ tasks: 4, firstRise: 'draw-one-more' })))
    for (const { prompt } of written(log, 'trl-dpo', { system }).rows) {
      const messages = messagesOf(prompt)
      expect(messages.slice(0, roles.length).map(({ role }) => role)).toEqual(roles)
      expect(messages.filter(({ content }) => content.includes('Play.'))).toHaveLength(system === 'none' ? 0 : 1)
      expect(messages.at(-1)?.role).toBe('user')
    }
  })
})

describe('what is left out', () => {
  test('rows that say the same again, and replies without an action, are counted and come back when asked for', async () => {
    const log = await throughModel(shop, model(), {}, SETTINGS)
    const all = written(log, 'trl-dpo', { duplicates: true, unusable: true })
    const kept = written(log, 'trl-dpo')
    const texts = kept.rows.map(({ prompt, chosen, rejected }) => JSON.stringify([prompt, chosen, rejected]))
    expect(new Set(texts).size).toBe(texts.length)
    const { rows, duplicates, unusable } = kept.summary
    expect(duplicates).toBeGreaterThan(0)
    expect(unusable).toBeGreaterThan(0)
    expect(rows + duplicates + unusable).toBe(all.rows.length)
    for (const { chosen, rejected } of kept.rows)
      for (const side of [chosen, rejected]) expect(messagesOf(side)[0]?.content).toMatch(/Action: \S/)
    expect(summaryWords(kept.summary, DATASET_FORMATS['trl-dpo']).join(' ')).toMatch(
      /the same again left out.*no action left out/,
    )
  })

  test('a pair whose rewards differ by less than asked for, and what a task has beyond its most', async () => {
    const log = await collect(toyRun(treeActor(), toyConfig({ method: 'fixed-size', candidates: 6, tasks: 8 })))
    const { rows } = written(log, 'trl-dpo', { minGap: 0.3, perTask: 2 })
    const gaps = rows.map(({ chosen_reward, rejected_reward }) => {
      return (chosen_reward as { float: number }).float - (rejected_reward as { float: number }).float
    })
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.3)
    const perTask = rows.map(({ task_id }) => rows.filter((other) => other.task_id === task_id).length)
    expect(Math.max(...perTask)).toBe(2)
  })

  test.each(['rro', 'rro-recycled', 'fixed-size', 'ipr', 'eto', 'uct'] as const)(
    'of %s: each row is written or counted once, by one reason',
    async (method) => {
      const log = await collect(toyRun(treeActor(), toyConfig({ method, tasks: 12, firstRise: 'draw-one-more' })))
      const all = written(log, 'trl-dpo', { duplicates: true })
      const filters: DatasetChoices[] = [
        ...[{ risesOnly: true }, { minGap: 0.2 }, { maxError: 0.1 }, { maxTokens: 40 }, { perTask: 1 }],
        { risesOnly: true, minGap: 0.1, maxError: 0.2, maxTokens: 60, perTask: 3 },
      ]
      for (const choices of filters) {
        const { rows, summary } = written(log, 'trl-dpo', choices)
        const left = REASONS.reduce((sum, reason) => sum + summary[reason], 0)
        expect([rows.length, rows.length + left]).toEqual([summary.rows, all.rows.length])
        expect(summary.tokens.most).toBeLessThanOrEqual(choices.maxTokens ?? Number.POSITIVE_INFINITY)
      }
    },
  )

  test('what did not rise by rollouts of its own, and differences that are not known well enough', async () => {
    const log = await collect(toyRun(treeActor(), toyConfig({ method: 'rro-recycled', tasks: 12, startRollouts: 12 })))
    const folds = tasksOf(log).map((events) => foldTask(events) ?? expect.fail())
    const stepOf = ({ task, step }: Row) => {
      const [fold, at] = [task, step].map((cell) => (cell as { int: number }).int)
      return folds.find((state) => state.task === fold)?.steps[Number(at) - 1]
    }
    const rose = written(log, 'trl-dpo', { risesOnly: true })
    expect(rose.rows.length).toBeGreaterThan(0)
    expect(rose.summary.notRisen).toBeGreaterThan(0)
    for (const row of rose.rows) {
      const chosen = messagesOf(row.chosen)[0]?.content
      const candidate = stepOf(row)?.candidates.find(({ proposed }) => proposed.text === chosen)
      expect(candidate?.scored?.rises).toBe(true)
    }
    const sure = written(log, 'trl-dpo', { maxError: 0.15 })
    expect(sure.summary.uncertain).toBeGreaterThan(0)
    for (const row of sure.rows) expect(row.reason).not.toBe('branch')
    expect(summaryWords(sure.summary, DATASET_FORMATS['trl-dpo']).join(' ')).toMatch(/larger standard error left out/)
  })
})

test('no format teaches a reply without an action unless it is asked for', async () => {
  const explored = await throughModel(shop, model(), {}, SETTINGS)
  // One that was gone on with, too.
  const gone = explored.findIndex((event) => event.type === 'step-decided')
  const { task, step, continued } = explored[gone] as StepDecided
  const log = explored.map((event) =>
    event.type === 'candidate-proposed' && event.task === task && event.step === step && event.candidate === continued
      ? { ...event, text: 'I do not know.', action: '' }
      : event,
  )
  const options = { duplicates: true, paths: 'best' } as const
  for (const format of ['trl-sft', 'trl-prm', 'trl-kto'] as const) {
    const { rows, summary } = written(log, format, options)
    const taught = rows.map(({ messages, completion, completions }) => {
      if (completions !== undefined) return (completions as { texts: string[] }).texts
      return messagesOf(messages ?? completion).flatMap(({ role, content }) => (role === 'assistant' ? [content] : []))
    })
    expect(summary.unusable, format).toBeGreaterThan(0)
    expect(written(log, format, { ...options, unusable: true }).rows.length).toBe(rows.length + summary.unusable)
    for (const text of taught.flat()) expect(text, format).toMatch(/\nAction: [^\n]+$/)
  }
})

describe('a pair of whole trajectories', () => {
  test('is the first turn in which the two differ, after all that they share', async () => {
    const log = await collect(toyRun(treeActor(), toyConfig({ method: 'eto', tasks: 12 })))
    const whole = written(log, 'trl-dpo', { trajectories: 'whole', duplicates: true }).rows
    const turns = written(log, 'trl-dpo', { duplicates: true }).rows
    expect(whole.length).toBeGreaterThan(2)
    for (const [i, { prompt, chosen, rejected }] of turns.entries()) {
      const [before, ours, theirs] = [prompt, chosen, rejected].map(messagesOf)
      expect([ours?.length, theirs?.length]).toEqual([1, 1])
      expect(ours).not.toEqual(theirs)
      const all = (side: unknown): Message[] => [...messagesOf(whole[i]?.prompt), ...messagesOf(side)]
      const shared = before?.length ?? 0
      expect(all(whole[i]?.chosen).slice(0, shared)).toEqual(before)
      expect(all(whole[i]?.rejected).slice(0, shared)).toEqual(before)
      expect(all(whole[i]?.chosen)[shared]).toEqual(ours?.[0])
      expect(all(whole[i]?.rejected)[shared]).toEqual(theirs?.[0])
    }
  })
})

describe('lengths', () => {
  test('what a trainer would cut is said, with what to set', async () => {
    const log = await throughModel(shop, model(), {}, SETTINGS)
    const format = DATASET_FORMATS['trl-dpo']
    const { summary } = written(log, 'trl-dpo', { example: true })
    expect(summary.tokens).toEqual({ most: PROMPT_TOKENS + 9, counted: true, overLimit: 0 })
    expect(summaryWords(summary, format).join(' ')).not.toContain('longer than')
    const long = { ...summary, tokens: { most: 1500, counted: false, overLimit: 3 } }
    expect(summaryWords(long, format).at(-1)).toMatch(
      /^3 of \d+ rows are longer than 1,024 tokens by estimate and would be cut at the end by TRL 1\.10 as it is: set max_length of DPOConfig to at least 1,536\.$/,
    )
  })
})

describe('other formats', () => {
  const explored = collect(toyRun(treeActor(), toyConfig({ tasks: 12, candidates: 4, firstRise: 'draw-one-more' })))

  test('unpaired: each side of each pair once, with its label', async () => {
    const log = await explored
    const pairs = written(log, 'trl-dpo', { duplicates: true }).rows
    const rows = written(log, 'trl-kto', { duplicates: true }).rows
    expect(rows.map(({ completion, label }) => [completion, label])).toEqual(
      pairs.flatMap(({ chosen, rejected }) => [
        [chosen, true],
        [rejected, false],
      ]),
    )
  })

  test('with a margin: the difference of the rewards', async () => {
    for (const row of written(await explored, 'trl-reward').rows) {
      const [margin, chosen, rejected] = [row.margin, row.chosen_reward, row.rejected_reward].map(
        (cell) => (cell as { float: number }).float,
      )
      expect(margin).toBeCloseTo((chosen ?? 0) - (rejected ?? 0), 10)
      expect(margin).toBeGreaterThan(0)
    }
  })

  test('demonstrations: trajectories that rise to their end, roles in turn, the agent last', async () => {
    const log = await explored
    const { rows } = written(log, 'trl-sft')
    expect(rows.length).toBeGreaterThan(0)
    for (const { messages, reward } of rows) {
      const talk = messagesOf(messages)
      expect(talk.slice(1).map(({ role }) => role)).toEqual(talk.slice(1).map((_, i) => (i % 2 ? 'assistant' : 'user')))
      expect(talk.at(-1)?.role).toBe('assistant')
      expect(reward).toHaveProperty('float')
    }
    expect(written(log, 'trl-sft', { paths: 'best', duplicates: true }).rows.length).toBeGreaterThan(rows.length)
  })

  test('where a window was too small for one conversation, each reply stands behind the prompt that it answered', async () => {
    const log = await throughModel(shop, model(), { contextTokens: 1100, maxTokens: 50 }, SETTINGS)
    const { rows } = written(log, 'trl-sft', { paths: 'best', duplicates: true })
    const path = log.filter(({ type }) => type === 'step-decided')
    expect(rows.length).toBeGreaterThan(3)
    expect(rows.length).toBeLessThanOrEqual(path.length)
  })

  test('steps with labels: one for each step, by the rule that is asked for, with the values behind them', async () => {
    const log = await explored
    const { rows } = written(log, 'trl-prm', { duplicates: true })
    const scored = log.filter(({ type }) => type === 'candidate-scored').length
    expect(rows.length).toBeLessThanOrEqual(scored)
    expect(rows.length).toBeGreaterThan(12)
    const strict = written(log, 'trl-prm', { duplicates: true, rightFrom: 0.5 }).rows
    for (const [i, { completions, labels, values, prompt }] of rows.entries()) {
      const { texts } = completions as { texts: string[] }
      const { flags } = labels as { flags: boolean[] }
      const { floats } = values as { floats: number[] }
      expect([flags.length, floats.length]).toEqual([texts.length, texts.length])
      expect(prompt).toEqual(expect.stringContaining('Play.'))
      expect((strict[i] as { labels: { flags: boolean[] } }).labels.flags).toEqual(floats.map((value) => value >= 0.5))
    }
  })

  test('prompts alone: one for each task, however often it was explored', async () => {
    const log = await explored
    const { rows } = written(log, 'trl-prompts')
    const ids = new Set(log.flatMap((event) => (event.type === 'task-started' ? [event.taskId] : [])))
    expect(rows.length).toBeLessThanOrEqual(ids.size)
    for (const { prompt } of rows) expect(messagesOf(prompt).map(({ role }) => role)).toEqual(['system', 'user'])
  })
})

test('a branch of a language model has the prompt of the rollout that it comes from', async () => {
  const settings = { ...SETTINGS, method: 'rro-recycled', startRollouts: 12, tasks: 2 } as const
  const log = await throughModel(shop, model(), { contextTokens: 1700, maxTokens: 50 }, settings)
  const header = log[0] as RunStarted
  const asked = tasksOf(log).flatMap((events) =>
    [...rawPrompts(shop, header, events)].map(({ messages }) => JSON.stringify(messages)),
  )
  const { rows } = written(log, 'trl-dpo', { example: true, duplicates: true, unusable: true })
  const branches = rows.filter(({ reason }) => reason === 'branch')
  expect(branches.length).toBeGreaterThan(0)
  for (const { prompt } of branches) expect(asked).toContain(JSON.stringify(messagesOf(prompt)))
})
