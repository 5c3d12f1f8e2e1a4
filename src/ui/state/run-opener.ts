/**
 * Which run stands in Explore, and how it comes there: the recorded example at first, an earlier one, a fresh one, and back
 * again. Every way goes through `bring`, so that of two the newer wish stays (see intentions.ts).
 */
import type { Result } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import type { LabApi, OpenedRun, RunInfo, StartedRun } from '../../worker/protocol/lab-api.ts'
import { isActing } from './acting.ts'
import type { ParsedAddress } from './address/parse.ts'
import type { Spot } from './address/table.ts'
import type { Changes } from './changes.ts'
import type { ChosenSettings } from './chosen-settings.ts'
import type { Explorer } from './explorer.ts'
import type { Intention, Intentions } from './intentions.ts'
import type { Library } from './library.ts'
import type { Notices } from './notices.ts'
import { type Place, parsePlace, recall, remember } from './place.ts'
import type { Player } from './player.ts'
import { firstQuestion } from './playhead.ts'
import { candidateAt, lessonOf } from './selection.ts'
import type { WorldCamera } from './world-camera.ts'

/** In search of something to show first. */
const TASKS_SEARCHED = 6

/** What of the page it moves. */
export interface OpenerParts {
  readonly changes: Changes
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
  /** Whether there was nothing to show first. */
  none = false
  /** Where the visitor looked when they went to act. */
  cameFrom = parsePlace(recall('came-from'))
  readonly #page: OpenerParts
  /** Where the recorded runs were left, by their ids, the last one last. */
  readonly #left = new Map<string, Place>()
  /** Shows what the lab has opened last where a newer wish has kept it from the page: it stands there if that one fails. */
  #unshown: (() => void | Promise<void>) | undefined

  constructor(page: OpenerParts) {
    this.#page = page
  }

  /** What the page was opened with: see `arrive`; unless the visitor was quicker. */
  async openFirst(address: ParsedAddress, place: Place | undefined): Promise<void> {
    const { explorer, intentions } = this.#page
    await intentions.byItself((own) => (explorer.progress === undefined ? this.arrive(address, place, own) : undefined))
    await intentions.byItself((own) => (explorer.progress === undefined ? this.openRecorded(own) : undefined))
    this.none = explorer.progress === undefined
  }

  /**
   * Where an address leads: to where one looked when it was left, else to the run that it means, else to the example.
   * @returns whether the visitor has wished for nothing else meanwhile
   */
  async arrive(address: ParsedAddress, place?: Place, intention = this.#page.intentions.wish()): Promise<boolean> {
    const { explorer, intentions, library, player } = this.#page
    if (place !== undefined && place.runId === explorer.progress?.info.id && !explorer.left) {
      player.halt()
      await this.#look(place)
    } else if (library.runs.some(({ id }) => id === place?.runId)) await this.open(place?.runId ?? '', place, intention)
    else if (!address.meansRun) await this.openRecorded(intention, address.config.environment)
    else if (!(await this.#openLinked(address, intention)) && intentions.stands(intention)) {
      explorer.left = true // the lab may have looked into another one
      await this.openRecorded(intention, address.config.environment)
    }
    return intentions.stands(intention)
  }

  /** The run that a link means, and where in it. @returns whether it stands there */
  #openLinked(address: ParsedAddress, intention: Intention): Promise<boolean> {
    const { changes, intentions, lab, library } = this.#page
    const say = (words: string | undefined): void => {
      library.busy = words
      changes.say()
    }
    const call = async (): Promise<Result<OpenedRun>> => {
      const code = await fetched(() => import('./address/link-run.ts'))
      if (!code.ok) return code
      const ports = { lab, library, say, wanted: () => intentions.stands(intention) }
      return code.value.runOfLink(ports, address).finally(() => say(undefined))
    }
    const look = async (opened: OpenedRun): Promise<void> => {
      void library.refresh()
      if (address.spot.task === undefined && address.spot.event === undefined && address.spot.at === undefined)
        await this.#showLesson(opened)
      else await this.#lookAt(address.spot)
    }
    return this.bring(call, look, intention)
  }

  async #lookAt({ task = 1, event, at }: Spot): Promise<void> {
    const { explorer, notices } = this.#page
    const last = Math.max(1, explorer.knownTasks)
    if (task > last) notices.fail(`The run has no task ${task} yet. Showing task ${last}.`)
    // A candidate that is picked stands there at the latest when the task is whole.
    const look = event ?? (at === undefined ? firstQuestion : Number.POSITIVE_INFINITY)
    if (!(await explorer.openTask(Math.min(task, last) - 1, look))) return
    if (event !== undefined && event > explorer.events.length)
      notices.fail(`Task ${task} has no event ${event}. Showing event ${explorer.events.length}.`)
    if (at === undefined || explorer.task === undefined) return
    if (at.step === 0 || candidateAt(explorer.task, at) !== undefined) explorer.pick(at)
    else notices.fail(`There is no candidate ${at.step}.${at.candidate} here yet. Showing what the event is about.`)
  }

  async #look({ task, count, pinned }: Place): Promise<void> {
    const { explorer } = this.#page
    if ((await explorer.openTask(task, count)) && pinned !== undefined) explorer.pick(pinned)
  }

  /** Of the next run; where a recorded run stands, that of the environment takes its place. */
  chooseEnvironment(environment: string): void {
    const { explorer, intentions, settings } = this.#page
    settings.change({ environment })
    void intentions.byItself((own) =>
      (explorer.progress?.info.origin ?? 'shipped') === 'shipped' ? this.openRecorded(own) : undefined,
    )
  }

  /**
   * The recorded run that can be gone back to, the one left last if there is; undefined while one stands there, and while
   * it is on its way by itself.
   */
  get example(): RunInfo | undefined {
    const { explorer, library, settings } = this.#page
    const info = explorer.progress?.info
    if (info === undefined ? library.busy === undefined : info.origin === 'shipped') return undefined
    const { environment } = info?.config ?? settings.config
    const shipped = library.runs.filter(({ origin }) => origin === 'shipped')
    const last = [...this.#left.keys()].at(-1)
    const kin = shipped.find(({ config }) => config.environment === environment)
    return shipped.find(({ id }) => id === last) ?? kin ?? shipped[0]
  }

  /** Where it was left. */
  async backToExample(): Promise<boolean> {
    const { example } = this
    return example !== undefined && this.open(example.id, this.#left.get(example.id))
  }

  /** To the run that the visitor came from; where that is gone, to the example. */
  async stopActing(): Promise<boolean> {
    const { cameFrom } = this
    const known = this.#page.library.runs.some(({ id }) => id === cameFrom?.runId)
    return cameFrom !== undefined && known ? this.open(cameFrom.runId, cameFrom) : this.backToExample()
  }

  /** @param place where to look; by default the newest event of an unfinished run, the first question of a finished one */
  open(runId: string, place?: Place, intention = this.#page.intentions.wish()): Promise<boolean> {
    const { explorer, lab, player } = this.#page
    const look = async (opened: OpenedRun): Promise<void> => {
      const { finished, origin } = opened.progress.info
      player.halt()
      if (place !== undefined) await this.#look(place)
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
          this.#leave(opened)
          camera.clear()
          explorer.take(opened)
          return look(opened)
        }
      }
      if (!intentions.stands(intention)) return false
      const show = this.#unshown
      this.#unshown = undefined
      await show?.()
      return opened !== undefined
    })
    return (await stands) ?? false
  }

  /** Another run takes the place of the one that stands there. */
  #leave({ progress: { info: next } }: Opened): void {
    const { explorer } = this.#page
    const { place, progress } = explorer
    if (place === undefined || place.runId === next.id) return
    if (progress?.info.origin === 'shipped') {
      this.#left.delete(place.runId)
      this.#left.set(place.runId, place)
    }
    if (next.config.policy !== 'human' || isActing(explorer)) return
    this.cameFrom = place
    remember('came-from', place)
  }

  /** That of the chosen environment, or of another one, where it was left. */
  openRecorded(own: Intention, environment = this.#page.settings.config.environment): Promise<boolean> | undefined {
    const { explorer, library } = this.#page
    const shipped = library.runs.filter((run) => run.origin === 'shipped')
    const run = shipped.find(({ config }) => config.environment === environment) ?? shipped[0]
    const stands = run?.id === explorer.progress?.info.id && !explorer.left
    return run === undefined || stands ? undefined : this.open(run.id, this.#left.get(run.id), own)
  }

  /** At the first question of the task that will answer it best: that with the clearest rise that made a pair, of the first few. */
  async #showLesson({ tasks }: OpenedRun): Promise<void> {
    const { explorer } = this.#page
    const unmoved = explorer.unmoved()
    const paired = tasks.flatMap((task, index) => (task.pairs > 0 ? index : [])).slice(0, TASKS_SEARCHED)
    const states = await Promise.all(paired.map((task) => explorer.wholeTask(task)))
    const lessons = states.flatMap((state) => {
      const clarity = state && lessonOf(state)?.clarity
      return state === undefined || clarity === undefined ? [] : { task: state.task, clarity }
    })
    const best = lessons.toSorted((a, b) => b.clarity - a.clarity)[0]
    if (unmoved()) await explorer.openTask(best?.task ?? paired[0] ?? 0, firstQuestion)
  }
}
