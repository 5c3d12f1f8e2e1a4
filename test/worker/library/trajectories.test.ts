/** Other people's trajectories: what we write in their forms comes back, ReAct texts are read, and hostile files are told. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import type { RunEvent } from '../../../src/core/log/events.ts'
import { foldTask } from '../../../src/core/log/fold-task.ts'
import { LogChecker } from '../../../src/formats/log-checker.ts'
import { readTrajectories } from '../../../src/formats/trajectories/read-trajectories.ts'
import type { Lab } from '../../../src/worker/lab/lab.ts'
import type { DatasetFormatName } from '../../../src/worker/protocol/datasets.ts'
import type { BroughtTrajectories } from '../../../src/worker/protocol/library.ts'
import { fileOf, logOf, openTestLab } from '../labs.ts'

type Environment = 'webshop' | 'intercode-sql'

const fileWith = (text: string, name = 'theirs.json'): File => new File([text], name)

/** What is brought, with the events of its first run. */
async function brought(lab: Lab, text: string): Promise<BroughtTrajectories & { readonly log: readonly RunEvent[] }> {
  const made = unwrap(await lab.library('importTrajectories', fileWith(text)))
  return { ...made, log: await logOf(lab, made.runs[0]?.id ?? '') }
}

async function refusal(text: string): Promise<string> {
  const lab = openTestLab()
  const made = await lab.library('importTrajectories', fileWith(text))
  expect(await lab.runs()).toEqual([])
  return made.ok ? 'nothing' : made.failure.message
}

/** The replies and observations of the tasks of a log, and what each earned. */
function paths(log: readonly RunEvent[]) {
  const tasks = new Set(log.flatMap((event) => ('task' in event ? [event.task] : [])))
  return [...tasks].map((task) => {
    const state = foldTask(log.filter((event) => 'task' in event && event.task === task))
    const steps = (state?.steps ?? []).map(({ candidates, decided }) => {
      const { text, action } = candidates[(decided?.continued ?? 1) - 1]?.proposed ?? {}
      return { text, action, observation: decided?.observation }
    })
    const { taskId, finished, observation } = state ?? {}
    return { taskId, observation, steps, reward: finished?.reward }
  })
}

async function explored(lab: Lab, settings: Readonly<Record<string, unknown>>): Promise<string> {
  const { info } = unwrap(await lab.create({ tasks: 6, rollouts: 2, candidates: 2, ...settings })).progress
  for (let task = 0; task < info.config.tasks; task++) unwrap(await lab.advance('task'))
  return info.id
}

async function written(lab: Lab, run: string, format: DatasetFormatName): Promise<string> {
  const order = { runs: [run], format, testShare: 0, choices: { paths: 'best', duplicates: true } } as const
  const { files } = unwrap(await lab.dataset('write', order))
  return files[0]?.file.text() ?? ''
}

describe.each<Environment>(['webshop', 'intercode-sql'])('what we write of %s in their forms', (environment) => {
  test.each(['ipr-sft', 'sharegpt', 'trl-sft'] as const)('%s comes back as it was explored', async (format) => {
    const lab = openTestLab()
    const run = await explored(lab, { environment })
    const text = await written(lab, run, format)
    const { log, notes, runs } = await brought(lab, text)
    expect(notes).toEqual([])
    expect(runs).toMatchObject([{ finished: true, origin: 'imported', pairs: 0, cost: { policyCalls: 0 } }])
    const before = new Map(paths(await logOf(lab, run)).map((path) => [path.taskId, path]))
    const after = paths(log)
    expect(after.length).toBeGreaterThan(2)
    for (const path of after) expect(path).toEqual(before.get(path.taskId))
    // Explore looks into the world at any of its steps.
    unwrap(await lab.open(runs[0]?.id ?? ''))
    for (const [task, { steps }] of after.entries()) {
      const sight = unwrap(
        await lab.world(
          task,
          steps.flatMap(({ action }) => action ?? []),
        ),
      )
      expect(sight.observation).toBe(steps.at(-1)?.observation)
    }
  })

  test('rollouts, which have a worked example before the task, begin behind it', async () => {
    const lab = openTestLab()
    const rows: { id: string; reward: number; conversations: { from: string; value: string }[] }[] = JSON.parse(
      await written(lab, await explored(lab, { environment }), 'ipr-sft'),
    )
    const [example, ...others] = rows
    const [, , seen, ...played] = example?.conversations ?? []
    const unknown = [{ from: 'human', value: 'Observation:\nCount the moons' }, ...played]
    const chat = { human: 'user', gpt: 'assistant' } as Record<string, string>
    const withExample = others.map(({ id, reward, conversations: [first, ok, ...rest] }, i) => {
      const talk = [first, ok, ...(i % 2 === 0 ? unknown : [seen, ...played]), ...rest]
      const end = { from: 'human', value: `Observation: ${environment}` }
      if (i % 3 === 0) return { meta: { reward, steps: 3 }, conversations: talk }
      const messages = [...talk, end].map((turn) => ({ role: chat[turn?.from ?? ''], content: turn?.value }))
      return { id: `${id}_1`, iteration: 0, agent_conversations: messages, agent_final_reward: reward }
    })
    const plain = await brought(lab, JSON.stringify(others))
    const read = await brought(lab, JSON.stringify(withExample))
    expect(paths(read.log)).toEqual(paths(plain.log))
    const ends = others.filter((_, i) => i % 3 !== 0).length
    expect(read.notes).toEqual([expect.stringMatching(`^${ends} observations? differs? from the file`)])
  })

  test('eto-pairs come back as both sides, the chosen one earning more', async () => {
    const lab = openTestLab()
    const text = await written(lab, await explored(lab, { environment, method: 'eto', tasks: 12 }), 'eto-pairs')
    const { log } = await brought(lab, text)
    const sides = paths(log)
    expect(sides.length).toBe(2 * JSON.parse(text).length)
    for (let i = 0; i < sides.length; i += 2) {
      expect(sides[i]?.taskId).toBe(sides[i + 1]?.taskId)
      expect(sides[i]?.reward).toBeGreaterThan(sides[i + 1]?.reward ?? 1)
    }
  })
})

/** A trajectory of a task of the shipped shop, as ReAct writes it, and what the environment answers. */
async function reactText(lab: Lab, environment: Environment): Promise<{ text: string; log: readonly RunEvent[] }> {
  const log = await logOf(lab, await explored(lab, { environment, tasks: 2 }))
  const text = paths(log)
    .map(({ observation, steps }, task) => {
      const instruction = log.flatMap((event) =>
        event.type === 'task-started' && event.task === task ? [event.instruction] : [],
      )
      const turns = steps.map(
        ({ text, observation }, i) =>
          `${text?.replace('Thought:', `Thought ${i + 1}:`).replace('Action:', `Action ${i + 1}:`)}\nObservation ${i + 1}: ${observation}`,
      )
      return [`Question: ${instruction}`, `Observation: ${observation}`, ...turns].join('\n')
    })
    .join('\n\n=====\n')
  return { text: `Solve these tasks.\n\n${text}\n`, log }
}

describe('a ReAct text', () => {
  test.each<Environment>(['webshop', 'intercode-sql'])(
    'of %s is played again to the same rewards',
    async (environment) => {
      const lab = openTestLab()
      const { text, log } = await reactText(lab, environment)
      const read = await brought(lab, text)
      const outcomes = (events: readonly RunEvent[]) =>
        paths(events).map(({ taskId, steps, reward }) => ({
          taskId,
          reward,
          actions: steps.map(({ action }) => action),
        }))
      expect(outcomes(read.log)).toEqual(outcomes(log))
      expect(read.notes).toEqual([])
    },
  )
})

const INSTRUCTION_OF = (log: readonly RunEvent[]) =>
  log.flatMap((event) => (event.type === 'task-started' ? [event.instruction] : []))[0] ?? ''

test('what the environment says otherwise than the file is told: observations, reward, what comes after the end', async () => {
  const lab = openTestLab()
  const task = INSTRUCTION_OF(await logOf(lab, await explored(lab, { environment: 'intercode-sql', tasks: 1 })))
  const row = {
    ...{ id: 'sql_1', reward: 0.75 },
    conversations: [
      { from: 'human', value: 'You write SQL.' },
      { from: 'gpt', value: 'OK' },
      { from: 'human', value: task },
      { from: 'gpt', value: 'Thought: one\nAction: ```sql\nSELECT 1\n```' },
      { from: 'human', value: 'Observation: [(2,)]' },
      { from: 'gpt', value: 'Thought: done\nAction: submit' },
      { from: 'human', value: 'Observation: [(1,)]' },
      { from: 'gpt', value: 'Action: submit' },
    ],
  }
  const stops = {
    messages: [
      { role: 'user', content: task },
      { role: 'assistant', content: 'SELECT 1' },
    ],
  }
  const unknown = {
    ...row,
    id: 'sql_9',
    conversations: row.conversations.map((turn) =>
      turn.value === task ? { ...turn, value: 'Count the moons.' } : turn,
    ),
  }
  const { notes, runs, log } = await brought(lab, [row, stops, unknown].map((one) => JSON.stringify(one)).join('\n'))
  expect(runs[0]?.tasksFinished).toBe(2)
  expect(notes).toEqual([
    '1 trajectory is about a task that the loaded data (RRO Lab questions, 577 questions over 12 databases) does not have; the first: Line 3, id "sql_9".',
    '1 observation differs from the file; the first: Line 1, after action 1.',
    '1 reward differs; the first: Line 1, 0.75 in the file, 0 here.',
    '1 trajectory goes on after the end, which is left out; the first: Line 1.',
    '1 trajectory stops before the end, with reward 0; the first: Line 2.',
  ])
  expect(paths(log).map(({ steps }) => steps.map(({ action }) => action))).toEqual([
    ['SELECT 1', 'submit'],
    ['SELECT 1'],
  ])
  expect(log.flatMap((event) => (event.type === 'task-finished' ? [event.end] : []))).toEqual(['done', 'file-end'])
})

describe('a file that cannot be', () => {
  const talk = (value: unknown) =>
    JSON.stringify([
      {
        conversations: [
          { from: 'human', value: 'x' },
          { from: 'gpt', value },
        ],
      },
    ])
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
  test.each<[string, string, RegExp]>([
    ['empty', '', /^The file: no line begins with “Action:”/],
    ['no trajectory', '[]', /^The file: there is no trajectory in it/],
    ['cut off', '[{"conversations": [{"from": "hum', /^The file: is no JSON/],
    ['cut off in a line', `${talk('Action: submit').slice(1, -1)}\n{"conversations": [`, /^Line 2: is no JSON/],
    ['of other things', '[{"name": "a", "asin": "b"}]', /^Entry 1: has no "conversations"/],
    ['a number as a text', talk(7), /^Entry 1, message 2: "value" expected string, received 7/],
    ['markup', talk('<img src=x onerror=alert(1)>'.repeat(9)), /^1 trajectory is about a task that the loaded data/],
    ['nobody acts', talk('OK'), /^Entry 1: the agent does nothing in it/],
    ['a long text', talk('Action: '.repeat(20_000)), /^Entry 1, message 2: "value" is longer than 100,000 characters/],
    [
      'a strange role',
      JSON.stringify([{ role: '__proto__', content: 'x' }]),
      /^Entry 1, message 1: "role" is none of gpt,/,
    ],
    [
      'many messages',
      JSON.stringify({ messages: Array(1001).fill({ role: 'user', content: '' }) }),
      /^Entry 1: more than 1,000/,
    ],
    ['no text in a message', '[{"role": "user"}]', /^Entry 1, message 1: has no "content"/],
    ['many trajectories', `[${'0,'.repeat(20_000)}0]`, /^The file has more than 20,000 trajectories/],
    ['many lines', '{"messages": []}\n[]\n'.repeat(10_001), /^The file has more than 20,000 trajectories/],
    ['many texts', 'Action: a\n---\n'.repeat(20_002), /^The file has more than 20,000 trajectories/],
    [
      'an endless text',
      `Action: a${'\n'.repeat(4_000_001)}`,
      /^Line 1: more than 4,000,000 characters without a next one/,
    ],
    ['no list', '{"messages": {"length": 3}}', /^Entry 1: expected a list of messages/],
    ['pairs without a prompt', '{"chosen": [], "rejected": []}', /^Entry 1, prompt: expected a list/],
    ['nested deep', `{"conversations": ${deep}}`, /^Entry 1, message 1: is no message/],
    [
      'an unknown task',
      talk('Action: search[moon]'),
      /does not have; the first: Entry 1\. Nothing was imported\. Load the data/,
    ],
  ])('%s: is told, and nothing is stored', async (_, text, words) => {
    expect(await refusal(text)).toMatch(words)
  })

  test('of any text is read, or told with what was done', async () => {
    const words = fc.constantFrom(
      'Thought: ',
      'Action: ',
      'Observation: ',
      '\n',
      '---',
      '[',
      '{"',
      'search[a]',
      '"role"',
      ':',
      'Task: ',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 40 }), (parts) => {
        const read = readTrajectories(parts.join(''))
        if (read.ok) expect(read.value.every(({ turns }) => turns.length > 0)).toBe(true)
        else expect(read.failure.message).toMatch(/Nothing was imported/)
      }),
    )
    const long = `Action:${' '.repeat(60_000)}\n${'>'.repeat(60_000)}`
    expect(readTrajectories(long).ok).toBe(false)
  })
})

test('at any step of it a visitor may ask what another action would be worth, in the file’s own task', async () => {
  const lab = openTestLab()
  const { text } = await reactText(lab, 'intercode-sql')
  const { runs, log } = await brought(lab, text)
  unwrap(await lab.open(runs[0]?.id ?? ''))
  const { events, observation } = unwrap(await lab.visit('whatIf', { task: 1, step: 1, action: 'SELECT 1 + 1' }))
  expect(observation).toBe('[(2,)]')
  expect(events.map(({ type }) => type)).toContain('candidate-scored')
  const [first, second] = paths(log)
  const sight = unwrap(await lab.world(1, []))
  expect(sight.observation).toBe(second?.observation)
  expect(first?.taskId).not.toBe(second?.taskId)
  unwrap(await lab.visit('agentAverage', 1))
})

test('the settings of a file explore nothing, and say so', async () => {
  const made = await openTestLab().create({ method: 'replay', policy: 'file', model: 'x' })
  expect(made).toMatchObject({ ok: false, failure: { code: 'agent-elsewhere' } })
  expect(!made.ok && made.failure.message).toMatch(
    /trajectories from a file: nobody can be asked\. Choose an agent and a method\.$/,
  )
})

test('a brought run is a run file like any other, and is imported as such', async () => {
  const lab = openTestLab()
  const { text } = await reactText(lab, 'webshop')
  const { runs, log } = await brought(lab, text)
  const checker = new LogChecker()
  expect(log.flatMap((event) => checker.add(event) ?? [])).toEqual([])
  const file = await fileOf(lab, runs[0]?.id ?? '')
  const again = unwrap(await openTestLab().importRun(fileWith(file, 'again.jsonl')))
  expect(again).toMatchObject({ tasksFinished: 2, rewardSum: runs[0]?.rewardSum })
})
