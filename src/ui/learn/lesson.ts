/**
 * Where a visitor is in Learn, and the moves between its beats. The example stands in Explore's own place while Learn is
 * open; what stood there before comes back when it is left.
 */
import { SHIPPED_DATA } from '../../core/settings/shipped-data.ts'
import { withFiles } from '../data/with-files.ts'
import { keptByPage } from '../parts/kept-by-page.ts'
import { Newest } from '../state/newest.ts'
import type { PageState } from '../state/page-state.ts'
import { borrowedPlaceOf } from './borrowed-place.ts'
import type { Beat, Chapter } from './chapter.ts'
import { CHAPTERS } from './chapters.ts'
import { contestLessonOf } from './contest-lesson.ts'
import { type Example, partsOfTask } from './example.ts'
import { chapterIn, formatLearnHash } from './learn-hash.ts'
import { keepProgress, type Progress, recallProgress } from './progress.ts'
import { closeKnobs, Scene } from './scene.ts'

/** Tasks of the recorded run that are searched for one to tell with. */
const TASKS_SEARCHED = 10

export class Lesson {
  scene: Scene | undefined
  /** Why there is no example; undefined while there is, or while it is being opened. */
  failure: string | undefined
  /** Names of the chapters that were gone through. */
  done: readonly string[] = []
  readonly #page: PageState
  #chapter: Chapter = FIRST
  #at = 0
  readonly #visits = new Newest()
  #example: Example | undefined
  /** Those whose code is here, of those whose code comes late. */
  readonly #fetched = new Set<Chapter>()
  /** The visitor's own, before Learn. */
  #speed: PageState['player']['speed'] | undefined
  /** The address as it was last read or written. */
  #hash = ''

  constructor(page: PageState) {
    this.#page = page
    const progress = recallProgress()
    if (progress !== undefined) this.#resume(progress)
  }

  get chapter(): Chapter {
    return this.#chapter
  }

  get at(): number {
    return this.#at
  }

  get beat(): Beat {
    return this.#chapter.beats[this.#at] ?? this.#chapter.beats[0]
  }

  get next(): Chapter | undefined {
    return CHAPTERS[CHAPTERS.indexOf(this.#chapter) + 1]
  }

  get isLastBeat(): boolean {
    return this.#at === this.#chapter.beats.length - 1
  }

  /** The answer to what the visitor did in this beat; undefined until they did it, and where nothing is asked. */
  get heard(): unknown {
    return this.scene && this.beat.ask?.heard(this.scene)
  }

  /** Whether the visitor's own shop is in the place of the one that Learn is told with: nothing of it can be drawn anew. */
  get foreign(): boolean {
    const { webshop } = this.#page.library.data
    return typeof webshop === 'object' && webshop.fingerprint !== SHIPPED_DATA.webshop
  }

  takeShipped(): void {
    void withFiles(this.#page, (code) => code.useShippedData(this.#page, 'webshop'))
  }

  /** Opens the example, and goes on where the visitor was, or at the chapter of the address. */
  async enter(): Promise<void> {
    const { address, explorer, library, intentions } = this.#page
    const newest = this.#visits.next()
    const stays = (): boolean => newest() && address.workspace === 'learn'
    this.failure = undefined
    this.read(address.hashes.learn)
    await this.#page.begun
    await intentions.idle()
    if (!stays()) return
    const run = library.runs.find(({ origin, config }) => origin === 'shipped' && config.environment === 'webshop')
    if (run === undefined) {
      this.#fail('The recorded run that Learn is told with is not here. Reload the page to fetch it again.')
      return
    }
    if (!(await borrowedPlaceOf(this.#page).open(run.id)) || !stays()) return
    this.#example ??= await this.#find(run.id, stays)
    if (!stays()) return
    if (this.#example === undefined) {
      this.#fail(
        'The recorded run has no task that shows the rule. Make the recorded runs anew: npm run data:recorded.',
      )
      return
    }
    await explorer.openTask(this.#example.task.task, 1)
    if (!stays()) return
    this.#speed ??= this.#page.player.speed
    this.#begin()
  }

  /** Explore is as it was. */
  leave(): void {
    const { player } = this.#page
    const newest = this.#visits.next()
    player.halt()
    player.speed = this.#speed ?? player.speed
    this.#speed = undefined
    this.scene = undefined
    closeKnobs(this.#page)
    contestLessonOf(this.#page).leave()
    void borrowedPlaceOf(this.#page).putBack(newest)
  }

  /** Follows the address: a link to a chapter, Back and Forward. */
  read(hash: string): void {
    if (hash === this.#hash) return
    this.#hash = hash
    const { name, correction } = chapterIn(hash)
    if (correction !== undefined) this.#page.notices.fail(correction)
    if (name !== undefined && name !== this.#chapter.name) this.#turnTo(name, 0)
  }

  /** One key: does what is asked where it is not done yet, else goes on. */
  goOn(): void {
    const { scene } = this
    const { ask } = this.beat
    if (scene === undefined) return
    if (ask !== undefined && this.heard === undefined && !scene.shown) {
      scene.shown = true
      ask.show(scene)
      this.#page.changes.say()
    } else if (!this.isLastBeat) this.#turnTo(this.#chapter.name, this.#at + 1)
    else this.#finish()
  }

  back(): void {
    if (this.#at > 0) this.#turnTo(this.#chapter.name, this.#at - 1)
    else {
      const before = CHAPTERS[CHAPTERS.indexOf(this.#chapter) - 1]
      if (before !== undefined) this.#turnTo(before.name, before.beats.length - 1)
    }
  }

  /** An answer was pressed. */
  say(value: string): void {
    const { scene } = this
    if (scene === undefined) return
    scene.said = value
    this.beat.ask?.show(scene)
    this.#page.changes.say()
  }

  #finish(): void {
    this.done = [...new Set([...this.done, this.#chapter.name])]
    if (this.next !== undefined) this.#turnTo(this.next.name, 0)
    else this.#keep()
    this.#page.changes.say()
  }

  #turnTo(name: string, at: number): void {
    const chapter = CHAPTERS.find((known) => known.name === name) ?? FIRST
    const turned = chapter !== this.#chapter
    this.#chapter = chapter
    this.#at = at
    this.#keep()
    if (turned) this.#write()
    if (this.#example !== undefined) this.#begin()
  }

  #begin(): void {
    const example = this.#example
    if (example === undefined) return
    this.failure = undefined
    if (this.#chapter.fetch !== undefined && !this.#fetched.has(this.#chapter)) {
      this.scene = undefined
      void this.#fetch(this.#chapter)
      return
    }
    if (!this.#chapter.ownRun && this.#page.explorer.place?.runId !== example.runId) {
      this.scene = undefined
      void this.enter()
      return
    }
    closeKnobs(this.#page)
    this.scene = new Scene(this.#page, example)
    this.beat.set?.(this.scene)
    this.#page.changes.say()
  }

  async #fetch(chapter: Chapter): Promise<void> {
    const newest = this.#visits.now()
    try {
      await chapter.fetch?.()
      this.#fetched.add(chapter)
      if (newest() && chapter === this.#chapter) this.#begin()
    } catch {
      if (chapter === this.#chapter)
        this.#fail('This chapter could not be fetched. Check the connection, then open it again.')
    }
  }

  /** A chapter has an address, so that Back goes to the one before. */
  #write(): void {
    const hash = formatLearnHash(this.#chapter.name)
    if (hash === this.#hash) return
    this.#hash = hash
    this.#page.address.hashes.learn = hash
    if (this.#page.address.workspace === 'learn') location.hash = this.#page.address.within(hash)
  }

  #keep(): void {
    keepProgress({ chapter: this.#chapter.name, beat: this.#at, done: this.done })
  }

  #resume({ chapter, beat, done }: Progress): void {
    const known = CHAPTERS.find(({ name }) => name === chapter)
    this.done = done
    if (known === undefined) return
    this.#chapter = known
    this.#at = Math.min(beat, known.beats.length - 1)
  }

  /** @param stays whether it is still searched for */
  async #find(runId: string, stays: () => boolean): Promise<Example | undefined> {
    const { explorer } = this.#page
    const config = explorer.progress?.info.config
    if (config === undefined || explorer.progress?.info.id !== runId) return undefined
    for (let task = 0; task < Math.min(TASKS_SEARCHED, explorer.knownTasks); task++) {
      const state = await explorer.wholeTask(task)
      const parts = state && partsOfTask(state)
      if (!stays()) return undefined
      if (state === undefined || parts === undefined) continue
      await explorer.openTask(task, 1)
      return { runId, config, task: state, events: explorer.events, ...parts }
    }
    return undefined
  }

  #fail(message: string): void {
    this.failure = message
    this.#page.changes.say()
  }
}

const [FIRST] = CHAPTERS

export const lessonOf = keptByPage((page) => new Lesson(page))
