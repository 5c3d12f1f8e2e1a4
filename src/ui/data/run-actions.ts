/** What can be done to the runs that are kept; everything that fails or succeeds is said on the page. */
import type { RunInfo } from '../../worker/protocol/lab-api.ts'
import type { PageState } from '../state/page-state.ts'

export async function renameRun({ lab, library, notices }: PageState, run: RunInfo, name: string): Promise<void> {
  if (name.trim() === '' || name === run.name) return
  await notices.ask(lab.rename(run.id, name.trim()))
  await library.refresh()
}

/** Where it was the open one, the recorded one takes its place; where it is refused, nothing has changed. */
export async function removeRun(page: PageState, run: RunInfo): Promise<void> {
  const { explorer, intentions, lab, library, notices, opener, player } = page
  const isOpen = (): boolean => run.id === explorer.progress?.info.id
  const { playing } = player
  if (isOpen()) player.halt()
  await intentions.idle()
  if (await notices.ask(lab.remove(run.id))) {
    notices.tell(`Deleted "${run.name}".`)
    if (isOpen()) explorer.left = true
    await intentions.byItself((own) => (isOpen() ? opener.openRecorded(own) : undefined))
  } else if (playing && isOpen()) player.play()
  await library.refresh()
}

/** How much of the disk is used, and how much there is. */
export async function measure({ library, changes }: PageState): Promise<void> {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {}
  library.storage = usage === undefined || quota === undefined ? undefined : { used: usage, room: quota }
  changes.say()
}
