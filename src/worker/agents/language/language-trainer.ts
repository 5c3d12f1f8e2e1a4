/** A training of a small language model from its request: what it learns from, under a lock, since it is stored while it goes on. */
import { failure, quote, type Result } from '../../../core/failure.ts'
import { parseConfig } from '../../../core/settings/parse-config.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import type { Locks } from '../../machine/locks.ts'
import type { TrainedAgent } from '../../protocol/agents.ts'
import type { World } from '../../worlds/world.ts'
import type { RunToLearnFrom } from '../run-to-learn-from.ts'
import { type Pace, paceOf } from '../training-pace.ts'
import { aloneWithTraining, type Checkpoint, checkpointsIn } from './checkpoint.ts'
import { demonstrationLesson, type Lesson, pairLesson } from './lessons.ts'
import { type LanguageRequest, type LanguageTrainingPorts, trainLanguage } from './train-language.ts'

export interface TeachingPorts extends Omit<LanguageTrainingPorts, 'checkpoints'> {
  readonly locks: Locks
  worldOf(config: RunConfig): Promise<Result<World>>
  /** A stored run, with the agent that explored. */
  runOf(runId: string): Promise<Result<RunToLearnFrom>>
}

/** @param request what to begin; left out, to go on with what is stored */
export function teach(ports: TeachingPorts, request?: LanguageRequest): Promise<Result<TrainedAgent>> {
  return aloneWithTraining(ports.locks, async () => {
    const checkpoints = checkpointsIn(ports.store)
    const stored = await checkpoints.read()
    if (request !== undefined) {
      // What is damaged gives way.
      if (stored.ok && stored.value !== undefined) return unfinished(stored.value)
      return train({ ...ports, checkpoints }, request)
    }
    if (!stored.ok) return stored
    return stored.value === undefined ? NONE : train({ ...ports, checkpoints }, stored.value.request, stored.value)
  })
}

async function train(
  ports: TeachingPorts & Pick<LanguageTrainingPorts, 'checkpoints'>,
  request: LanguageRequest,
  begun?: Checkpoint,
): Promise<Result<TrainedAgent>> {
  const lesson = await lessonOf(ports, request, begun?.events)
  if (lesson.ok) return trainLanguage(ports, request, lesson.value, begun)
  if (!ports.signal.aborted) return lesson
  const removed = await ports.checkpoints.remove()
  return removed.ok ? lesson : removed
}

/** @param events of the run's log that count; all of them where it is left out */
async function lessonOf(ports: TeachingPorts, request: LanguageRequest, events?: number): Promise<Result<Lesson>> {
  const pace = paceOf(ports)
  if ('language' in request) return taught(ports, request, pace)
  const run = await ports.runOf(request.runId)
  return run.ok ? pairLesson(run.value, request.training, events ?? run.value.record.events, pace) : run
}

async function taught(
  { worldOf, loader }: TeachingPorts,
  { environment, language }: Extract<LanguageRequest, { language: unknown }>,
  pace: Pace,
): Promise<Result<Lesson>> {
  const { from } = language
  const model = typeof from === 'object' ? from.model : from === 'random' ? '' : 'tiny'
  const { config } = parseConfig({ environment, policy: 'transformer', model })
  const world = await worldOf(config)
  return world.ok ? demonstrationLesson(loader, world.value, config, language, pace) : world
}

const NONE = failure('training-none', 'There is no training to go on with.')

function unfinished({ request: { name } }: Checkpoint): ReturnType<typeof failure> {
  const words = `The training of ${quote(name)} is not finished.`
  return failure('training-unfinished', `${words} Go on with it, or discard it, before you begin another one.`)
}
