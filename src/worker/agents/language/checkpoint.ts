/** A training of a small language model as it is stored while it goes on: all that is needed to go on as if it had never been left. */
import * as v from 'valibot'
import { PAIR_LOSSES } from '../../../core/comparison/comparison.ts'
import { failure, type Result, success } from '../../../core/failure.ts'
import { ENVIRONMENT_NAMES } from '../../../core/settings/settings.ts'
import type { DescentState } from '../../../policies/transformer/text-engine.ts'
import type { Store } from '../../../store/store.ts'
import type { Locks } from '../../machine/locks.ts'
import { COMPUTERS, TRAINING_PHASES, type UnfinishedTraining } from '../../protocol/agents.ts'
import { knownOf } from './learning-curve.ts'

/** There is one. */
const ID = 'language-model'
const VERSION = 1

const finite = v.pipe(v.number(), v.finite())
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const numbers = v.instance(Float32Array)
const points = v.array(v.tuple([finite, finite]))

const measuring = v.pipe(
  v.object({
    sampled: v.array(finite),
    greedy: v.array(finite),
    successes: finite,
    greedySuccesses: finite,
  }),
  v.check(({ sampled, greedy }) => sampled.length === greedy.length),
)

const course = v.object({
  tokens: count,
  of: count,
  losses: points,
  legal: points,
  firstLegal: v.undefinedable(v.object({ tokens: count, action: v.string() })),
})

const training = v.object({
  loss: v.exactOptional(v.picklist(PAIR_LOSSES)),
  ...{ beta: finite, learningRate: finite, epochs: count, klWeight: finite, sftWeight: finite },
})
const by = v.exactOptional(v.picklist(COMPUTERS))
const request = v.union([
  v.object({ runId: v.string(), name: v.string(), training, by }),
  v.object({
    environment: v.picklist(ENVIRONMENT_NAMES),
    name: v.string(),
    language: v.object({
      from: v.union([v.picklist(['random', 'random-tiny']), v.object({ model: v.string() })]),
      demonstrations: count,
      epochs: count,
    }),
    by,
  }),
])

/** Left out where there was nothing to choose. */
const computed = v.object({
  by: v.picklist(COMPUTERS),
  begunBy: by,
  speeds: v.exactOptional(v.object({ wasm: finite, webgpu: finite })),
  ...{ device: v.exactOptional(v.string()), trouble: v.exactOptional(v.string()) },
})

const schema = v.object({
  version: v.literal(VERSION),
  environment: v.picklist(ENVIRONMENT_NAMES),
  request,
  /** Fingerprint of the data, and of the model that it begins with: they must be the same when it goes on. */
  ...{ data: v.string(), from: v.string() },
  /** Events of the run that count; 0 where there is none. */
  events: count,
  savedAtMs: finite,
  phase: v.picklist(TRAINING_PHASES),
  share: finite,
  before: measuring,
  /** At the end of a step; undefined before the first one. */
  descent: v.undefinedable(v.object({ step: count, parameters: numbers, moments: v.tuple([numbers, numbers]) })),
  /** Whether all steps are done. */
  fitted: v.boolean(),
  course: v.undefinedable(course),
  computed: v.exactOptional(computed),
  after: measuring,
})

export type Checkpoint = v.InferOutput<typeof schema>

export interface Checkpoints {
  read(): Promise<Result<Checkpoint | undefined>>
  write(
    checkpoint: Omit<Checkpoint, 'version' | 'descent'> & { readonly descent: DescentState | undefined },
  ): Promise<Result<true>>
  remove(): Promise<Result<true>>
}

export function checkpointsIn(store: Pick<Store, 'smallRecords'>): Checkpoints {
  const records = store.smallRecords('trainings')
  return {
    async read() {
      const stored = await records.get(ID)
      if (!stored.ok) return stored
      if (stored.value === undefined) return success(undefined)
      const parsed = v.safeParse(schema, stored.value, { abortEarly: true })
      if (parsed.success) return success(parsed.output)
      return damaged(v.getDotPath(parsed.issues[0]) ?? 'all of it')
    },
    write: (checkpoint) => records.put(ID, { version: VERSION, ...checkpoint }),
    remove: () => records.remove(ID),
  }
}

export function damaged(where: string): ReturnType<typeof failure> {
  const words = `A training was left unfinished, and what is stored of it is damaged (${where}), or of another version.`
  return failure('training-damaged', `${words} It cannot go on: discard it, and train again.`)
}

/** Does what only one tab at a time may do with the training that is stored. */
export async function aloneWithTraining<T>(locks: Locks, work: () => Promise<Result<T>>): Promise<Result<T>> {
  const release = await locks.acquire('language-training')
  if (release === undefined) return ELSEWHERE
  try {
    return await work()
  } finally {
    await release()
  }
}

const ELSEWHERE = failure(
  'training-elsewhere',
  'A language model is being trained in another tab. Wait for its end, or stop it there.',
)

/** What a page is told of it. */
export async function unfinishedTraining(
  store: Pick<Store, 'smallRecords'>,
): Promise<Result<UnfinishedTraining | undefined>> {
  const stored = await checkpointsIn(store).read()
  if (!stored.ok) return stored
  if (stored.value === undefined) return success(undefined)
  const { request, environment, phase, share, savedAtMs, course, computed } = stored.value
  const learning = course && { ...knownOf(course), ...(computed && { computed }) }
  return success({ name: request.name, environment, phase, share, savedAtMs, learning })
}
