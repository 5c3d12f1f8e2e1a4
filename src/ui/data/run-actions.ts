/** What can be done to the runs that are kept; everything that fails or succeeds is said on the page. */
import { parseConfig } from '../../core/settings/parse-config.ts'
import type { RunInfo } from '../../worker/protocol/lab-api.ts'
import type { PageState } from '../state/page-state.ts'
import { plural } from '../words/format.ts'

export async function renameRun({ lab, library, notices }: PageState, run: RunInfo, name: string): Promise<void> {
  if (name.trim() === '' || name === run.name) return
  await notices.ask(lab.rename(run.id, name.trim()))
  await library.refresh()
}

/** They can be put back for a day. Where one was open, the recorded one takes its place; what is refused has not changed. */
export async function discardRuns(page: PageState, runs: readonly RunInfo[]): Promise<void> {
  const { explorer, intentions, lab, library, notices, opener, player } = page
  let ids: readonly string[] = runs.map(({ id }) => id)
  const isOpen = (): boolean => ids.includes(explorer.progress?.info.id ?? '')
  const { playing } = player
  if (isOpen()) player.halt()
  await intentions.idle()
  const done = await notices.ask(lab.library('discard', ids))
  if (done?.refused !== undefined) notices.fail(done.refused.message)
  if (playing && isOpen() && !done?.ids.includes(explorer.progress?.info.id ?? '')) player.play()
  ids = done?.ids ?? []
  if (ids.length > 0) {
    const [first] = runs.filter(({ id }) => ids.includes(id))
    const what = ids.length === 1 ? `"${first?.name}"` : plural(ids.length, 'run')
    const undo = { label: 'Undo', act: () => void putBack(page, ids) }
    notices.offer(`Deleted ${what}. For a day it can be put back, also under Data.`, [undo])
    if (isOpen()) explorer.left = true
    await intentions.byItself((own) => (isOpen() ? opener.openRecorded(own) : undefined))
  }
  await library.refresh()
}

export async function putBack({ lab, library, notices }: PageState, ids: readonly string[]): Promise<void> {
  const back = await notices.ask(lab.library('putBack', ids))
  if (back !== undefined) notices.tell(`${plural(back, 'run')} put back.`)
  await library.refresh()
}

/** A new run with the settings of one that is kept. */
export function runAgain({ address, opener, settings }: PageState, run: RunInfo): void {
  const { config } = parseConfig({ ...run.config }) // older runs may have fewer settings than there are now
  settings.take(config)
  address.go('explore')
  void opener.startFresh(config)
}

/** How much of the disk is used, and how much there is. */
export async function measure({ library, changes }: PageState): Promise<void> {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {}
  library.storage = usage === undefined || quota === undefined ? undefined : { used: usage, room: quota }
  changes.say()
}
