/** The address of the page: which workspace stands there, the settings of the next run, and where Compare and Learn were left. */
import type { Changes } from './changes.ts'
import type { ChosenSettings } from './chosen-settings.ts'
import type { Notices } from './notices.ts'
import type { Player } from './player.ts'
import { formatHash } from './settings-hash.ts'
import { type Workspace, workspaceOf } from './workspace.ts'

/** What of the page follows the address. */
export interface AddressParts {
  readonly changes: Changes
  readonly notices: Notices
  readonly player: Player
  readonly settings: ChosenSettings
}

export class Address {
  workspace: Workspace = 'explore'
  /** Where Compare was left. */
  compareHash = '#compare'
  /** Where Learn was left. */
  learnHash = '#learn'
  readonly #page: AddressParts

  constructor(page: AddressParts) {
    this.#page = page
  }

  /** The address says where to go: at first, after a link, Back or Forward. */
  travel(hash: string): void {
    const { changes, notices, player, settings } = this.#page
    this.workspace = workspaceOf(hash)
    if (this.workspace !== 'explore') {
      if (this.workspace === 'compare') this.compareHash = hash
      else this.learnHash = hash
      player.halt()
    } else for (const { message } of settings.read(hash)) notices.fail(message)
    changes.say()
  }

  hrefOf(workspace: Workspace): string {
    if (workspace === 'explore') return formatHash(this.#page.settings.config) || '#'
    return workspace === 'compare' ? this.compareHash : this.learnHash
  }

  go(workspace: Workspace): void {
    if (workspace !== this.workspace) location.hash = this.hrefOf(workspace)
  }
}
