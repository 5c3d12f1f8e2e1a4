import { afterEach, describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import type { RunStarted } from '../../../src/core/log/events.ts'
import { stream } from '../../../src/core/random.ts'
import { trlDpoLines } from '../../../src/datasets/trl-dpo.ts'
import type { Environment } from '../../../src/environments/environment.ts'
import { readWholeRunFile, writeRunFile } from '../../../src/formats/run-file.ts'
import type { ChatOptions } from '../../../src/policies/chat/chat-actor.ts'
import { rawPrompts } from '../../../src/policies/chat/raw-prompts.ts'
import type { LinearActor } from '../../../src/policies/linear/linear-actor.ts'
import { createOpenAIModel } from '../../../src/policies/openai/openai-model.ts'
import { FAULTS, type OpenAIServer, type ServerBehaviour, startOpenAIServer, TEST_MODEL } from '../openai-server.ts'
import { askedDirectly, plain, throughModel } from '../small-run.ts'
import { SMALL_WORLDS } from '../small-worlds.ts'
import { TEST_TIMEOUT_MS, testPorts } from './ports.ts'

const servers: OpenAIServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

const SETTINGS = {
  policy: 'openai',
  seed: 5,
  tasks: 2,
  rollouts: 3,
  candidates: 3,
  temperature: 2,
  firstRise: 'draw-one-more',
} as const

async function through(
  environment: Environment,
  policy: LinearActor,
  behaviour: ServerBehaviour,
  options: ChatOptions,
) {
  const ports = testPorts()
  const server = await startOpenAIServer(environment, policy, { stalled: () => ports.expire(), ...behaviour })
  servers.push(server)
  const { address, asked } = server
  const given = { address, model: TEST_MODEL, concurrency: 8, timeoutMs: TEST_TIMEOUT_MS, retries: 30 }
  const model = unwrap(createOpenAIModel(given, ports))
  const log = await throughModel(environment, model, options, SETTINGS)
  return { log, asked, stats: model.endpoint.stats }
}

describe.each(SMALL_WORLDS)('a run of %s through a server', (_, open) => {
  const opened = open()
  const direct = opened.then(([environment, policy]) => askedDirectly(environment, policy, SETTINGS))
  let kept: ReturnType<typeof through> | undefined
  /** One request after the other, and nothing goes wrong. */
  async function calm(): ReturnType<typeof through> {
    kept ??= through(...(await opened), {}, { concurrency: 1, timings: false })
    return kept
  }

  test('that answers in turn equals the embedded policy asked directly', async () => {
    const { log } = await calm()
    expect(plain(log)).toEqual(plain(await direct))
    expect(log.at(-1)).toEqual({ type: 'run-finished' })
  })

  test.each([
    ['that answers out of turn', { shuffle: 30 }, { concurrency: 8 }],
    ['addressed without a system message', {}, { system: 'first-user-message' }],
  ] as [string, ServerBehaviour, ChatOptions][])(
    '%s equals the embedded policy asked directly',
    async (_, behaviour, options) => {
      const { log } = await through(...(await opened), behaviour, options)
      expect(plain(log)).toEqual(plain(await direct))
      expect(log.at(-1)).toEqual({ type: 'run-finished' })
    },
  )

  test('that fails in every way now and then equals it, too, to the byte of its file', async () => {
    const flaky: ServerBehaviour = {
      shuffle: 5,
      fault({ seed }, times) {
        const draw = stream(seed).child('fault', times)
        if (draw.next() < 0.7) return undefined
        const fault = FAULTS[draw.below(FAULTS.length)] ?? 'broken'
        // What no such server says is not asked for again and again.
        return times > 0 && ['malformed', 'wrong-shape', 'too-large'].includes(fault) ? 'broken' : fault
      },
    }
    const { log, stats } = await through(...(await opened), flaky, { concurrency: 8, timings: false })
    expect(log.at(-1)).toEqual({ type: 'run-finished' })
    expect(stats.repeated).toBeGreaterThan(20)
    const text = [...writeRunFile(log)].join('')
    expect(text).toBe([...writeRunFile((await calm()).log)].join(''))
    expect(plain(log)).toEqual(plain(await direct))
    expect(unwrap(await readWholeRunFile([text]))).toEqual(log)
  })

  test('can be read without the model: its prompts are those that were sent, its pairs what a trainer needs', async () => {
    const [environment] = await opened
    const { log, asked } = await calm()
    const header = log[0] as RunStarted
    const tasks = Array.from({ length: SETTINGS.tasks }, (_, task) =>
      log.filter((event) => 'task' in event && event.task === task),
    )
    const prompts = tasks.flatMap((events) => [...rawPrompts(environment, header, events)])
    expect(prompts.map(({ messages }) => messages)).toEqual(asked.map(({ messages }) => messages))
    expect(prompts.every(({ verified }) => verified)).toBe(true)
    const rows = tasks.flatMap((events) => trlDpoLines(header, events)).map((line) => JSON.parse(line))
    expect(rows.length).toBeGreaterThan(0)
    for (const { prompt, chosen } of rows) {
      const written = prompts.find(({ reply, messages }) => {
        return reply === chosen[0].content && JSON.stringify(messages) === JSON.stringify(prompt)
      })
      expect(written).toBeDefined()
    }
  })

  test('of hostile words stays a run: what is no action is an observation', async () => {
    const words = ['', 'Action: ', '<think>', '\u0000', '\uD800', 'submit', '{"action":', 'Action: click[', '```sql']
    const say: ServerBehaviour['say'] = ({ seed }) =>
      seed % 3 === 0 ? 'Action: '.repeat(900) : (words[seed % words.length] ?? '')
    const { log } = await through(...(await opened), { say }, {})
    expect(log.at(-1)).toEqual({ type: 'run-finished' })
    expect(unwrap(await readWholeRunFile(writeRunFile(log)))).toEqual(log)
  })
})
