/** Everything behind the page, put together: what the elements read, and the few moves that touch several parts. */
import { fetched } from '../../core/fetched.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { LabApi, LabUpdate, OpenedRun } from '../../worker/protocol/lab-api.ts'
import type { Tries } from '../explore/act/tries.ts'
import { Changes } from './changes.ts'
import { ChosenSettings } from './chosen-settings.ts'
import { Explorer } from './explorer.ts'
import { Library } from './library.ts'
import { Notices } from './notices.ts'
import { type Place, recallPlace, rememberPlace } from './place.ts'
import { Player } from './player.ts'
import { lessonOf } from './selection.ts'
import { formatHash } from './settings-hash.ts'
import { type Workspace, workspaceOf } from './workspace.ts'
import { WorldCamera } from './world-camera.ts'

/** In search of something to show first. */
const TASKS_SEARCHED = 6

export type DialogName = 'settings' | 'runs' | 'agents' | 'model' | 'help'

export class PageState {
  readonly changes = new Changes()
  readonly notices = new Notices(this.changes)
  readonly settings = new ChosenSettings(this.changes)
  readonly explorer: Explorer
  readonly player: Player
  readonly library: Library
  readonly camera: WorldCamera
  readonly lab: LabApi
  dialog: DialogName | undefined
  workspace: Workspace = 'explore'
  /** Where Compare was left. */
  compareHash = '#compare'
  /** The visitor's own candidates at recorded steps; comes with its code. */
  tries: Tries | undefined
  /** Also hear what the lab says: parts of the page that come later. */
  readonly hearers = new Set<(update: LabUpdate) => void>()
  /** Whether Space starts a fresh run: until the user does anything to the recorded one. */
  inviting = false
  /** Whether the path stands there as a text tree. */
  textual = false
  /** Whether the export menu is open. */
  exporting = false
  opened: 'waiting' | 'yes' | 'none' = 'waiting'

  /** @param connect makes the lab; called once, with what to do when it dies */
  constructor(connect: (died: (sentence: string) => void) => LabApi) {
    const lab = connect((sentence) => this.notices.fail(sentence))
    this.lab = lab
    this.explorer = new Explorer(lab, this.changes, this.notices)
    this.player = new Player(lab, this.changes, this.notices, this.explorer)
    this.library = new Library(lab, this.changes, this.notices)
    this.camera = new WorldCamera(lab, this.changes, this.explorer)
    this.changes.subscribe(() => void this.camera.look())
  }

  /** The first second: where this tab was before a reload, else the recorded run at its clearest lesson. */
  async begin(hash: string): Promise<void> {
    this.travel(hash)
    void this.lab.subscribe((update) => this.#hear(update))
    await this.library.refresh()
    const { runs } = this.library
    const place = recallPlace()
    const before = runs.find((run) => run.id === place?.runId && run.origin !== 'shipped')
    if (before === undefined || !(await this.open(before.id, place))) {
      if (!(await this.#openRecorded())) this.opened = 'none'
      this.inviting = true
    }
    addEventListener('pagehide', () => this.#remember())
    this.changes.say()
    // Not before: the recorded run needs no data to be shown.
    let environment: RunConfig['environment'] | undefined
    const wantData = (): void => {
      if (environment === this.settings.config.environment) return
      environment = this.settings.config.environment
      void this.library.want(environment)
    }
    this.changes.subscribe(wantData)
    wantData()
  }

  /** The address says where to go: at first, after a link, Back or Forward. */
  travel(hash: string): void {
    this.workspace = workspaceOf(hash)
    if (this.workspace === 'compare') {
      this.compareHash = hash
      this.player.halt()
    } else for (const { message } of this.settings.read(hash)) this.notices.fail(message)
    this.changes.say()
  }

  hrefOf(workspace: Workspace): string {
    return workspace === 'compare' ? this.compareHash : formatHash(this.settings.config) || '#'
  }

  go(workspace: Workspace): void {
    if (workspace !== this.workspace) location.hash = this.hrefOf(workspace)
  }

  /** Goes to Explore with a run that the lab has just opened, and plays it from its first event. */
  enter(opened: OpenedRun): void {
    this.inviting = false
    this.player.halt()
    this.player.runningAll = false
    this.camera.clear()
    this.explorer.take(opened)
    this.opened = 'yes'
    this.adoptSettings()
    this.go('explore')
    this.player.play()
    void this.library.refresh()
  }

  /** @param place where to look; by default the newest event of an unfinished run, the clearest lesson of a finished one */
  async open(runId: string, place?: Place): Promise<boolean> {
    this.player.halt()
    this.player.runningAll = false
    const opened = await this.notices.ask(this.lab.open(runId))
    if (opened === undefined) return false
    this.camera.clear()
    this.explorer.take(opened)
    this.opened = 'yes'
    if (place !== undefined) await this.explorer.openTask(place.task, place.count)
    else if (opened.progress.info.finished || opened.progress.info.origin === 'shipped') await this.#showLesson(opened)
    else await this.explorer.openTask(this.explorer.knownTasks - 1, Number.POSITIVE_INFINITY)
    this.#remember()
    return true
  }

  /** Opens an earlier run instead of the recorded one. */
  async resume(runId: string): Promise<void> {
    this.inviting = false
    this.go('explore')
    await this.open(runId)
  }

  /** A fresh run, played from its first event, unless step keys were pressed meanwhile. */
  async startFresh(config: RunConfig = this.settings.config): Promise<void> {
    this.inviting = false
    this.player.halt()
    this.player.runningAll = false
    const { value: created, strided } = await this.explorer.hold(this.#create(config))
    if (created && !strided) this.player.play()
  }

  async #create(config: RunConfig): Promise<boolean> {
    const started = await this.notices.ask(this.lab.create({ ...config }))
    if (started === undefined) return false
    for (const { message } of started.corrections) this.notices.fail(message)
    this.camera.clear()
    this.explorer.take({ progress: started.progress, tasks: [] })
    this.opened = 'yes'
    this.#remember()
    void this.library.refresh()
    return true
  }

  /** The visitor acts in the task that stands here, or tries an action of their own at the selected step. */
  async visit(how: 'actHere' | 'openTries'): Promise<void> {
    try {
      await (await import('../explore/act/visit.ts'))[how](this)
    } catch {
      this.notices.fail('Acting could not be fetched. Check the connection and try again.')
    }
  }

  show(dialog: DialogName | undefined): void {
    this.dialog = dialog
    this.changes.say()
  }

  /** Takes the settings of the open run for the next one. */
  adoptSettings(): void {
    const config = this.explorer.progress?.info.config
    if (config !== undefined)
      this.settings.change(parseConfig({ ...config }).config as unknown as Record<string, unknown>)
  }

  /** Files go in or out. */
  async withFiles(work: (files: typeof import('../data/files.ts')) => Promise<void>): Promise<void> {
    const files = await this.notices.ask(fetched(() => import('../data/files.ts')))
    if (files !== undefined) await work(files)
  }

  /** The user has taken the recorded run into their own hands: Space now plays it. */
  decline(): void {
    this.inviting = false
    this.changes.say()
  }

  /** A motion that the user asked for: whatever moved by itself stops doing so. */
  takeInHand(motion: () => void): void {
    this.inviting = false
    this.explorer.following = false
    if (this.player.playing) this.player.halt()
    motion()
  }

  toggleExport(): void {
    this.exporting = !this.exporting
    this.changes.say()
  }

  toggleText(): void {
    this.textual = !this.textual
    this.changes.say()
  }

  /** Stands where there is something to see: the clearest rise that made a pair, in one of the first tasks that have one. */
  async #showLesson({ tasks }: OpenedRun): Promise<void> {
    const paired = tasks.flatMap((task, index) => (task.pairs > 0 ? index : [])).slice(0, TASKS_SEARCHED)
    const states = await Promise.all(paired.map((task) => this.explorer.wholeTask(task)))
    const lessons = states.flatMap((state) => {
      const lesson = state && lessonOf(state)
      return state === undefined || lesson === undefined ? [] : { task: state.task, ...lesson }
    })
    const best = lessons.toSorted((a, b) => b.clarity - a.clarity)[0]
    await this.explorer.openTask(best?.task ?? paired[0] ?? 0, Number.POSITIVE_INFINITY)
    if (best !== undefined) this.explorer.pick(best.selection)
  }

  /** The recorded run of the chosen environment, or of another one. @returns whether there is any */
  async #openRecorded(): Promise<boolean> {
    const shipped = this.library.runs.filter((run) => run.origin === 'shipped')
    const { environment } = this.settings.config
    const run = shipped.find(({ config }) => config.environment === environment) ?? shipped[0]
    return run !== undefined && (run.id === this.explorer.progress?.info.id || this.open(run.id))
  }

  /** Of the next run; where a recorded run stands, that of the environment takes its place. */
  chooseEnvironment(environment: string): void {
    this.settings.change({ environment })
    if (this.inviting) void this.#openRecorded()
  }

  #remember(): void {
    const { progress, playhead } = this.explorer
    if (progress !== undefined) rememberPlace({ runId: progress.info.id, ...playhead })
  }

  #hear(update: LabUpdate): void {
    if (update.type === 'notice') this.notices.fail(update.failure.message)
    if (update.type === 'data') this.library.hear(update.data)
    this.explorer.hear(update)
    this.player.hear()
    for (const hear of this.hearers) hear(update)
    this.changes.say()
  }
}
