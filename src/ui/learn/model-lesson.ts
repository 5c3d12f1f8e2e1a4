/**
 * What Learn does with the tiny language model: a run of its own, explored by RRO; one pair of it, token by token; and DPO on all of
 * them. Run and agent are kept under names that say so, so that the lesson goes on with them after a reload.
 */
import type { Failure, Result } from '../../core/failure.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import type { OpenedRun, RunInfo, Spelled } from '../../worker/protocol/lab-api.ts'
import { AgentTraining } from '../agents/agent-training.ts'
import { keptByPage } from '../parts/kept-by-page.ts'
import { Newest } from '../state/newest.ts'
import type { PageState } from '../state/page-state.ts'
import { borrowedPlaceOf } from './borrowed-place.ts'
import { countDecided } from './example.ts'
import { wantsStill } from './scene.ts'
import { findPair, judgedPair, type ToldPair } from './told-pair.ts'

export const RUN_NAME = 'The tiny language model, explored in Learn'
export const AGENT_NAME = 'The tiny language model, trained in Learn'
/** All else is as it comes: the paper's RRO. */
export const TASKS = 40
const SETTINGS = { environment: 'webshop', policy: 'transformer', model: 'tiny', tasks: TASKS } as const
const { config: CONFIG } = parseConfig(SETTINGS)

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
  /** Who was asked to judge the pair since it was last shown. */
  #asked: string | undefined
  /** Where one looks, of two wishes the newer. */
  readonly #looks = new Newest()
  /** What is under way: whoever wants the same waits for it. */
  readonly #under = new Map<string, Promise<void>>()

  constructor(page: PageState) {
    this.#page = page
    this.training = new AgentTraining(page)
    // A training that was paused is gone on with where it stands.
    page.changes.subscribe((change) => {
      if (change === 'anything') void this.#judge()
    })
  }

  /** Whether its run stands in Explore's place. */
  get here(): boolean {
    return this.#runId !== undefined && this.#page.explorer.place?.runId === this.#runId
  }

  get exploring(): boolean {
    const { explorer, player } = this.#page
    return this.here && player.runningAll && explorer.progress?.blocked === undefined
  }

  get explored(): boolean {
    return this.here && this.#page.explorer.progress?.info.finished === true
  }

  /** The setting `model` of what came of the training, also of one before a reload. */
  get judge(): string | undefined {
    const { explorer, library } = this.#page
    const data = explorer.progress?.data.fingerprint
    const kept = library.agents.webshop?.find(
      ({ name, origin, trained: { run, data: own } }) =>
        origin === 'here' && name === AGENT_NAME && run === RUN_NAME && own === data,
    )
    return this.training.result?.agent.model ?? kept?.model
  }

  /** Where the first action stands; fetches the model, which does its first task. */
  async showFirst(): Promise<void> {
    const newest = this.#looks.next()
    await this.#once('fetch', () => this.#fetch())
    if (!newest() || !this.here) return
    const { explorer, changes } = this.#page
    await explorer.openTask(0, (events) => events.findIndex(({ type }) => type === 'candidate-scored') + 1)
    if (newest() && this.here) explorer.pick({ step: 1, candidate: 1 })
    this.first ??= await this.#spelled(0, 1, 1)
    changes.say()
  }

  /** Where the pair stands; explores all before. @param at its chosen action, or the state in which both were written */
  async showPair(at: 'chosen' | 'before' = 'chosen'): Promise<void> {
    const { changes, explorer, library } = this.#page
    const newest = this.#looks.next()
    if (this.pair?.chosen.after === undefined) this.#asked = undefined
    if (library.agents.webshop === undefined) await library.refreshAgents('webshop')
    await this.#once('explore', () => this.#explore())
    if (!this.explored) return
    await this.#once('find', () => this.#find())
    if (this.pair === undefined) this.failure = 'No step of this run made a pair that can be shown.'
    else if (newest() && this.here) {
      const { task, step, chosen, from } = this.pair
      await explorer.openTask(task, (events) => countDecided(events, step))
      if (newest() && this.here) explorer.pick(at === 'before' ? from : { step, candidate: chosen.candidate })
    }
    changes.say()
  }

  /** Exploring ends where it is, and can go on. */
  async stop(): Promise<void> {
    await this.#page.player.stopAll()
  }

  /** Trains on all pairs, or goes on with a training that was left. */
  train(): Promise<void> {
    return this.#once('train', () => this.#train())
  }

  #once(what: string, work: () => Promise<void>): Promise<void> {
    const under = this.#under.get(what) ?? work().finally(() => this.#under.delete(what))
    this.#under.set(what, under)
    return under
  }

  async #fetch(): Promise<void> {
    const { changes, explorer, library } = this.#page
    if (this.here && explorer.progress?.blocked === undefined) return
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
      if (opened.ok) this.#take(opened.value.progress.info.id)
      this.failure = opened.ok ? undefined : inTheWay(opened.failure)
      return opened
    })
  }

  /** What is known of another run is not of this one. */
  #take(runId: string): void {
    if (runId === this.#runId) return
    this.#runId = runId
    this.first = undefined
    this.pair = undefined
    this.training.result = undefined
    this.#asked = undefined
  }

  async #explore(): Promise<void> {
    await this.#once('fetch', () => this.#fetch())
    if (!this.here || this.explored) return
    const { changes, explorer, player } = this.#page
    this.failure = undefined
    await player.runAll()
    // Whoever wants no motion sees the tasks when all are there.
    if (wantsStill()) explorer.following = false
    await this.#rests()
    if (this.here && explorer.progress?.status === 'failed') this.failure = explorer.progress.failure?.message
    if (this.here && explorer.progress?.blocked !== undefined)
      this.failure = 'Other data has come in the place of its own. Press once more to begin anew.'
    changes.say()
  }

  /** Resolves when it does not explore any more. */
  #rests(): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.exploring) return
        leave()
        resolve()
      }
      const leave = this.#page.changes.subscribe(look)
      look()
    })
  }

  async #find(): Promise<void> {
    if (this.pair !== undefined) return
    const { explorer } = this.#page
    const paired = explorer.tasks.flatMap(({ pairs }, task) => (pairs > 0 ? task : []))
    const tasks = await Promise.all(paired.map((task) => explorer.wholeTask(task)))
    const known = tasks.flatMap((task) => task ?? [])
    this.pair = await findPair(known, (...at) => this.#spelled(...at))
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
    this.#page.changes.say()
  }

  /** The trained model judges the pair, once both are there. */
  async #judge(): Promise<void> {
    const { pair, judge } = this
    if (!this.here || pair === undefined || judge === undefined) return
    if (judge === this.#asked || this.#under.has('judge')) return
    this.#asked = judge
    await this.#once('judge', async () => {
      const judged = await judgedPair(pair, (task, step, candidate) => this.#spelled(task, step, candidate, judge))
      if (this.pair === pair) this.pair = judged
    })
    this.#page.changes.say()
  }

  async #spelled(task: number, step: number, candidate: number, judge?: string): Promise<Spelled | undefined> {
    const { lab, notices } = this.#page
    return this.here ? notices.ask(lab.visit('spoken', task, step, candidate, judge)) : undefined
  }
}

/** Storage says itself what is wrong with it. */
function inTheWay({ code, message }: Failure): string {
  if (code.startsWith('storage-')) return `${message} Press once more to try again.`
  return 'It could not be fetched. Check the connection, then press once more.'
}

function isOurs({ origin, name, config }: RunInfo): boolean {
  return origin === 'here' && name === RUN_NAME && JSON.stringify(config) === JSON.stringify(CONFIG)
}

export const modelLessonOf = keptByPage((page) => new ModelLesson(page))
