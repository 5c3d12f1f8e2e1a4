/**
 * What the page does when the lab falls silent or dies, and when its storage is not what it should be. Fetched three seconds
 * after the page, or with the first trouble.
 */

import { Silence } from '../../core/silence.ts'
import type { StorageUpdate } from '../../worker/protocol/lab-api.ts'
import type { PageState, Trouble } from '../state/page-state.ts'
import { lostWithLab, reviveLab } from '../state/revival.ts'
import { durationText } from '../words/format.ts'
import type { LabClient } from './lab-client.ts'

const LOOK_MS = 1_000
/** A silence that is worth saying. */
const SILENT_MS = 5_000

const IN_MEMORY = 'Runs work, but only in memory: export what you want to keep before you leave the page.'

export class LabCare {
  readonly #page: PageState
  readonly #client: LabClient
  /** What is said of the silence that lasts. */
  #said: number | undefined
  /** Something was made that only memory holds. */
  #unsaved = false

  constructor(page: PageState, client: LabClient) {
    this.#page = page
    this.#client = client
    page.hearers.add((update) => {
      const made = update.type === 'comparison' || update.type === 'training'
      if (made || (update.type === 'progress' && update.progress.info.origin !== 'shipped')) this.#unsaved = true
    })
    addEventListener('beforeunload', (event) => {
      if (page.storage?.state === 'memory' && (this.#unsaved || this.#runs)) event.preventDefault()
    })
    this.#watch()
  }

  hear(trouble: Trouble): void {
    if (trouble.type === 'storage') this.#hearStorage(trouble)
    else this.#page.notices.fail(trouble.sentence, [{ label: 'Restart the lab', act: () => void this.#restart() }])
  }

  get #runs(): boolean {
    return this.#page.library.runs.some(({ origin }) => origin !== 'shipped')
  }

  /** Asks the lab again and again whether it is there. */
  #watch(): void {
    const silence = new Silence(SILENT_MS)
    let waiting = false
    const ask = async (): Promise<void> => {
      waiting = true
      await this.#client.answers().catch(() => undefined) // it was ended: the next one is asked
      waiting = false
      silence.answered()
      this.#unsay()
    }
    setInterval(() => {
      if (!waiting) void ask()
      const silentMs = silence.look(performance.now())
      if (silentMs !== undefined) this.#sayOf(silentMs)
    }, LOOK_MS)
  }

  #sayOf(silentMs: number): void {
    this.#unsay()
    const silence = `The lab has not answered for ${durationText(Math.floor(silentMs / 1000))}`
    const words = `${silence}: it computes something long, or it has ended without a word.`
    const after = lostWithLab(this.#page) ?? 'What was saved is safe, and the run goes on from there.'
    this.#said = this.#page.notices.fail(`${words} You can wait, or restart it. ${after}`, [
      { label: 'Wait', act: () => {} },
      { label: 'Restart the lab', act: () => void this.#restart() },
    ])
  }

  #unsay(): void {
    if (this.#said !== undefined) this.#page.notices.dismiss(this.#said)
    this.#said = undefined
  }

  async #restart(): Promise<void> {
    this.#unsaved = false
    await reviveLab(this.#page, () => this.#client.restart())
  }

  #hearStorage(update: StorageUpdate): void {
    const { notices } = this.#page
    if (update.state === 'opening' || update.state === 'disk') return
    const { code, message } = update.failure
    const sentence = update.state === 'memory' ? `${message} ${IN_MEMORY}` : message
    const again = {
      label: update.state === 'gone' ? 'Start anew' : 'Try again',
      act: () => this.#sure('Try again', () => this.#restart()),
    }
    const empty = { label: 'Empty it and start anew', act: () => this.#sure('Empty it', () => this.#empty()) }
    notices.fail(sentence, code === 'storage-rooms' ? [empty] : [again])
  }

  /** Asks before what is only in memory is lost. */
  #sure(label: string, act: () => Promise<void>): void {
    const lost = this.#unsaved || this.#runs ? lostWithLab(this.#page) : undefined
    if (lost === undefined) void act()
    else
      this.#page.notices.fail(`${lost} Export it first.`, [{ label: `${label} nevertheless`, act: () => void act() }])
  }

  async #empty(): Promise<void> {
    const { lab, notices } = this.#page
    if (await notices.ask(lab.emptyStorage())) await this.#restart()
  }
}
