/**
 * Between the page and its address (decision 0031). The address leads to what stands there: the settings of the run, and
 * where one looks at it; right after a setting has been changed, to the run that is so set up. It is written at rest. What
 * Back shall undo is an entry of its own: another run, another task, another workspace.
 */
import { parseConfig } from '../../core/settings/parse-config.ts'
import { SHIPPED_DATA } from '../../core/settings/shipped-data.ts'
import { formatAddress, formatSettings, withFrame, withoutFrame } from './address/format.ts'
import { type ParsedAddress, parseAddress } from './address/parse.ts'
import { type Frame, type Spot, WHOLE_PAGE } from './address/table.ts'
import type { Changes } from './changes.ts'
import type { ChosenSettings } from './chosen-settings.ts'
import type { Explorer } from './explorer.ts'
import type { Intentions } from './intentions.ts'
import type { Notices } from './notices.ts'
import { type Place, parsePlace, recall, remember } from './place.ts'
import type { Player } from './player.ts'
import type { View } from './view.ts'
import type { Workspace } from './workspace.ts'

/** Browsers refuse an address that is written too often. */
const REST_MS = 400

/** What of the page stands in the address. */
export interface AddressParts {
  readonly changes: Changes
  readonly notices: Notices
  readonly explorer: Explorer
  readonly player: Player
  readonly settings: ChosenSettings
  readonly intentions: Intentions
  readonly view: View
}

/** Where an address leads in Explore. */
export interface Destination {
  readonly address: ParsedAddress
  /** Where one looked when this entry of the history was left. */
  readonly place: Place | undefined
}

/** What stood there when the address was last written. */
interface Written {
  readonly place: Place | undefined
  readonly looks: string
  readonly next: string
}

export class Address {
  workspace: Workspace = 'explore'
  /** How much of the page there is. */
  frame: Frame = WHOLE_PAGE
  /** Where each was left, as it was last read or written. */
  readonly hashes: Record<Workspace, string> = { learn: '#learn', explore: '', compare: '#compare', data: '#data' }
  readonly #page: AddressParts
  #arrive: ((to: Destination) => Promise<boolean>) | undefined
  #arriving = 0
  #written: Written | undefined
  /** Whether the entry of the history is new, and nothing is kept beside it yet. */
  #bare = false
  /** Whether the page was left before its address was written. */
  #behind = false
  /** Whether the visitor has moved by hand since. */
  #moved = false
  #resting: ReturnType<typeof setTimeout> | undefined

  constructor(page: AddressParts) {
    this.#page = page
  }

  /** The address that the page was opened with. @returns where it leads */
  begin(hash: string): Destination {
    // What a reload finds in the address and beside it may be older than what stood there when the page was left.
    const left = isReload() ? (recall('left') as { readonly hash?: unknown } | null) : null
    remember('left', null) // or a page that is left before it stands would come back to the one before it
    const address = this.#read(typeof left?.hash === 'string' ? left.hash : hash)
    const place = this.#take(address, left ?? history.state)
    this.#behind = left !== null && JSON.stringify(parsePlace(history.state?.place)) !== JSON.stringify(place)
    return { address, place }
  }

  /**
   * What the page was opened with stands there: from now on the address follows.
   * @param arrived false where the visitor has wished for something else meanwhile
   * @param arrive goes where an address leads; tells the same
   */
  follow(arrived: boolean, arrive: (to: Destination) => Promise<boolean>): void {
    this.#arrive = arrive
    this.#bare = true
    if (!arrived) this.#written = { place: undefined, looks: '', next: '' }
    this.#page.changes.subscribe(() => {
      this.#resting ??= setTimeout(() => {
        this.#resting = undefined
        this.keep()
      }, REST_MS)
    })
    this.keep()
  }

  /** The address has changed: a link, Back or Forward. */
  travel(hash: string, state: unknown = null): void {
    const { changes, explorer } = this.#page
    // It says what stands there already: only the workspace has changed.
    if (state === null && explorer.progress !== undefined && withoutFrame(hash) === this.hashes.explore) {
      const { workspace, frame } = parseAddress(hash)
      Object.assign(this, { workspace, frame })
      this.#bare = true
      changes.say()
      return
    }
    const address = this.#read(hash)
    const place = this.#take(address, state)
    // Explore stays where it was left, also after a reload.
    if (this.workspace !== 'explore' && state === null) put(location.hash, this.#kept(this.#now()), false)
    if (this.workspace === 'explore' && this.#arrive !== undefined) void this.#go({ address, place }, this.#arrive)
    changes.say()
  }

  /** The visitor moves by hand: where that leads to another task, Back shall lead to this one, however short the rest was. */
  move(): void {
    if (!this.#moved) this.keep()
    this.#moved = true
  }

  /** The page is being left: too late for its address, which a reload finds as it is. */
  leave(): void {
    if (this.#arrive !== undefined) remember('left', { hash: location.hash, ...this.#kept(this.#now()) })
  }

  /** Writes the address, where what stands there is at rest. */
  keep(): void {
    const { intentions, player, explorer } = this.#page
    if (this.workspace !== 'explore' || this.#arrive === undefined || this.#arriving > 0 || intentions.opening) return
    if (explorer.progress === undefined) return
    const before = this.#written
    const now = this.#now()
    const another = now.place?.runId !== before?.place?.runId
    if (!another && (player.playing || explorer.following)) return
    this.#written = now
    if (before === undefined) {
      this.#write(this.#behind ? this.here : this.hashes.explore, false)
      this.#behind = false
      return
    }
    const elsewhere = JSON.stringify(now.place) !== JSON.stringify(before.place) || now.looks !== before.looks
    if (!elsewhere && now.next === before.next && !this.#bare) return
    const other = another || (this.#moved && now.place?.task !== before.place?.task)
    const hash = elsewhere ? this.here : now.next === before.next ? this.hashes.explore : now.next
    this.#write(hash, other && !this.#bare)
  }

  /** Leads to what stands there, the whole page around it. */
  get here(): string {
    const { workspace } = this
    if (workspace !== 'explore') return this.hashes[workspace]
    const { explorer, settings, view, player } = this.#page
    const looks = { textual: view.textual, speed: player.speed }
    const { progress, playhead, pinned } = explorer
    if (progress === undefined) return formatAddress({ config: settings.config, ...looks })
    const { config } = parseConfig({ ...progress.info.config })
    const { fingerprint } = progress.data
    const spot: Spot = {
      task: playhead.task + 1,
      ...(playhead.count === 0 ? {} : { event: playhead.count }),
      ...(pinned === undefined ? {} : { at: pinned }),
    }
    return formatAddress({
      config,
      data: fingerprint === SHIPPED_DATA[config.environment] ? '' : fingerprint,
      spot,
      ...looks,
    })
  }

  /** The address of another part of the page, which keeps as much of it as this one. */
  within(hash: string): string {
    return withFrame(hash, this.frame) || '#'
  }

  hrefOf(workspace: Workspace): string {
    return this.within(this.hashes[workspace])
  }

  go(workspace: Workspace): void {
    if (workspace === this.workspace) return
    this.keep()
    location.hash = this.hrefOf(workspace)
  }

  /** Compare has written where it stands. @param entry whether Back shall come to where it stood before */
  standInCompare(hash: string, entry: boolean): void {
    this.hashes.compare = hash
    if (this.workspace === 'compare' && location.hash !== this.within(hash))
      put(this.within(hash), history.state, entry)
  }

  #read(hash: string): ParsedAddress {
    const address = parseAddress(hash)
    this.workspace = address.workspace
    this.frame = address.frame
    for (const { message } of address.corrections) this.#page.notices.fail(message)
    const whole = withoutFrame(hash)
    this.hashes[address.workspace] = whole === '#' ? '' : whole
    if (address.workspace !== 'explore') this.#page.player.halt()
    return address
  }

  /** Takes what the address says of the next run and of looks. @returns what was kept beside it */
  #take(address: ParsedAddress, state: unknown): Place | undefined {
    const { settings, view, player } = this.#page
    const { place, next } = (typeof state === 'object' && state !== null ? state : {}) as Record<string, unknown>
    if (typeof next === 'string') settings.take(parseAddress(next).config)
    if (address.workspace === 'explore') {
      if (typeof next !== 'string') settings.take(address.config)
      view.textual = address.textual
      player.speed = address.speed
    }
    return parsePlace(place)
  }

  async #go(to: Destination, arrive: (to: Destination) => Promise<boolean>): Promise<void> {
    this.#arriving++
    const arrived = await arrive(to).catch(() => false)
    this.#arriving--
    // The address that led here stays as it is, unless the visitor has wished for something else meanwhile.
    if (arrived) this.#written = undefined
    this.#moved = false
    this.keep()
  }

  #now(): Written {
    const { explorer, settings, view, player } = this.#page
    return { place: explorer.place, looks: `${view.textual} ${player.speed}`, next: formatSettings(settings.config) }
  }

  #write(hash: string, entry: boolean): void {
    this.hashes.explore = hash
    this.#bare = false
    this.#moved = false
    const url = withFrame(hash, this.frame) || location.pathname + location.search
    put(url, this.#kept(this.#written ?? this.#now()), entry)
  }

  #kept({ place, next }: Written): Pick<Written, 'place' | 'next'> {
    return { place, next }
  }
}

function isReload(): boolean {
  const [entry] = performance.getEntriesByType('navigation')
  return (entry as PerformanceNavigationTiming | undefined)?.type === 'reload'
}

function put(url: string, state: unknown, entry: boolean): void {
  try {
    if (entry) history.pushState(state, '', url)
    else history.replaceState(state, '', url)
  } catch {
    // Written too often, or not allowed here: the address of the page stays behind what stands there.
  }
}
