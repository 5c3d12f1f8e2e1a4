/** A training of a small language model from its request: what it learns from, under a lock, since it is stored while it goes on. */
import { failure, type Result } from '../../../core/failure.ts'
import { parseConfig } from '../../../core/settings/parse-config.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import type { Locks } from '../../machine/locks.ts'
import type { TrainedAgent } from '../../protocol/agents.ts'
import type { World } from '../../worlds/world.ts'
import type { RunToLearnFrom } from '../train-agent.ts'
import { type Pace, paceOf } from '../training-pace.ts'
import { type Checkpoint, checkpointsIn } from './checkpoint.ts'
import { demonstrationLesson, type Lesson, pairLesson } from './lessons.ts'
import { type LanguageRequest, type LanguageTrainingPorts, trainLanguage } from './train-language.ts'

export interface TeachingPorts extends Omit<LanguageTrainingPorts, 'checkpoints'> {
  readonly locks: Locks
  worldOf(config: RunConfig): Promise<Result<World>>
  /** A stored run, with the agent that explored. */
  runOf(runId: string): Promise<Result<RunToLearnFrom>>
}

/** @param begun where it was left */
export async function teach(
  ports: TeachingPorts,
  request: LanguageRequest,
  begun?: Checkpoint,
): Promise<Result<TrainedAgent>> {
  const release = await ports.locks.acquire('language-training')
  if (release === undefined) return ELSEWHERE
  try {
    const checkpoints = checkpointsIn(ports.store)
    const pace = paceOf(ports)
    if ('language' in request) {
      const lesson = await taught(ports, request, pace)
      return lesson.ok ? await trainLanguage({ ...ports, checkpoints }, request, lesson.value, 0, begun) : lesson
    }
    const run = await ports.runOf(request.runId)
    if (!run.ok) return run
    const events = begun?.events ?? run.value.record.events
    const lesson = await pairLesson(run.value, request.training, events, pace)
    return lesson.ok ? await trainLanguage({ ...ports, checkpoints }, request, lesson.value, events, begun) : lesson
  } finally {
    await release()
  }
}

async function taught(
  { worldOf, loader }: TeachingPorts,
  { environment, language }: Extract<LanguageRequest, { language: unknown }>,
  pace: Pace,
): Promise<Result<Lesson>> {
  const model = language.from === 'random' ? '' : language.from.model
  const { config } = parseConfig({ environment, policy: 'transformer', model })
  const world = await worldOf(config)
  return world.ok ? demonstrationLesson(loader, world.value, config, language, pace) : world
}

const ELSEWHERE = failure(
  'training-elsewhere',
  'A language model is being trained in another tab. Wait for its end, or stop it there.',
)
