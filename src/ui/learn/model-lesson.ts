/**
 * What Learn does with the tiny language model: a run of its own, explored by RRO; one pair of it, token by token; and DPO on all of
 * them. Run and agent are kept under names that say so, so that the lesson goes on with them after a reload.
 */
import type { Result } from '../../core/failure.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import type { OpenedRun, Spelled } from '../../worker/protocol/lab-api.ts'
import { AgentTraining } from '../agents/agent-training.ts'
import { keptByPage } from '../parts/kept-by-page.ts'
import type { PageState } from '../state/page-state.ts'
import { lessonOf } from '../state/selection.ts'
import { borrowedPlaceOf } from './borrowed-place.ts'
import { countDecided } from './example.ts'
import { wantsStill } from './scene.ts'

const RUN_NAME = 'The tiny language model, explored in Learn'
const AGENT_NAME = 'The tiny language model, trained in Learn'
/** All else is as it comes: the paper's RRO. */
export const TASKS = 40
const SETTINGS = { environment: 'webshop', policy: 'transformer', model: 'tiny', tasks: TASKS } as const
const { config: CONFIG } = parseConfig(SETTINGS)

/** Of the step with the clearest rise. */
export interface ToldPair {
  readonly task: number
  readonly step: number
  readonly chosen: Reply
  readonly rejected: Reply
}

export interface Reply {
  readonly candidate: number
  readonly action: string
  /** Process reward, 0 to 1. */
  readonly reward: number
  /** As it was written, and as the trained model judges it; undefined until that is there. */
  readonly spelled: Spelled
  readonly after: Spelled | undefined
}

export class ModelLesson {
  readonly training: AgentTraining
  /** Why it does not go on, in a sentence. */
  failure: string | undefined
  fetching = false
  /** The first action of the run. */
  first: Spelled | undefined
  pair: ToldPair | undefined
  readonly #page: PageState
  #runId: string | undefined
  /** What is under way: whoever wants the same waits for it. */
  readonly #under = new Map<string, Promise<void>>()

  constructor(page: PageState) {
    this.#page = page
    this.training = new AgentTraining(page)
  }

  /** Whether its run stands in Explore's place. */
  get here(): boolean {
    return this.#runId !== undefined && this.#page.explorer.place?.runId === this.#runId
  }

  get exploring(): boolean {
    return this.here && this.#page.player.runningAll
  }

  get explored(): boolean {
    return this.here && this.#page.explorer.progress?.info.finished === true
  }

  /** The setting `model` of what came of the training, also of one before a reload. */
  get judge(): string | undefined {
    const kept = this.#page.library.agents.webshop?.find(
      ({ name, origin, trained }) => name === AGENT_NAME && origin === 'here' && trained.run === RUN_NAME,
    )
    return this.training.result?.agent.model ?? kept?.model
  }

  /** The model is fetched, and has done its first task. */
  fetch(): Promise<void> {
    return this.#once('fetch', () => this.#fetch())
  }

  /** All tasks, or as far as it comes until it is stopped. */
  explore(): Promise<void> {
    return this.#once('explore', () => this.#explore())
  }

  async stop(): Promise<void> {
    await this.#page.player.stopAll()
  }

  /** Trains on all pairs, or goes on with a training that was left. */
  train(): Promise<void> {
    return this.#once('train', () => this.#train())
  }

  /** Where the first action stands. */
  async showFirst(): Promise<void> {
    await this.fetch()
    if (!this.here) return
    const { explorer } = this.#page
    await explorer.openTask(0, (events) => events.findIndex(({ type }) => type === 'candidate-scored') + 1)
    explorer.pick({ step: 1, candidate: 1 })
    this.first ??= await this.#spelled(0, 1, 1)
    this.#page.changes.say()
  }

  /** Where the pair stands, once all is explored. */
  async showPair(): Promise<void> {
    const { explorer, library } = this.#page
    if (library.agents.webshop === undefined) await library.refreshAgents('webshop')
    await this.explore()
    if (!this.explored) return
    this.pair ??= await this.#find()
    if (this.pair === undefined) this.failure = 'No step of this run made a pair that can be shown.'
    else {
      const { task, step, chosen } = this.pair
      await explorer.openTask(task, (events) => countDecided(events, step))
      explorer.pick({ step, candidate: chosen.candidate })
    }
    await this.#judged()
    this.#page.changes.say()
  }

  #once(what: string, work: () => Promise<void>): Promise<void> {
    const under = this.#under.get(what) ?? work().finally(() => this.#under.delete(what))
    this.#under.set(what, under)
    return under
  }

  async #fetch(): Promise<void> {
    if (this.here) return
    const { changes, explorer, library } = this.#page
    this.failure = undefined
    this.fetching = true
    changes.say()
    if (!(await this.#open())) this.failure ??= 'The run of this chapter did not come to stand here. Press once more.'
    else if (!(await explorer.exploreTo(0)))
      this.failure = explorer.progress?.failure?.message ?? 'It could not explore. Press once more to try again.'
    this.fetching = false
    changes.say()
    await library.refresh()
  }

  /** The run that was begun before, where it is there and can go on; else a new one. */
  async #open(): Promise<boolean> {
    const { explorer, lab, library } = this.#page
    const isOurs = (run: (typeof library.runs)[number]): boolean =>
      run.origin === 'here' && run.name === RUN_NAME && JSON.stringify(run.config) === JSON.stringify(CONFIG)
    const known = library.runs.find((run) => run.id === this.#runId || isOurs(run))
    if (
      known !== undefined &&
      (await this.#bring(() => lab.open(known.id))) &&
      explorer.progress?.blocked === undefined
    )
      return true
    if (!(await this.#bring(() => lab.create({ ...CONFIG })))) return false
    if (this.#runId !== undefined) await lab.rename(this.#runId, RUN_NAME)
    return true
  }

  #bring(call: () => Promise<Result<Pick<OpenedRun, 'progress'>>>): Promise<boolean> {
    return borrowedPlaceOf(this.#page).bring(async () => {
      const opened = await call()
      if (opened.ok) this.#runId = opened.value.progress.info.id
      else this.failure = 'It could not be fetched. Check the connection, then press once more.'
      return opened
    })
  }

  async #explore(): Promise<void> {
    await this.fetch()
    if (!this.here || this.explored) return
    const { changes, explorer, player } = this.#page
    this.failure = undefined
    await player.runAll()
    // Whoever wants no motion sees the tasks when all are there.
    if (wantsStill()) explorer.following = false
    await new Promise<void>((resolve) => {
      const rests = (): boolean => !this.exploring
      if (rests()) resolve()
      else {
        const leave = changes.subscribe(() => {
          if (!rests()) return
          leave()
          resolve()
        })
      }
    })
    if (this.here && explorer.progress?.status === 'failed') this.failure = explorer.progress.failure?.message
    changes.say()
  }

  async #train(): Promise<void> {
    await this.showPair()
    const { training } = this
    if (!this.explored || training.progress !== undefined || training.result !== undefined) return
    this.failure = undefined
    await training.look()
    const left = training.unfinished
    if (left === undefined)
      await training.train({ runId: this.#runId ?? '', name: AGENT_NAME, training: training.textTraining }, true)
    else if (left.name === AGENT_NAME) await training.resume()
    else this.failure = 'Another training is not finished. Go on with it or discard it, then press once more.'
    await this.#judged()
    this.#page.changes.say()
  }

  /** The step with the clearest rise that made a pair, of all tasks. */
  async #find(): Promise<ToldPair | undefined> {
    const { explorer } = this.#page
    const paired = explorer.tasks.flatMap(({ pairs }, task) => (pairs > 0 ? task : []))
    const states = await Promise.all(paired.map((task) => explorer.wholeTask(task)))
    const lessons = states.flatMap((state) => {
      const lesson = state && lessonOf(state)
      return state === undefined || lesson === undefined ? [] : { state, ...lesson }
    })
    const best = lessons.toSorted((a, b) => b.clarity - a.clarity)[0]
    const step = best?.state.steps[best.selection.step - 1]
    const pair = step?.pairs.find(({ chosen }) => chosen === best?.selection.candidate)
    if (best === undefined || step === undefined || pair === undefined) return undefined
    const reply = async (candidate: number): Promise<Reply | undefined> => {
      const state = step.candidates[candidate - 1]
      const spelled = await this.#spelled(best.state.task, step.step, candidate)
      if (state?.scored === undefined || spelled === undefined) return undefined
      return { candidate, action: state.proposed.action, reward: state.scored.reward, spelled, after: undefined }
    }
    const [chosen, rejected] = [await reply(pair.chosen), await reply(pair.rejected)]
    return chosen && rejected && { task: best.state.task, step: step.step, chosen, rejected }
  }

  /** The pair as the trained model judges it. */
  async #judged(): Promise<void> {
    const { pair, judge } = this
    if (pair === undefined || judge === undefined || pair.chosen.after !== undefined) return
    const judged = async (reply: Reply): Promise<Reply> => ({
      ...reply,
      after: await this.#spelled(pair.task, pair.step, reply.candidate, judge),
    })
    this.pair = { ...pair, chosen: await judged(pair.chosen), rejected: await judged(pair.rejected) }
  }

  async #spelled(task: number, step: number, candidate: number, judge?: string): Promise<Spelled | undefined> {
    const { lab, notices } = this.#page
    return this.here ? notices.ask(lab.visit('spoken', task, step, candidate, judge)) : undefined
  }
}

export const modelLessonOf = keptByPage((page) => new ModelLesson(page))
