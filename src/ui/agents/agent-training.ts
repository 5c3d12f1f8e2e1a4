/** The training that the page has asked for: how far it is, and what came of it. */
import { DEFAULT_TRAINING } from '../../core/comparison/comparison-numbers.ts'
import type { TrainedAgent, Training, TrainingPhase, TrainRequest } from '../../worker/protocol/lab-api.ts'
import type { PageState } from '../state/page-state.ts'

/** The one policy is fitted with (training/sft.ts); fewer demonstrations give a weaker start. */
const DEFAULT_SFT = { demonstrations: 200, epochs: 10 }

export class AgentTraining {
  /** As the form has it. */
  training: Training = DEFAULT_TRAINING
  sft = DEFAULT_SFT
  /** Undefined while none is under way. */
  progress: { readonly phase: TrainingPhase; readonly share: number } | undefined
  result: TrainedAgent | undefined
  readonly #page: PageState

  constructor(page: PageState) {
    this.#page = page
    page.hearers.add((update) => {
      if (update.type === 'training' && this.progress !== undefined) this.progress = update
    })
  }

  async train(request: TrainRequest): Promise<void> {
    if (this.progress !== undefined) return
    const { lab, notices, library, changes, settings, atWork } = this.#page
    this.result = undefined
    this.progress = { phase: 'reading', share: 0 }
    atWork.add(this)
    changes.say()
    const trained = await notices.ask(lab.agent('train', request))
    this.progress = undefined
    atWork.delete(this)
    this.result = trained
    changes.say()
    await library.refreshAgents(trained?.agent.environment ?? settings.config.environment)
  }

  stop(): void {
    void this.#page.lab.agent('stop')
  }
}
