/** The language models that ship, in both environments. */
import { expect, test } from 'vitest'
import { failure, unwrap } from '../../../src/core/failure.ts'
import { stream } from '../../../src/core/random.ts'
import { parseConfig } from '../../../src/core/settings/parse-config.ts'
import { LANGUAGE_MODEL_NAMES } from '../../../src/core/settings/run-config.ts'
import { diskLoader } from '../../../src/node/disk-loader.ts'
import { evaluate } from '../../../src/training/evaluation.ts'
import { shippedSource } from '../../../src/worker/worlds/world-source.ts'

const OPTIONS = { stepLimit: 10, episodesPerTask: 1 }

test.each([
  // What the card says of all dev tasks, less four standard errors of a mean over fifty.
  ['', 'webshop', 0.5, 0.97],
  ['', 'intercode-sql', 0.2, 0.9],
  ['tiny', 'webshop', 0.3, 0.95],
  ['tiny', 'intercode-sql', 0.1, 0.75],
] as const)(
  '“%s” earns on %s what its card says, with actions that are some',
  async (...[model, environment, least, acting]) => {
    const { config } = parseConfig({ environment, policy: 'transformer', model, split: 'dev' })
    const source = shippedSource(diskLoader(), environment)
    const { actor, tasks, made } = unwrap(await source.world(config))
    expect(made.agent.name).toBe(model === '' ? 'Small language model' : 'Tiny language model')
    const { idle } = unwrap(await source.loadedEnvironment(config)).environment
    let [all, idled] = [0, 0]
    // Each task by itself, so that what is played can be looked at.
    const { finish: _, ...alone } = actor as typeof actor & { readonly finish?: unknown }
    const watched: typeof actor = {
      ...alone,
      async rollouts(prefix, limit, temperature, streams) {
        const played = await actor.rollouts(prefix, limit, temperature, streams)
        for (const { actions } of played) {
          let node = prefix as { state: unknown }
          for (const action of actions) {
            all++
            if (idle(node.state, action) !== undefined) idled++
            node = actor.execute(node, { action, text: '' }) as typeof node
          }
        }
        return played
      },
    }
    const dev = tasks('dev').slice(0, 50)
    const greedy = await evaluate(watched, dev, stream(3), { ...OPTIONS, temperature: 0 })
    expect(greedy.mean).toBeGreaterThan(least)
    expect(1 - idled / all).toBeGreaterThan(acting)
  },
)

test('both read and write the same tokens', async () => {
  const [small, tiny] = await Promise.all(
    LANGUAGE_MODEL_NAMES.map(async (model) => unwrap(await diskLoader().model(['tokenizer.json'], model))),
  )
  expect(tiny).toEqual(small)
})

test('a model that cannot be fetched, or is none, is a sentence, and is asked for again', async () => {
  const { config } = parseConfig({ policy: 'transformer', model: 'tiny' })
  const disk = diskLoader()
  let answers = 0
  const loader: typeof disk = {
    ...disk,
    async model(...asked) {
      answers++
      if (answers === 1) return failure('data-unavailable', 'The network is away.')
      const files = unwrap(await disk.model(...asked))
      return answers === 2
        ? { ok: true, value: new Map([...files, ['config.json', new Uint8Array([123])]]) }
        : disk.model(...asked)
    },
  }
  const source = shippedSource(loader, 'webshop')
  expect(await source.world(config)).toEqual(failure('data-unavailable', 'The network is away.'))
  expect(await source.world(config)).toMatchObject({
    ok: false,
    failure: { message: expect.stringContaining('config.json') },
  })
  expect(unwrap(await source.world(config)).language).toBeDefined()
})

test('many rollouts let others have their turn, and are the same as few at a time', async () => {
  const { config } = parseConfig({ policy: 'transformer', model: 'tiny' })
  const { actor, tasks } = unwrap(await shippedSource(diskLoader(), 'webshop').world(config))
  const [task = { id: '', instruction: '' }] = tasks('train')
  const streams = () => Array.from({ length: 20 }, (_, i) => stream(2).child(i))
  let turns = 0
  let open = true
  const turn = (): void => {
    turns++
    if (open) setImmediate(turn)
  }
  setImmediate(turn)
  const together = await actor.rollouts(actor.begin(task), 10, 1, streams())
  open = false
  // At most eight at once: three groups, with a turn between each and the next.
  expect(turns).toBeGreaterThanOrEqual(2)
  const apart = await Promise.all(streams().map((random) => actor.rollouts(actor.begin(task), 10, 1, [random])))
  expect(apart.flat()).toEqual(together)
  expect(new Set(together.map(({ actions }) => actions.join())).size).toBeGreaterThan(3)
})
