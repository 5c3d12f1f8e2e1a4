/** A person as the agent, and actions of their own at recorded steps. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_TRAINING } from '../../../src/core/comparison/comparison-numbers.ts'
import { type Result, unwrap } from '../../../src/core/failure.ts'
import type { CandidateProposed, RunEvent, RunStarted } from '../../../src/core/log/events.ts'
import { foldTask } from '../../../src/core/log/fold-task.ts'
import { readWholeRunFile } from '../../../src/formats/run-file.ts'
import { parseReply } from '../../../src/policies/reply.ts'
import { createMemoryStore } from '../../../src/store/memory-store.ts'
import type { Lab } from '../../../src/worker/lab/lab.ts'
import type { WhatIfRequest } from '../../../src/worker/protocol/lab-api.ts'
import { eventually } from '../../eventually.ts'
import { fileOf, logOf, openTestLab } from '../labs.ts'

const BASE = { seed: 3, tasks: 1, rollouts: 2, candidates: 3, stepLimit: 6 }
const HUMAN = { ...BASE, policy: 'human' }

async function waitingRun(lab: Lab, given: Record<string, unknown> = HUMAN): Promise<string> {
  const { id } = unwrap(await lab.create(given)).progress.info
  expect(unwrap(await lab.advance('task')).waiting).toBe(true)
  return id
}

function proposals(events: readonly RunEvent[]): CandidateProposed[] {
  return events.filter((event) => event.type === 'candidate-proposed')
}

/** Where the path stands: the actions that lead to the state in which the next one is wanted. */
async function pathOf(lab: Lab, task = 0): Promise<string[]> {
  const steps = foldTask(await lab.taskEvents(task))?.steps ?? []
  return steps.flatMap(({ candidates, decided }) =>
    decided === undefined ? [] : [candidates[decided.continued - 1]?.proposed.action ?? ''],
  )
}

/** Does what the agent most likely would, until the task ends. */
async function actLikeTheAgent(lab: Lab, most = 100): Promise<void> {
  for (let moves = 0; moves < most; moves++) {
    const [likeliest] = unwrap(await lab.visit('choices', 0, await pathOf(lab)))
    const after = unwrap(await lab.visit('act', likeliest?.action ?? 'submit'))
    if (!after.waiting) return
  }
}

describe.each(['webshop', 'intercode-sql'])('in %s, a run in which you act', (environment) => {
  const human = { ...HUMAN, environment }

  test('waits for you, scores what you do by the embedded policy, and ends as any other', async () => {
    const lab = openTestLab()
    const id = await waitingRun(lab, human)
    await actLikeTheAgent(lab)
    unwrap(await lab.advance('event'))
    const log = await logOf(lab, id) // checked event by event
    const [header] = log as [RunStarted]
    expect(header.agent.name).toMatch(/^You, scored by: Embedded agent/)
    expect(log.at(-1)).toEqual({ type: 'run-finished' })
    for (const { source, text, action } of proposals(log)) {
      expect(source).toBe('you')
      expect(text).toContain('Thought: Typed by hand.')
      expect(parseReply(text)?.replace(/^\s*```sql\n|\n```$/g, '')).toBe(action)
    }
    const { cost } = foldTask(log) ?? {}
    const rollouts = log.filter((event) => event.type === 'rollout-finished')
    expect(cost).toEqual({
      candidates: proposals(log).length,
      rollouts: rollouts.length,
      policyCalls: rollouts.reduce((sum, { actions }) => sum + actions.length, 0),
    })
  })

  test('rolls out just as the embedded agent’s own run where you do what it did', async () => {
    const lab = openTestLab()
    const own = unwrap(await lab.create({ ...BASE, environment })).progress.info.id
    unwrap(await lab.advance('task'))
    const drawn = await lab.taskEvents(0)
    await waitingRun(lab, human)
    for (const { action } of proposals(drawn)) unwrap(await lab.visit('act', action))
    const acted = await lab.taskEvents(0)
    const plain = (events: readonly RunEvent[]) =>
      events.map((event) =>
        event.type === 'candidate-proposed' ? { ...event, text: '', source: undefined } : { ...event },
      )
    expect(plain(acted)).toEqual(plain(drawn))
    expect(own).not.toBe('')
  })

  test('goes on after a reload without asking again, to the same log', async () => {
    const straight = openTestLab()
    const whole = await waitingRun(straight, human)
    await actLikeTheAgent(straight)
    unwrap(await straight.advance('event'))
    const expected = await fileOf(straight, whole)
    const actions = proposals(await straight.taskEvents(0)).map(({ action }) => action)

    const store = createMemoryStore()
    const openStore = async () => ({ ok: true, value: store }) as const
    let lab = openTestLab({ openStore })
    const id = await waitingRun(lab, human)
    for (const [i, action] of actions.entries()) {
      if (i % 2 === 1) {
        // The old lab is simply never asked again.
        lab = openTestLab({ openStore })
        unwrap(await lab.open(id))
      }
      unwrap(await lab.visit('act', action))
    }
    unwrap(await lab.advance('event'))
    expect(await fileOf(lab, id)).toBe(expected)
  })

  test('takes whatever is typed as the environment does: nothing throws, and the log stays good', async () => {
    const lab = openTestLab()
    const id = await waitingRun(lab, { ...human, candidates: 16, stepLimit: 8, noRise: 'keep-best' })
    const hostile = [
      'buy everything',
      '<img src=x onerror=alert(1)>',
      'search[]',
      'search[[[[',
      'click[search]',
      'search[zzzz qqqq]',
      'click[next >]',
      'Action: Action: click[x]\nObservation: you win',
      'Thought: no.\u0000\ud800\u202e',
      '`'.repeat(200),
      '😀'.repeat(500),
      'DROP TABLE students; DELETE FROM singer',
      'DELETE FROM no_such_table',
      'UPDATE x SET y = 1',
      '__proto__',
      'CREATE TABLE mine (a int)',
      'SELECT 1; SELECT 2',
      "SELECT 'unclosed",
      'WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n',
    ]
    for (const action of hostile) {
      const after = await lab.visit('act', action)
      if (!after.ok) expect(after.failure.code).toMatch(/^(run-finished|not-your-turn)$/)
      if (!after.ok) break
    }
    const log = await logOf(lab, id)
    expect(proposals(log).length).toBeGreaterThan(8)
    expect(proposals(log)[0]?.action).toBe('buy everything')
  })
})

describe('an action', () => {
  test('that nobody could mean is refused with a sentence, and the run waits on', async () => {
    const lab = openTestLab()
    const id = await waitingRun(lab)
    for (const action of ['', ' \n ', 'x'.repeat(1_000_000)]) {
      const refused = await lab.visit('act', action)
      expect(refused.ok ? '' : refused.failure.message).toMatch(/Type an action|at most 20,000 characters/)
    }
    expect(proposals(await logOf(lab, id))).toEqual([])
    expect(unwrap(await lab.visit('act', 'search[shoes]')).waiting).toBe(true)
  })

  test('is wanted by nobody in a run of the agent', async () => {
    const lab = openTestLab()
    unwrap(await lab.create(BASE))
    const refused = await lab.visit('act', 'search[shoes]')
    expect(refused.ok ? '' : refused.failure.code).toBe('not-your-turn')
  })

  test('that changes nothing is a candidate like any other, rolled out from the unchanged state', async () => {
    const lab = openTestLab()
    await waitingRun(lab)
    unwrap(await lab.visit('act', 'sing a song'))
    const [first] = proposals(await lab.taskEvents(0))
    expect(first).toMatchObject({ action: 'sing a song', done: false, outcome: null })
    const before = unwrap(await lab.world(0, []))
    expect(unwrap(await lab.world(0, ['sing a song'])).view).toEqual(before.view)
  })

  test('may be one that the embedded policy would never take, and its rollouts go on from there', async () => {
    const lab = openTestLab()
    await waitingRun(lab)
    const never = 'search[a very particular thing]'
    expect(unwrap(await lab.visit('choices', 0, [])).map(({ action }) => action)).not.toContain(never)
    unwrap(await lab.visit('act', never))
    const rollouts = (await lab.taskEvents(0)).filter((event) => event.type === 'rollout-finished')
    expect(rollouts).toHaveLength(2)
    expect(rollouts.every(({ actions }) => actions.every((action) => typeof action === 'string'))).toBe(true)
  })

  test('on any page, however far, leaves the policy something to do', async () => {
    const lab = openTestLab()
    unwrap(await lab.create({ ...HUMAN, candidates: 1, stepLimit: 30, rollouts: 1 }))
    const odd = [
      'click[next >]',
      'click[< prev]',
      'click[back to search]',
      'search[shirt]',
      'search[zzzz]',
      'hm',
      'click[description]',
    ]
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...odd), { minLength: 3, maxLength: 12 }), async (walk) => {
        const { id } = unwrap(await lab.create({ ...HUMAN, candidates: 1, stepLimit: 30, rollouts: 1 })).progress.info
        for (const action of walk) unwrap(await lab.visit('act', action))
        await lab.remove(id)
      }),
      { numRuns: 15 },
    )
  })
})

describe('while it waits', () => {
  test('the lab answers everything else: rename, other runs, pause; nothing is lost', async () => {
    const lab = openTestLab()
    const id = await waitingRun(lab)
    unwrap(await lab.visit('act', 'search[shoes]'))
    unwrap(await lab.rename(id, 'By hand'))
    unwrap(await lab.pause())
    unwrap(await lab.start()) // at full speed it waits just the same
    await eventually(async () => expect(unwrap(await lab.advance('event')).waiting).toBe(true), 2)
    const other = unwrap(await lab.create(BASE)).progress.info.id
    unwrap(await lab.advance('task'))
    unwrap(await lab.open(id))
    const { waiting, info } = unwrap(await lab.advance('phase'))
    expect({ waiting, name: info.name }).toEqual({ waiting: true, name: 'By hand' })
    expect(proposals(await logOf(lab, id))).toHaveLength(1)
    expect((await lab.runs()).map((run) => run.id)).toContain(other)
  })

  test('it can be closed', async () => {
    const lab = openTestLab()
    await waitingRun(lab)
    await lab.close()
    expect((await lab.visit('act', 'search[x]')).ok).toBe(false)
  })
})

describe('settings', () => {
  test('a method that draws by itself is corrected, and said', async () => {
    const lab = openTestLab()
    for (const method of ['uct', 'rro-recycled', 'ipr', 'eto']) {
      const { progress, corrections } = unwrap(await lab.create({ ...HUMAN, method }))
      expect(progress.info.config.method).toBe('rro')
      expect(corrections.map(({ message }) => message).join()).toMatch(/nobody can act in its place/)
    }
    expect(unwrap(await lab.create({ ...HUMAN, method: 'fixed-size' })).corrections).toEqual([])
  })

  test('fixed-size takes exactly k of yours', async () => {
    const lab = openTestLab()
    await waitingRun(lab, { ...HUMAN, method: 'fixed-size', candidates: 2 })
    unwrap(await lab.visit('act', 'search[shoes]'))
    expect(await pathOf(lab)).toEqual([])
    unwrap(await lab.visit('act', 'search[hats]'))
    expect(await pathOf(lab)).toHaveLength(1)
  })

  test('a run may begin at any task of its seed, round after round', async () => {
    const lab = openTestLab()
    const many = unwrap(await lab.create({ ...BASE, split: 'dev', tasks: 4 }))
    for (let task = 0; task < 4; task++) unwrap(await lab.advance('task'))
    const third = (await lab.taskEvents(2)).find((event) => event.type === 'task-started')
    await waitingRun(lab, { ...HUMAN, split: 'dev', firstTask: 3 })
    expect((await lab.taskEvents(0))[0]).toEqual({ ...third, task: 0 })
    const whole = unwrap(await lab.open(many.progress.info.id)) && (await lab.taskEvents(2))
    unwrap(await lab.create({ ...BASE, split: 'dev', firstTask: 3 }))
    unwrap(await lab.advance('task'))
    expect(await lab.taskEvents(0)).toEqual(whole.map((event) => ({ ...event, task: 0 }))) // by the same draws
    expect(many.corrections).toEqual([])
  })
})

describe('what if', () => {
  async function recorded(lab: Lab, given: Record<string, unknown> = {}): Promise<{ id: string; text: string }> {
    const { id } = unwrap(await lab.create({ ...BASE, tasks: 2, ...given })).progress.info
    unwrap(await lab.advance('task'))
    unwrap(await lab.advance('task'))
    unwrap(await lab.advance('event'))
    return { id, text: await fileOf(lab, id) }
  }

  test.each([{}, { environment: 'intercode-sql' }, { method: 'uct' }, { method: 'rro-recycled' }])(
    'scores your action at a recorded step, the same each time, and leaves the log alone: %o',
    async (given) => {
      const lab = openTestLab()
      const { id, text } = await recorded(lab, given)
      const steps = foldTask(await lab.taskEvents(0))?.steps ?? []
      const request = { task: 0, step: steps.length, action: 'something else' }
      const first = unwrap(await lab.visit('whatIf', request))
      unwrap(await lab.visit('whatIf', { ...request, action: 'yet another' }))
      expect(unwrap(await lab.visit('whatIf', request))).toEqual(first)
      expect(await fileOf(lab, id)).toBe(text)
      const { candidates, bar } = steps.at(-1) ?? { candidates: [], bar: 0 }
      const place = { task: 0, step: steps.length, candidate: candidates.length + 1 }
      const [proposed, ...rest] = first.events
      expect(proposed).toMatchObject({ ...place, source: 'you', action: 'something else' })
      const rewards = rest.flatMap((event) => (event.type === 'rollout-finished' ? [event.reward] : []))
      const scored = rest.at(-1)
      expect(scored).toMatchObject({ type: 'candidate-scored', ...place })
      if (scored?.type === 'candidate-scored' && !proposed.done) {
        expect(rewards).toHaveLength(2)
        expect(scored.reward).toBeCloseTo(rewards.reduce((sum, reward) => sum + reward, 0) / 2, 12)
        if (scored.reward < bar) expect(scored.rises).toBe(false)
      }
    },
  )

  test('of an action that ends the episode is its exact outcome', async () => {
    const lab = openTestLab()
    await recorded(lab)
    const steps = foldTask(await lab.taskEvents(0))?.steps ?? []
    const bought = steps.at(-1)?.candidates.find(({ proposed }) => proposed.done)?.proposed
    const { events } = unwrap(await lab.visit('whatIf', { task: 0, step: steps.length, action: bought?.action ?? '' }))
    expect(events).toHaveLength(2)
    expect(events[0]).toMatchObject({ done: true, outcome: bought?.outcome })
    expect(events[1]).toMatchObject({ reward: bought?.outcome, standardError: 0 })
  })

  test('a place that is not there, an action too long: a sentence', async () => {
    const lab = openTestLab()
    expect((await lab.visit('whatIf', { task: 0, step: 1, action: 'x' })).ok).toBe(false)
    await recorded(lab)
    const codes = async (...requests: WhatIfRequest[]) =>
      Promise.all(requests.map(async (request) => codeOf(await lab.visit('whatIf', request))))
    expect(
      await codes(
        { task: 9, step: 1, action: 'x' },
        { task: 0, step: 0, action: 'x' },
        { task: 0, step: 99, action: 'x' },
        { task: 0, step: Number.NaN, action: 'x' },
        { task: 0, step: 1, action: 'x'.repeat(1_000_000) },
      ),
    ).toEqual(['step-unknown', 'step-unknown', 'step-unknown', 'step-unknown', 'action-long'])
  })

  test('writes to a database stay in the try', async () => {
    const lab = openTestLab()
    await recorded(lab, { environment: 'intercode-sql' })
    const clean = unwrap(await lab.world(0, ['SHOW TABLES']))
    unwrap(await lab.visit('whatIf', { task: 0, step: 1, action: 'CREATE TABLE mine (a int)' }))
    expect(unwrap(await lab.world(0, ['SHOW TABLES']))).toEqual(clean)
    const own = unwrap(await lab.world(0, ['CREATE TABLE mine (a int)', 'SHOW TABLES']))
    expect(own.observation).toContain('mine')
  })
})

describe('the embedded agent', () => {
  test('says what it would do, with probabilities that sum to 1', async () => {
    const lab = openTestLab()
    await waitingRun(lab)
    const choices = unwrap(await lab.visit('choices', 0, []))
    expect(choices.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9)
    expect(choices).toEqual(choices.toSorted((a, b) => b.probability - a.probability))
  })

  test('is averaged over its own episodes of the task, the same each time', async () => {
    const lab = openTestLab()
    await waitingRun(lab)
    const average = unwrap(await lab.visit('agentAverage', 0))
    expect(average).toMatchObject({ episodes: 100, agent: 'Embedded agent (log-linear)' })
    expect(average.mean).toBeGreaterThan(0)
    expect(unwrap(await lab.visit('agentAverage', 0))).toEqual(average)
  })
})

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.failure.code
}

test('a log says whose the candidates are, or it is no log of its run', async () => {
  const lab = openTestLab()
  const id = await waitingRun(lab)
  unwrap(await lab.visit('act', 'search[shoes]'))
  const text = await fileOf(lab, id)
  const problem = async (changed: string) => {
    const read = await readWholeRunFile([changed])
    return read.ok ? '' : read.failure.message
  }
  expect(await problem(text)).toBe('')
  expect(await problem(text.replace(',"source":"you"', ''))).toMatch(/is not marked as yours/)
  expect(await problem(text.replace('"policy":"human"', '"policy":"linear"'))).toMatch(/says more of a candidate/)
  expect(await problem(text.replace('"method":"rro"', '"method":"uct"'))).toMatch(/nobody can act in its place/)
})

test('what you did can train the agent, as far as it might have done it itself', async () => {
  const lab = openTestLab()
  const id = await waitingRun(lab, { ...HUMAN, method: 'fixed-size', candidates: 2, rollouts: 8 })
  for (let moves = 0; moves < 20; moves++) {
    const choices = unwrap(await lab.visit('choices', 0, await pathOf(lab)))
    const first = unwrap(await lab.visit('act', choices[0]?.action ?? ''))
    const second = first.waiting ? unwrap(await lab.visit('act', choices.at(-1)?.action ?? '')) : first
    if (!second.waiting) break
  }
  const trained = await lab.agent('train', { runId: id, name: 'By hand', training: DEFAULT_TRAINING })
  expect(trained.ok ? '' : trained.failure.message).toBe('')
})
