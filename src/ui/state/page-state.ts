/** Everything behind the page, put together: what the elements read, and the few moves that touch several parts. */
import type { RunConfig } from '../../core/settings/settings.ts'
import type { LabApi, LabUpdate, StorageUpdate } from '../../worker/protocol/lab-api.ts'
import { Address } from './address.ts'
import { Changes } from './changes.ts'
import { ChosenSettings } from './chosen-settings.ts'
import { Explorer } from './explorer.ts'
import { drawn } from './frames.ts'
import { Guesses } from './guesses.ts'
import type { IdleActions } from './idle-actions.ts'
import { Intentions } from './intentions.ts'
import { Library } from './library.ts'
import { Notices } from './notices.ts'
import { Player } from './player.ts'
import { RunOpener } from './run-opener.ts'
import type { ShownTries } from './shown-tries.ts'
import { View } from './view.ts'
import { WorldCamera } from './world-camera.ts'

export type Visit = 'actHere' | 'openTries' | 'openKnobs' | 'editWorld'
/** Of the lab or of its storage. */
export type Trouble = StorageUpdate | { readonly type: 'died'; readonly sentence: string }

/** Updates that tell how far something has come, but for the open run's. */
const GOES_ON = new Set<LabUpdate['type']>(['comparison', 'training', 'dataset'])

/** Of play: rollouts come with every frame or two. */
const HURRIED_SPEED = 8

export class PageState {
  readonly changes = new Changes()
  readonly notices = new Notices(this.changes)
  readonly settings = new ChosenSettings(this.changes)
  readonly explorer: Explorer
  readonly player: Player
  readonly library: Library
  readonly camera: WorldCamera
  readonly lab: LabApi
  readonly intentions = new Intentions()
  readonly opener: RunOpener
  readonly address: Address
  readonly view = new View(this.changes)
  readonly guesses = new Guesses(this.changes)
  /** The visitor's own candidates at recorded steps, from when they have made any. */
  tries: ShownTries | undefined
  /** Which actions were none, from when a run stands here in which anything can be said. */
  idle: IdleActions | undefined
  /** What the visitor tries of the rule, from when they have asked for it. */
  knobs: { readonly open: boolean } | undefined
  /** Whether the visitor edits the world that stands here, and whether they have undone it, from when they have asked to. */
  editing: { readonly open: boolean; readonly undone: unknown } | undefined
  /** The visitor acts in the task that stands here, or tries an action, a rule or a world of their own. */
  readonly visit: (how: Visit) => unknown
  /** Also hear what the lab says: parts of the page that come later. */
  readonly hearers = new Set<(update: LabUpdate) => void>()
  /** What those do when the lab was started anew. */
  readonly again = new Set<() => unknown>()
  /** Those of them that are at something which a reload would break off. */
  readonly atWork = new Set<object>()
  /** Resolves when the first second is over: the library is read, and what is shown first stands there. */
  readonly begun: Promise<void>
  #begun = (): void => undefined
  /** Resolves when the first picture has been painted: what the page fetches of itself beyond it waits for that. */
  readonly painted: Promise<void>
  #painted = (): void => undefined
  /** What was last told of the storage; undefined while all is well. */
  storage: StorageUpdate | undefined
  readonly #care: (trouble: Trouble) => unknown

  /**
   * @param connect makes the lab; called once, with what to do when it dies
   * @param visit what to do when the visitor wants to act: its code comes late, and knows the page
   * @param care what to do about a trouble; its code comes late, too
   */
  constructor(
    connect: (died: (sentence: string) => void) => LabApi,
    visit: (page: PageState, how: Visit) => unknown = () => undefined,
    care: (trouble: Trouble) => unknown = () => undefined,
  ) {
    this.#care = care
    this.begun = new Promise((resolve) => {
      this.#begun = resolve
    })
    this.painted = new Promise((resolve) => {
      this.#painted = resolve
    })
    this.visit = (how) => visit(this, how)
    const lab = connect((sentence) => {
      this.notices.fail(sentence)
      care({ type: 'died', sentence })
    })
    this.lab = lab
    this.explorer = new Explorer(lab, this.changes, this.notices, this.intentions)
    this.player = new Player(lab, this.changes, this.notices, this.explorer, this.intentions)
    this.library = new Library(lab, this.changes, this.notices)
    this.camera = new WorldCamera(lab, this.changes, this.explorer)
    this.opener = new RunOpener(this)
    this.address = new Address(this)
  }

  /** The first second. */
  async begin(hash: string): Promise<void> {
    const { address, place } = this.address.begin(hash)
    void this.lab.subscribe((update) => {
      this.#hear(update)
      return drawn()
    })
    addEventListener('pagehide', () => this.address.leave())
    await this.library.refresh()
    await this.opener.openFirst(address, place)
    this.address.follow(this.intentions.newest === 0, (to) => this.opener.arrive(to.address, to.place))
    this.#begun()
    this.changes.say()
    // Not before it is seen: the recorded run needs no data to be shown.
    if (this.explorer.task === undefined) this.#wantData()
    else void this.painted.then(() => this.#wantData())
  }

  /** The data of the environment that is chosen, now and whenever another one is. */
  #wantData(): void {
    let environment: RunConfig['environment'] | undefined
    const wantData = (): void => {
      if (environment === this.settings.config.environment) return
      environment = this.settings.config.environment
      void this.library.want(environment)
    }
    this.changes.subscribe(wantData)
    wantData()
  }

  /** Whether things come by themselves so fast, one after the other, that a frame may have no time to show all of each. */
  get hurries(): boolean {
    const { explorer, player } = this
    return (explorer.following && explorer.running) || (player.playing && player.speed >= HURRIED_SPEED)
  }

  /** Something to look at stands on the page, and will be painted with the next frame. */
  stands(): void {
    requestAnimationFrame(() => setTimeout(this.#painted))
  }

  /** A motion that the user asked for: whatever moved by itself stops doing so. */
  takeInHand(motion: () => void): void {
    const moved = this.player.playing || this.explorer.following
    this.explorer.following = false
    if (this.player.playing) this.player.halt()
    if (moved) this.address.keep()
    this.address.move()
    motion()
  }

  #hear(update: LabUpdate): void {
    if (update.type === 'notice') this.notices.fail(update.failure.message)
    if (update.type === 'storage') {
      this.storage = update
      this.#care(update)
    }
    if (update.type === 'data') this.library.hear(update.data)
    const change =
      update.type === 'progress' ? this.explorer.hear(update) : GOES_ON.has(update.type) ? 'progress' : 'anything'
    this.player.hear()
    for (const hear of this.hearers) hear(update)
    this.changes.say(change)
  }
}
