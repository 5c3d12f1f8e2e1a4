/**
 * Stages 1 and 3 of RRO for a small language model, live: SFT on demonstrations, DPO, IPO or KTO on the pairs of a run. Measured on the
 * dev tasks before and after with the same random streams. Works text by text, so that calls from the page come in between; stored
 * every few seconds, so that it goes on after a reload as if nothing had been.
 */
import { failure, type Result, success } from '../../../core/failure.ts'
import { fingerprintOf, openReader } from '../../../policies/transformer/language-model.ts'
import type { Reader } from '../../../policies/transformer/reader.ts'
import type { DescentState } from '../../../policies/transformer/text-engine.ts'
import type { TransformerActor } from '../../../policies/transformer/transformer-actor.ts'
import type { TextStep } from '../../../training/texts/text-descent.ts'
import type { Computed, Learning, TrainedAgent, TrainingPhase, TrainRequest } from '../../protocol/agents.ts'
import type { World } from '../../worlds/world.ts'
import { type Measured, type Measuring, measure, nothingMeasured } from '../dev-score.ts'
import { gainOf, rewardFacts } from '../fit-agent.ts'
import { type PacePorts, paceOf, STOPPED } from '../training-pace.ts'
import { type Checkpoint, type Checkpoints, damaged } from './checkpoint.ts'
import {
  browsersWebGpu,
  type Computing,
  type ComputingPorts,
  computedWords,
  computing,
  descend,
  goingOnByWasm,
} from './computing.ts'
import { type LanguageAgentPorts, languageAgentInfo, saveLanguageAgent, wrongWeight } from './language-agents.ts'
import { type LearningCurve, learningCurve } from './learning-curve.ts'
import type { Lesson } from './lessons.ts'
import { tryActions } from './tried-actions.ts'

export type LanguageRequest = Extract<TrainRequest, { runId: string } | { language: unknown }>

export interface LanguageTrainingPorts extends LanguageAgentPorts, Omit<PacePorts, 'report'>, ComputingPorts {
  report(phase: TrainingPhase, share: number, learning?: Learning): void
  /** Whether it is to end so that it can be gone on with. */
  paused(): boolean
  readonly checkpoints: Checkpoints
}

export const PAUSED = failure(
  'training-paused',
  'The training is paused. It can go on at any time, also after a reload.',
)

/** Episodes of each dev task, beside a greedy one. */
const EPISODES = 4
/** Between two times that it is stored. */
const STORED_MS = 5000
/** Times that SFT looks at what the model writes. */
const LOOKS = 40

/** @param begun where it was left */
export async function trainLanguage(
  ports: LanguageTrainingPorts,
  request: LanguageRequest,
  lesson: Lesson,
  begun?: Checkpoint,
): Promise<Result<TrainedAgent>> {
  const trouble = begun && troubleOf(begun, lesson)
  if (trouble !== undefined) return trouble
  const opened = await openReader(lesson.model)
  if (!opened.ok) return opened
  return new LanguageTraining(ports, request, lesson, opened.value, begun).run()
}

/** Why it cannot be gone on with. */
function troubleOf({ data, from, descent, before, after }: Checkpoint, lesson: Lesson): Result<never> | undefined {
  const { model, world } = lesson
  if (data !== dataOf(lesson) || from !== model.fingerprint) return CHANGED
  const numbers = descent === undefined ? [] : [descent.parameters, ...descent.moments]
  if (numbers.some(({ length }) => length !== model.parameters.length)) return damaged('descent')
  const tasks = world.tasks('dev').length
  return [before, after].some(({ sampled }) => sampled.length > tasks) ? damaged('what was measured') : undefined
}

const dataOf = ({ world }: Lesson): string => world.data.fingerprint

class LanguageTraining {
  readonly #ports: LanguageTrainingPorts
  readonly #request: LanguageRequest
  readonly #lesson: Lesson
  readonly #reader: Reader
  /** With the model as it is trained. */
  readonly #world: World
  readonly #before: Measuring
  readonly #after: Measuring
  readonly #curve: LearningCurve
  readonly #pace: ReturnType<typeof paceOf>
  #descent: DescentState | undefined
  #fitted: boolean
  /** Undefined until it is chosen. */
  #computed: Computed | undefined
  #storedMs: number
  /** Why it ended before its end. */
  #ended: Result<never> | undefined

  constructor(
    ports: LanguageTrainingPorts,
    request: LanguageRequest,
    lesson: Lesson,
    reader: Reader,
    begun: Checkpoint | undefined,
  ) {
    this.#ports = ports
    this.#request = request
    this.#lesson = lesson
    this.#reader = reader
    this.#world = lesson.world.speaking?.(reader) ?? lesson.world
    this.#before = begun?.before ?? nothingMeasured()
    this.#after = begun?.after ?? nothingMeasured()
    this.#curve = learningCurve(lesson.tokens, ports.now, begun?.course)
    this.#descent = begun?.descent
    this.#fitted = begun?.fitted ?? false
    this.#computed = begun?.computed
    this.#storedMs = ports.now()
    const learning = () => (this.#curve.course.tokens > 0 ? this.#learning() : undefined)
    this.#pace = paceOf({ ...ports, report: (phase, share) => ports.report(phase, share, learning()) })
  }

  async run(): Promise<Result<TrainedAgent>> {
    const { comparable, model } = this.#lesson
    const before = comparable ? await this.#measure('before', this.#before) : undefined
    if (this.#ended !== undefined) return this.#ended
    await this.#fit()
    if (this.#ended !== undefined) return this.#ended
    const parameters = this.#descent?.parameters ?? model.parameters
    if (wrongWeight(parameters) !== undefined) return this.#inVain(DIVERGED)
    const fingerprint = fingerprintOf(model.config, parameters, model.tokenizer)
    if (fingerprint === model.fingerprint) return this.#inVain(UNCHANGED)
    this.#reader.kernel.parameters.set(parameters)
    this.#reader.forget()
    const after = await this.#measure('after', this.#after)
    if (after === undefined) return this.#ended ?? STOPPED
    return this.#save({ ...model, parameters, fingerprint }, before, after)
  }

  async #measure(phase: 'before' | 'after', begun: Measuring): Promise<Measured | undefined> {
    const pace = { breathe: (at: TrainingPhase, share: number) => this.#breathe(at, share) }
    return measure(this.#world.actor, this.#world, this.#lesson.config, phase, pace, { episodes: EPISODES, begun })
  }

  async #fit(): Promise<void> {
    if (this.#fitted) return
    const { kernel } = this.#reader
    const trying = (share: number): Promise<boolean> => this.#breathe('trying', share)
    const choice = { wish: this.#request.by, begun: this.#computed ?? (this.#descent && { by: 'wasm' as const }) }
    const ports = { webgpu: browsersWebGpu, ...this.#ports }
    let by = await computing(ports, this.#lesson, kernel, choice, trying)
    if (by === undefined) return
    try {
      await this.#descend(by)
    } catch (thrown) {
      if (by.computed.by === 'wasm') throw thrown
      by.close()
      kernel.parameters.set(this.#lesson.model.parameters)
      by = goingOnByWasm(kernel, by, thrown)
      await this.#descend(by)
    } finally {
      by.close()
    }
  }

  async #descend({ computed, engine }: Computing): Promise<void> {
    this.#computed = computed
    this.#curve.restart()
    const ended = await descend(this.#lesson.descent, engine, this.#descent, {
      learnt: async (step, state) => {
        // What the processor finds is seen at the end; here it may be the card.
        if (computed.by === 'webgpu' && !(Number.isFinite(step.loss) && isSound(state)))
          throw new Error('WebGPU finds no numbers any more.')
        this.#learnt(step, state)
      },
      breathe: (share) => this.#breathe('fitting', share),
    })
    this.#fitted = !ended
  }

  #learnt(step: TextStep, state: DescentState): void {
    this.#descent = state
    this.#curve.add(step)
    const every = Math.max(1, Math.floor(step.steps / LOOKS))
    const { language } = this.#world
    if (!this.#lesson.tried || language === undefined || (step.step % every !== 0 && step.step > 1)) return
    this.#reader.forget()
    const { share, first } = tryActions(language as TransformerActor, this.#world)
    this.#curve.tried(share, first)
  }

  /** Lets others have their turn, and stores what there is where it is time. @returns whether to end */
  async #breathe(phase: TrainingPhase, share: number): Promise<boolean> {
    const { now, paused, checkpoints } = this.#ports
    if (await this.#pace.breathe(phase, share)) {
      const removed = await checkpoints.remove()
      this.#ended = removed.ok ? STOPPED : removed
      return true
    }
    const pausing = paused()
    if (!pausing && now() - this.#storedMs < STORED_MS) return false
    const stored = await this.#store(phase, share)
    if (!stored.ok) this.#ended = stored
    else if (pausing) this.#ended = PAUSED
    return this.#ended !== undefined
  }

  #store(phase: TrainingPhase, share: number): Promise<Result<true>> {
    const { now, date, checkpoints } = this.#ports
    const { world, model, events } = this.#lesson
    this.#storedMs = now()
    return checkpoints.write({
      ...{ environment: world.data.environment, request: this.#request, data: dataOf(this.#lesson) },
      ...{ from: model.fingerprint, events, savedAtMs: date(), phase, share },
      ...{ before: this.#before, after: this.#after, descent: this.#descent, fitted: this.#fitted },
      course: this.#curve.course,
      // As before where there was nothing to choose.
      ...(this.#computed && Object.keys(this.#computed).length > 1 && { computed: this.#computed }),
    })
  }

  #learning(): Learning {
    return { ...this.#curve.known, computed: this.#computed }
  }

  async #inVain(why: Result<never>): Promise<Result<never>> {
    const removed = await this.#ports.checkpoints.remove()
    return removed.ok ? why : removed
  }

  async #save(model: Lesson['model'], before: Measured | undefined, after: Measured): Promise<Result<TrainedAgent>> {
    const { facts, world } = this.#lesson
    const { environment } = world.data
    const learning = this.#learning()
    const { tokens } = learning
    // Where there was nothing to choose, nothing is stored of it.
    const computedBy = computedWords(this.#computed ?? { by: 'wasm' })
    const trained = { ...facts, tokens, computedBy, ...rewardFacts(before, after) }
    const saved = await saveLanguageAgent(this.#ports, {
      ...{ name: this.#request.name, origin: 'here', model, trained: { [environment]: trained } },
    })
    if (!saved.ok) return saved
    const removed = await this.#ports.checkpoints.remove()
    if (!removed.ok) return removed
    const agent = languageAgentInfo(saved.value, environment)
    const compared = before && { before: before.score, gain: gainOf(before, after) }
    return success({ agent, ...(compared && { compared }), after: after.score, learning })
  }
}

/** Whether a step left nothing but finite numbers: what is no number yet has no loss before the next one. */
function isSound({ parameters, moments }: DescentState): boolean {
  let sum = 0
  for (const numbers of [parameters, ...moments]) for (const number of numbers) sum += number - number
  return sum === 0
}

const DIVERGED = failure(
  'training-diverged',
  'The training ran away: its weights are no numbers any more, or far too large. Lower the learning rate or beta.',
)
const UNCHANGED = failure('training-unchanged', 'The training changed nothing. No agent was saved.')
const CHANGED = failure(
  'training-changed',
  'The training cannot go on: its data or the agent that it began with is another one now. Discard it, and train again.',
)
