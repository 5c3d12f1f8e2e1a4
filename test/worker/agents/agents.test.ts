/** Agents: chosen, trained, named, exported, imported; and runs that carry theirs with them. */
import { describe, expect, test } from 'vitest'
import { DEFAULT_TRAINING } from '../../../src/core/comparison/comparison-numbers.ts'
import { type Result, success, unwrap } from '../../../src/core/failure.ts'
import type { RunStarted } from '../../../src/core/log/events.ts'
import { readWholeRunFile } from '../../../src/formats/run-file.ts'
import { READ_FILES } from '../../../src/policies/transformer/hugging-face/folder.ts'
import { unzipFolder } from '../../../src/policies/transformer/hugging-face/zip.ts'
import { languageModelOf } from '../../../src/policies/transformer/language-model.ts'
import { createMemoryStore } from '../../../src/store/memory-store.ts'
import { threadPool } from '../../../src/worker/comparisons/study-pool.ts'
import type { Lab } from '../../../src/worker/lab/lab.ts'
import {
  type AgentInfo,
  type LabUpdate,
  TRAINING_PHASES,
  type TrainedAgent,
} from '../../../src/worker/protocol/lab-api.ts'
import { eventually } from '../../eventually.ts'
import { fileOf, openTestLab, SHIPPED } from '../labs.ts'

/** Three starts of the embedded policy, and the small language model. */
const SHIPPED_AGENTS = 5

const settings = { tasks: 3, rollouts: 2, candidates: 3, stepLimit: 6, model: 'weak' }

async function explore(lab: Lab, given: Record<string, unknown>): Promise<string> {
  const { id, config } = unwrap(await lab.create(given)).progress.info
  for (let task = 0; task < config.tasks; task++) unwrap(await lab.advance('task'))
  unwrap(await lab.advance('event'))
  return id
}

async function headerOf(text: string): Promise<RunStarted> {
  return unwrap(await readWholeRunFile([text]))[0] as RunStarted
}

function comparedOf({ compared }: TrainedAgent): NonNullable<TrainedAgent['compared']> {
  if (compared === undefined) throw new Error('It was not compared.')
  return compared
}

/** Any agent of the own kind, quickly. */
async function fitted(lab: Lab, name = 'Mine'): Promise<AgentInfo> {
  const request = { environment: 'webshop', name, sft: { demonstrations: 30, epochs: 2 } } as const
  return unwrap(await lab.agent('train', request)).agent
}

function runFile(text: string, change: (header: Record<string, never>) => unknown = (header) => header): File {
  const [first = '', ...rest] = text.split('\n')
  return new File([[JSON.stringify(change(JSON.parse(first))), ...rest].join('\n')], 'elsewhere.run.jsonl')
}

describe('training', () => {
  test('on the pairs of a run makes the weak start better on held-out tasks, and the run’s own agent is the reference', async () => {
    const lab = openTestLab()
    const runId = await explore(lab, { ...settings, tasks: 40, method: 'fixed-size', candidates: 5, stepLimit: 10 })
    const trained = unwrap(await lab.agent('train', { runId, name: ' My  first ', training: DEFAULT_TRAINING }))
    const { agent, after } = trained
    const { before, gain } = comparedOf(trained)
    expect(gain.sampled.mean - (gain.sampled.halfWidth ?? 0)).toBeGreaterThan(0.05)
    expect(after.sampled.mean - before.sampled.mean).toBeCloseTo(gain.sampled.mean, 12)
    // The same start, judged by the script that made it, with other draws.
    const weak = unwrap(await lab.agent('list', 'webshop')).find(({ model }) => model === 'weak')
    expect(Math.abs(before.sampled.mean - Number(weak?.trained.devReward))).toBeLessThan(0.03)
    expect(agent).toMatchObject({ name: 'My first', environment: 'webshop', origin: 'here' })
    const { info } = unwrap(await lab.open(runId)).progress
    expect(agent.trained).toMatchObject({ pairs: info.pairs, policyCalls: info.cost.policyCalls, beta: 0.1 })
    expect(unwrap(await lab.agent('list', 'webshop')).map(({ policy, model }) => [policy, model])).toEqual([
      ['linear', ''],
      ['linear', 'weak'],
      ['linear', 'sharp'],
      ['transformer', ''],
      ['transformer', 'tiny'],
      ['linear', agent.model],
    ])
    expect(unwrap(await lab.agent('list', 'intercode-sql'))).toHaveLength(SHIPPED_AGENTS)
  })

  test.each(['ipo', 'kto'] as const)(
    'by %s makes the weak start better, too, and says by what it was trained',
    async (loss) => {
      const lab = openTestLab()
      const runId = await explore(lab, { ...settings, tasks: 40, method: 'fixed-size', candidates: 5, stepLimit: 10 })
      const training = { ...DEFAULT_TRAINING, loss }
      const trained = unwrap(await lab.agent('train', { runId, name: 'Other', training }))
      const { agent } = trained
      const { gain } = comparedOf(trained)
      expect(gain.sampled.mean - (gain.sampled.halfWidth ?? 0)).toBeGreaterThan(0)
      expect(agent.trained.method).toBe(`${loss.toUpperCase()} on the pairs of a run by fixed-size`)
    },
  )

  test('tells every phase, however quickly it goes by', async () => {
    const lab = openTestLab({ now: () => 0 })
    const phases: string[] = []
    await lab.subscribe((update) => {
      if (update.type === 'training') phases.push(update.phase)
    })
    await fitted(lab)
    // Who computes is a question of language models.
    expect(phases).toEqual(TRAINING_PHASES.filter((phase) => phase !== 'trying'))
  })

  test('is the same however often it is done, and on demonstrations it starts from nothing', async () => {
    const request = { environment: 'webshop', name: 'A', sft: { demonstrations: 40, epochs: 3 } } as const
    const [once, again]: TrainedAgent[] = [
      unwrap(await openTestLab().agent('train', request)),
      unwrap(await openTestLab().agent('train', request)),
    ]
    expect(again).toEqual({ ...once, agent: { ...once?.agent, createdAtMs: again?.agent.createdAtMs } })
    expect(once?.compared?.gain.sampled.mean).toBeGreaterThan(0.1)
    expect(once?.agent.trained).toMatchObject({ demonstrations: 40, epochs: 3 })
  })

  test('that is stopped, has nothing to learn from, or comes second says so, and keeps nothing', async () => {
    const lab = openTestLab()
    const { id } = unwrap(await lab.create(settings)).progress.info
    const request = { runId: id, name: 'A', training: DEFAULT_TRAINING }
    expect(await lab.agent('train', request)).toMatchObject({ ok: false, failure: { code: 'training-no-pairs' } })
    expect(await lab.agent('train', { ...request, runId: 'x' })).toMatchObject({
      ok: false,
      failure: { code: 'run-gone' },
    })
    const sft = { environment: 'webshop', name: 'A', sft: { demonstrations: 30, epochs: 2 } } as const
    const updates: LabUpdate[] = []
    await lab.subscribe((update) => {
      updates.push(update)
      if (update.type === 'training' && update.phase === 'before') void lab.agent('stop')
    })
    const first = lab.agent('train', sft)
    expect(await lab.agent('train', sft)).toMatchObject({ ok: false, failure: { code: 'training-busy' } })
    expect(await first).toMatchObject({ ok: false, failure: { code: 'training-stopped' } })
    expect(await lab.agent('train', { ...sft, name: '  ' })).toMatchObject({
      ok: false,
      failure: { code: 'name-empty' },
    })
    expect(unwrap(await lab.agent('list', 'webshop'))).toHaveLength(SHIPPED_AGENTS)
  })
})

describe('a run with an agent that does not ship', () => {
  test('carries it along: it goes on to the same end elsewhere, and after the agent was deleted', async () => {
    const lab = openTestLab()
    const { model, name } = await fitted(lab, 'Traveller')
    const whole = await fileOf(lab, await explore(lab, { ...settings, model }))
    const { agent } = await headerOf(whole)
    expect(agent).toMatchObject({ name, fingerprint: model })
    expect(agent.parameters).toHaveLength(40)
    const { id } = unwrap(await lab.create({ ...settings, model })).progress.info
    unwrap(await lab.advance('step'))
    const part = await fileOf(lab, id)
    unwrap(await lab.agent('remove', model))
    expect(unwrap(await lab.agent('list', 'webshop'))).toHaveLength(SHIPPED_AGENTS)

    for (const at of [lab, openTestLab()]) {
      const imported = unwrap(await at.importRun(runFile(part)))
      expect(unwrap(await at.open(imported.id)).progress.blocked).toBeUndefined()
      for (let task = 0; task < settings.tasks; task++) unwrap(await at.advance('task'))
      unwrap(await at.advance('event'))
      expect(await fileOf(at, imported.id)).toBe(whole)
    }
  })

  test('can be read, not continued, where its weights are not those that it names', async () => {
    const lab = openTestLab()
    const { model } = await fitted(lab)
    const { id } = unwrap(await lab.create({ ...settings, model })).progress.info
    unwrap(await lab.advance('task'))
    const text = await fileOf(lab, id)
    unwrap(await lab.agent('remove', model))
    const withParameters = (change: (parameters: number[]) => unknown) => (header: Record<string, never>) => {
      const agent = header.agent as unknown as { parameters: number[] }
      return { ...header, agent: { ...agent, parameters: change(agent.parameters) } }
    }
    for (const [change, sentence] of [
      [(given: number[]) => given.slice(1), /has 39 weights where 40 are needed/],
      [(given: number[]) => [0.5, ...given.slice(1)], /not those that the run names/],
      [(given: number[]) => [1e300, ...given.slice(1)], /has the weight 1e\+300/],
      [() => undefined, /not kept in this browser\. Import its file/],
    ] as const) {
      const { id: other } = unwrap(await lab.importRun(runFile(text, withParameters(change))))
      const { progress, tasks } = unwrap(await lab.open(other))
      expect(progress.blocked).toMatch(sentence)
      expect(progress.blocked).toMatch(/^This run cannot go on without its agent/)
      expect(tasks).toHaveLength(1)
      expect(await lab.advance('event')).toMatchObject({ ok: false, failure: { code: 'run-blocked' } })
    }
    const bad = runFile(
      text,
      withParameters((given) => ['0.5', ...given.slice(1)]),
    )
    expect(await lab.importRun(bad)).toMatchObject({ ok: false, failure: { code: 'run-file-event' } })
  })

  test('is not begun with an agent that nobody has, or of another environment', async () => {
    const lab = openTestLab()
    const unknown = await lab.create({ ...settings, model: '0123456789abcdef' })
    expect(unknown).toMatchObject({ ok: false, failure: { code: 'agent-unknown', message: /Import its file/ } })
    const { model } = await fitted(lab)
    const there = await lab.create({ ...settings, environment: 'intercode-sql', model })
    expect(there).toMatchObject({ ok: false, failure: { code: 'agent-environment' } })
  })

  test('may have the agent of the open run, wherever that came from', async () => {
    const lab = openTestLab()
    const { model } = await fitted(lab)
    const { id } = unwrap(await lab.create({ ...settings, model })).progress.info
    const text = await fileOf(lab, id)
    const other = openTestLab()
    unwrap(await other.open(unwrap(await other.importRun(runFile(text))).id))
    expect((await other.create({ ...settings, model })).ok).toBe(true)
    unwrap(await lab.agent('rename', model, 'Renamed', 'webshop'))
    const { id: next } = unwrap(await lab.create({ ...settings, model })).progress.info
    expect((await headerOf(await fileOf(lab, next))).agent.name).toBe('Renamed')
  })
})

describe('the shipped starts', () => {
  test('are other policies than the default one, and their runs go on as theirs', async () => {
    const store = createMemoryStore()
    const openStore = async () => success(store)
    const first = openTestLab({ openStore })
    const prints = new Set<string>()
    for (const model of ['', 'weak', 'sharp']) {
      const { id } = unwrap(await first.create({ ...settings, model })).progress.info
      const { agent } = await headerOf(await fileOf(first, id))
      expect(agent.parameters).toBeUndefined()
      prints.add(agent.fingerprint)
      expect(unwrap(await openTestLab({ openStore }).open(id)).progress.blocked).toBeUndefined()
    }
    expect(prints.size).toBe(3)
  })
})

describe('an agent', () => {
  test('goes out as a file and comes back as itself, anywhere', async () => {
    const lab = openTestLab()
    const agent = await fitted(lab, 'Käthe 2')
    const file = unwrap(
      await lab.agent('export', { policy: 'linear', model: agent.model, environment: agent.environment }),
    )
    expect(file.name).toBe('kathe-2.agent.json')
    const sent = new File([file.file], file.name)
    const other = openTestLab()
    const imported = unwrap(await other.agent('import', sent))
    expect(imported).toEqual({ ...agent, origin: 'imported', createdAtMs: imported.createdAtMs })
    expect(
      await (
        unwrap(await other.agent('export', { policy: 'linear', model: agent.model, environment: 'webshop' }))
          .file as Blob
      ).text(),
    ).toBe(await sent.text())
    unwrap(await other.agent('rename', agent.model, 'Hers', 'webshop'))
    expect(unwrap(await other.agent('import', sent)).name).toBe('Hers')
    expect(
      unwrap(await other.agent('list', 'webshop'))
        .map(({ name }) => name)
        .slice(SHIPPED_AGENTS),
    ).toEqual(['Hers'])
    const run = await fileOf(other, await explore(other, { ...settings, tasks: 1, model: agent.model }))
    expect((await headerOf(run)).agent.name).toBe('Hers')
  })

  test('that ships can be exported and imported, not renamed or deleted', async () => {
    const lab = openTestLab()
    for (const [environment, model] of [
      ['webshop', ''],
      ['intercode-sql', 'sharp'],
    ] as const) {
      const { file, name } = unwrap(await lab.agent('export', { policy: 'linear', model, environment }))
      const imported = unwrap(await lab.agent('import', new File([file], name)))
      expect(imported).toMatchObject({ model, environment, origin: 'shipped' })
      expect(await lab.agent('rename', model, 'Mine', 'webshop')).toMatchObject({
        ok: false,
        failure: { code: 'agent-shipped' },
      })
      expect(await lab.agent('remove', model)).toMatchObject({ ok: false, failure: { code: 'agent-shipped' } })
      expect(unwrap(await lab.agent('list', environment))).toHaveLength(SHIPPED_AGENTS)
    }
  })

  test('whose record is damaged is told of once, and hides no other', async () => {
    const store = createMemoryStore()
    await store.smallRecords('agents').put('0123456789abcdef', { version: 1, name: 'Broken' })
    await store.smallRecords('agents').put('0123456789abcde0', { version: 9, name: 'Newer' })
    const lab = openTestLab({ openStore: async () => success(store) })
    const updates: LabUpdate[] = []
    await lab.subscribe((update) => updates.push(update))
    const { model } = await fitted(lab)
    for (let time = 0; time < 2; time++) expect(unwrap(await lab.agent('list', 'webshop')).at(-1)?.model).toBe(model)
    const said = updates.flatMap((update) => (update.type === 'notice' ? [update.failure.code] : []))
    expect(said.sort()).toEqual(['agent-damaged', 'agent-newer'])
    const begun = await lab.create({ ...settings, model: '0123456789abcdef' })
    expect(begun).toMatchObject({ ok: false, failure: { code: 'agent-damaged' } })
  })
})

test('the policy of a cell can be kept, to the digit; that of SFT alone is the start', async () => {
  const lab = openTestLab({ pool: threadPool(SHIPPED) })
  const updates: LabUpdate[] = []
  await lab.subscribe((update) => updates.push(update))
  unwrap(await lab.compare({ arms: 'sft;fixed-size', budgets: '300', seeds: 1, episodes: 1, epochs: 2, start: 'weak' }))
  await eventually(() => expect(updates.at(-1)).toMatchObject({ progress: { status: 'finished' } }))
  const cells = updates.flatMap((update) => (update.type === 'comparison' ? update.newCells : []))
  const kept = unwrap(await lab.agent('keepCell', { arm: 1, seed: 1, budget: 300 }, 'From a cell'))
  expect(kept).toMatchObject({ name: 'From a cell', origin: 'here', trained: { seed: 1 } })
  const { file } = unwrap(await lab.agent('export', { policy: 'linear', model: kept.model, environment: 'webshop' }))
  expect(JSON.parse(await file.text()).weights).toEqual(cells.find(({ arm }) => arm === 1)?.weights)
  const start = unwrap(await lab.agent('keepCell', { arm: 0, seed: 1, budget: 300 }, 'The start'))
  const { id } = unwrap(await lab.create(settings)).progress.info
  expect((await headerOf(await fileOf(lab, id))).agent.fingerprint).toBe(start.model)
  const missing = await lab.agent('keepCell', { arm: 1, seed: 9, budget: 300 }, 'None')
  expect(missing).toMatchObject({ ok: false, failure: { code: 'cell-missing' } })
})

const policy = JSON.parse(unwrap(await SHIPPED.policy('webshop', 'weak'))) as { features: string[]; weights: number[] }
const large = Object.fromEntries(Array.from({ length: 61 }, (_, i) => [`fact ${i}`, i]))

test.each<[string, unknown, string]>([
  ['nothing', '', 'agent-file-shape'],
  ['no JSON', '{"version": 1, ', 'agent-file-shape'],
  ['a list', [policy], 'agent-file-shape'],
  ['a catalogue', [{ asin: 'B01' }], 'agent-file-shape'],
  ['a file of a later version', { ...policy, version: 2 }, 'agent-file-version'],
  ['features of nobody', { ...policy, features: policy.features.map((name) => `${name}?`) }, 'agent-file-features'],
  ['a feature less', { ...policy, features: policy.features.slice(1) }, 'agent-file-features'],
  ['a feature twice', { ...policy, features: [...policy.features, policy.features[0]] }, 'policy-shape'],
  ['features that are no texts', { ...policy, features: policy.features.map(() => ({})) }, 'agent-file-features'],
  ['a weight less', { ...policy, weights: policy.weights.slice(1) }, 'policy-shape'],
  ['a weight as text', { ...policy, weights: policy.weights.map(String) }, 'policy-shape'],
  ['an infinite weight', JSON.stringify(policy).replace(/"weights":\[[^,]+/, '"weights":[1e999'), 'policy-shape'],
  ['a huge weight', { ...policy, weights: policy.weights.map(() => 1e9) }, 'agent-weights'],
  [
    'a weight that is no number',
    JSON.stringify(policy).replace(/"weights":\[[^,]+/, '"weights":[NaN'),
    'agent-file-json',
  ],
  [
    'lists in lists',
    JSON.stringify(policy).replace(/"weights":\[/, `"weights":[${'['.repeat(90_000)}`),
    'agent-file-json',
  ],
  ['a version of lists in lists', `{"version":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'agent-file-json'],
  ['facts that are objects', { ...policy, trained: { reward: { mean: 1 } } }, 'policy-shape'],
  ['many facts', { ...policy, trained: large }, 'agent-file-facts'],
  ['a long fact', { ...policy, trained: { method: 'x'.repeat(301) } }, 'agent-file-facts'],
  ['a large file', { ...policy, name: 'x'.repeat(200_000) }, 'agent-file-size'],
])('%s is no agent: a sentence, and nothing is kept', async (_name, content, code) => {
  const lab = openTestLab()
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  const read: Result<AgentInfo> = await lab.agent('import', new File([text], 'some.json'))
  expect(read).toMatchObject({ ok: false, failure: { code } })
  expect(!read.ok && read.failure.message).toMatch(/\.$/)
  expect(unwrap(await lab.agent('list', 'webshop'))).toHaveLength(SHIPPED_AGENTS)
})

test.each([
  ['1e999', /weights\.2, line (\d+)/],
  ['"0.5"', /weights\.2, line (\d+)/],
  ['NaN', /NaN in line (\d+) is no JSON/],
  [`${'['.repeat(50)}1`, /line (\d+) has more brackets/],
])('the weight %s is refused with the line in which it stands', async (wrong, sentence) => {
  const lines = JSON.stringify(policy, null, 1).split('\n')
  const at = lines.findIndex((line) => line.includes('"weights"')) + 3
  lines[at] = `  ${wrong},`
  const read = await openTestLab().agent('import', new File([lines.join('\n')], 'some.json'))
  expect(sentence.exec(read.ok ? '' : read.failure.message)?.[1]).toBe(String(at + 1))
})

test('a name in a file is cleaned, and a file without one gives its own', async () => {
  const lab = openTestLab()
  const changed = { ...policy, weights: policy.weights.map((weight) => weight / 2) }
  const long = unwrap(
    await lab.agent('import', new File([JSON.stringify({ ...changed, name: ` a\n${'b'.repeat(500)}` })], 'x')),
  )
  expect(long.name).toBe(`a ${'b'.repeat(118)}`)
  unwrap(await lab.agent('remove', long.model))
  const named = unwrap(
    await lab.agent('import', new File([JSON.stringify({ ...changed, name: 7 })], 'My best.agent.json')),
  )
  expect(named.name).toBe('My best')
})

test('the small language model goes out as the folder that ships, and comes back as itself', async () => {
  const lab = openTestLab()
  const agent = unwrap(await lab.agent('list', 'webshop')).find(({ policy }) => policy === 'transformer')
  expect(agent).toMatchObject({
    model: '',
    name: 'Small language model',
    origin: 'shipped',
    trained: { devTasks: 255 },
  })
  const { file, name } = unwrap(await lab.agent('export', { policy: 'transformer', model: '', environment: 'webshop' }))
  expect(name).toBe('rro-lab-small.zip')
  const bytes = new Uint8Array(await (file as Blob).arrayBuffer())
  const model = unwrap(languageModelOf(unwrap(unzipFolder(bytes))))
  const shipped = unwrap(await SHIPPED.model(Object.keys(READ_FILES)))
  expect(model.fingerprint).toBe(unwrap(languageModelOf(shipped)).fingerprint)
})

test('where what the small language model earns cannot be read, it is said, and the others are listed', async () => {
  for (const text of ['<html>', '{"webshop":{}}', '{"webshop":{"a":[]},"intercode-sql":{}}']) {
    const model: typeof SHIPPED.model = async (names) =>
      names.includes('trained.json')
        ? { ok: true, value: new Map([['trained.json', new TextEncoder().encode(text)]]) }
        : SHIPPED.model(names)
    const lab = openTestLab({ loader: { ...SHIPPED, model } })
    const said: string[] = []
    await lab.subscribe((update) => void (update.type === 'notice' && said.push(update.failure.code)))
    expect(unwrap(await lab.agent('list', 'webshop')).map(({ policy }) => policy)).toEqual([
      'linear',
      'linear',
      'linear',
    ])
    expect(said).toEqual(['model-trained'])
  }
})
