/**
 * Which run stands in Explore, and how it comes there: the recorded one at first, an earlier one, a fresh one. Every way
 * goes through `bring`, so that of two the newer wish stays (see intentions.ts).
 */
import type { Result } from '../../core/failure.ts'
import type { LabApi, OpenedRun, StartedRun } from '../../worker/protocol/lab-api.ts'
import type { ChosenSettings } from './chosen-settings.ts'
import type { Explorer } from './explorer.ts'
import type { Intention, Intentions } from './intentions.ts'
import type { Library } from './library.ts'
import type { Notices } from './notices.ts'
import { type Place, recallPlace, rememberPlace } from './place.ts'
import type { Player } from './player.ts'
import { lessonOf } from './selection.ts'
import type { WorldCamera } from './world-camera.ts'

/** In search of something to show first. */
const TASKS_SEARCHED = 6

/** What of the page it moves. */
export interface OpenerParts {
  readonly lab: LabApi
  readonly notices: Notices
  readonly settings: ChosenSettings
  readonly explorer: Explorer
  readonly player: Player
  readonly library: Library
  readonly camera: WorldCamera
  readonly intentions: Intentions
}

type Opened = Pick<OpenedRun, 'progress'> & Partial<OpenedRun>

export class RunOpener {
  /** Whether Space starts a fresh run: until the user does anything to the recorded one. */
  inviting = false
  /** Whether there was nothing to show first. */
  none = false
  readonly #page: OpenerParts
  /** Shows what the lab has opened last where a newer wish has kept it from the page: it stands there if that one fails. */
  #unshown: (() => void | Promise<void>) | undefined

  constructor(page: OpenerParts) {
    this.#page = page
  }

  /** Where this tab was before a reload, else the recorded run at its clearest lesson; unless the visitor was quicker. */
  async openFirst(): Promise<void> {
    const { explorer, intentions, library } = this.#page
    for (const place of [recallPlace(), undefined])
      await intentions.byItself((own) => {
        if (explorer.progress !== undefined) return undefined
        const before = library.runs.find(({ id, origin }) => id === place?.runId && origin !== 'shipped')
        if (before !== undefined) return this.open(before.id, place, own)
        this.inviting = true
        return this.openRecorded(own)
      })
    this.none = explorer.progress === undefined
  }

  /** Of the next run; where a recorded run invites to one, that of the environment takes its place. */
  chooseEnvironment(environment: string): void {
    this.#page.settings.change({ environment })
    void this.#page.intentions.byItself((own) => (this.inviting ? this.openRecorded(own) : undefined))
  }

  /** @param place where to look; by default the newest event of an unfinished run, the clearest lesson of a finished one */
  open(runId: string, place?: Place, intention = this.#page.intentions.wish()): Promise<boolean> {
    const { explorer, lab, player } = this.#page
    const look = async (opened: OpenedRun): Promise<void> => {
      const { finished, origin } = opened.progress.info
      player.halt()
      if (place !== undefined) await explorer.openTask(place.task, place.count)
      else if (finished || origin === 'shipped') await this.#showLesson(opened)
      else await explorer.openTask(explorer.knownTasks - 1, Number.POSITIVE_INFINITY)
    }
    return this.bring(() => lab.open(runId), look, intention)
  }

  /** A fresh run, played from its first event, unless other keys were pressed meanwhile. */
  async startFresh(config = this.#page.settings.config, wish = this.#page.intentions.wish()): Promise<boolean> {
    const { explorer, lab, library, notices, player } = this.#page
    const say = ({ corrections }: StartedRun): void => {
      for (const { message } of corrections) notices.fail(message)
      void library.refresh()
    }
    this.inviting = false
    const bringing = this.bring(() => lab.create({ ...config }), say, wish)
    const unstrided = explorer.unstrided()
    const untouched = player.untouched()
    const stands = await bringing
    if (stands && unstrided() && (player.playing || untouched())) player.play()
    return stands
  }

  /**
   * Has the lab open a run, and puts it in the place of the one that stands there.
   * @param look where to look at it, when it stands there
   * @returns whether it came to stand there
   */
  async bring<T extends Opened>(
    call: () => Promise<Result<T>>,
    look: (opened: T) => void | Promise<void>,
    intention = this.#page.intentions.wish(),
  ): Promise<boolean> {
    const { camera, explorer, intentions, notices, player } = this.#page
    if (!intentions.stands(intention)) return false
    player.halt()
    player.runningAll = false
    const stands = intentions.take(intention, async () => {
      const opened = await notices.ask(call())
      if (opened !== undefined) {
        explorer.left = true
        this.#unshown = () => {
          camera.clear()
          explorer.take(opened)
          return look(opened)
        }
      }
      if (!intentions.stands(intention)) return false
      const show = this.#unshown
      this.#unshown = undefined
      await show?.()
      this.remember()
      return opened !== undefined
    })
    return (await stands) ?? false
  }

  remember(): void {
    const { progress, playhead } = this.#page.explorer
    if (progress !== undefined) rememberPlace({ runId: progress.info.id, ...playhead })
  }

  /** That of the chosen environment, or of another one. */
  openRecorded(own: Intention): Promise<boolean> | undefined {
    const { explorer, library, settings } = this.#page
    const shipped = library.runs.filter((run) => run.origin === 'shipped')
    const run = shipped.find(({ config }) => config.environment === settings.config.environment) ?? shipped[0]
    const stands = run?.id === explorer.progress?.info.id && !explorer.left
    return run === undefined || stands ? undefined : this.open(run.id, undefined, own)
  }

  /** Stands where there is something to see: the clearest rise that made a pair, in one of the first tasks that have one. */
  async #showLesson({ tasks }: OpenedRun): Promise<void> {
    const { explorer } = this.#page
    const unmoved = explorer.unmoved()
    const paired = tasks.flatMap((task, index) => (task.pairs > 0 ? index : [])).slice(0, TASKS_SEARCHED)
    const states = await Promise.all(paired.map((task) => explorer.wholeTask(task)))
    const lessons = states.flatMap((state) => {
      const lesson = state && lessonOf(state)
      return state === undefined || lesson === undefined ? [] : { task: state.task, ...lesson }
    })
    const best = lessons.toSorted((a, b) => b.clarity - a.clarity)[0]
    if (!unmoved()) return
    const stands = await explorer.openTask(best?.task ?? paired[0] ?? 0, Number.POSITIVE_INFINITY)
    if (stands && best !== undefined) explorer.pick(best.selection)
  }
}
