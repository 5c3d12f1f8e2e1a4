/** The training that the page has asked for: how far it is, what came of it, and one that was left unfinished. */
import { DEFAULT_TRAINING, TEXT_TRAINING_NUMBERS } from '../../core/comparison/comparison-numbers.ts'
import { type Result, success } from '../../core/failure.ts'
import type {
  Computer,
  LanguageSft,
  TrainedAgent,
  Training,
  TrainingUpdate,
  TrainRequest,
  UnfinishedTraining,
} from '../../worker/protocol/lab-api.ts'
import type { PageState } from '../state/page-state.ts'

/** The one policy is fitted with (training/sft.ts); fewer demonstrations give a weaker start. */
const DEFAULT_SFT = { demonstrations: 200, epochs: 10 }

/** Of a small language model, on pairs. */
const DEFAULT_TEXT_TRAINING: Training = {
  beta: TEXT_TRAINING_NUMBERS.beta.default,
  learningRate: TEXT_TRAINING_NUMBERS.learningRate.default,
  epochs: TEXT_TRAINING_NUMBERS.epochs.default,
  sftWeight: TEXT_TRAINING_NUMBERS.sftWeight.default,
  klWeight: 0,
}

export class AgentTraining {
  /** As the form has it. */
  training: Training = DEFAULT_TRAINING
  textTraining: Training = DEFAULT_TEXT_TRAINING
  sft = DEFAULT_SFT
  /** Of a small language model; what it begins from where nothing was chosen is the agent of the next run. */
  language: { from: LanguageSft['from'] | undefined; demonstrations: number; epochs: number } = {
    ...{ from: undefined, demonstrations: 600, epochs: 1 },
  }
  /** Who computes that of a small language model; whichever is faster where it is undefined. */
  by: Computer | undefined
  /** Undefined while none is under way. */
  progress: Omit<TrainingUpdate, 'type'> | undefined
  /** Whether the one under way can be paused. */
  lasting = false
  pausing = false
  result: TrainedAgent | undefined
  unfinished: UnfinishedTraining | undefined
  readonly #page: PageState

  constructor(page: PageState) {
    this.#page = page
    page.hearers.add((update) => {
      if (update.type === 'training' && this.progress !== undefined) this.progress = update
    })
  }

  /** Asks whether one was left. */
  async look(): Promise<void> {
    if (this.progress !== undefined) return
    const { lab, notices, changes } = this.#page
    const asked = lab.agent('unfinished').then((answer) => {
      if (answer.ok || !hasCode(answer, 'training-damaged')) return answer
      notices.fail(answer.failure.message, [{ label: 'Discard it', act: () => void this.discard() }])
      return success(undefined)
    })
    this.unfinished = await notices.ask(asked)
    changes.say()
  }

  /** @param lasting whether it is stored while it goes on */
  train(request: TrainRequest, lasting = false): Promise<void> {
    return this.#until(() => this.#page.lab.agent('train', request), lasting)
  }

  resume(): Promise<void> {
    return this.#until(() => this.#page.lab.agent('resume'), true)
  }

  async discard(): Promise<void> {
    await this.#page.notices.ask(this.#page.lab.agent('discard'))
    await this.look()
  }

  stop(): void {
    void this.#page.lab.agent('stop')
  }

  pause(): void {
    this.pausing = true
    this.#page.changes.say()
    void this.#page.lab.agent('pause')
  }

  async #until(work: () => Promise<Result<TrainedAgent>>, lasting: boolean): Promise<void> {
    if (this.progress !== undefined) return
    const { notices, library, changes, settings, atWork } = this.#page
    this.result = undefined
    this.unfinished = undefined
    this.progress = { phase: 'reading', share: 0 }
    this.lasting = lasting
    this.pausing = false
    atWork.add(this)
    changes.say()
    // That it is paused stands where it was under way.
    const said = work().then((answer) => (hasCode(answer, 'training-paused') ? success(undefined) : answer))
    const trained = await notices.ask(said)
    this.progress = undefined
    atWork.delete(this)
    this.result = trained
    if (lasting) await this.look()
    changes.say()
    await library.refreshAgents(trained?.agent.environment ?? settings.config.environment)
  }
}

function hasCode(answer: Result<unknown>, code: string): boolean {
  return !answer.ok && answer.failure.code === code
}
