/** What can be done to the runs that are kept; everything that fails or succeeds is said on the page. */
import { success } from '../../core/failure.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import type { RunInfo } from '../../worker/protocol/lab-api.ts'
import type { PageState } from '../state/page-state.ts'
import { plural } from '../words/format.ts'

export async function renameRun({ lab, library, notices }: PageState, run: RunInfo, name: string): Promise<void> {
  if (name.trim() === '' || name === run.name) return
  await notices.ask(lab.rename(run.id, name.trim()))
  await library.refresh()
}

/** They can be put back for a day. */
export async function discardRuns(page: PageState, runs: readonly RunInfo[]): Promise<void> {
  const { lab, notices } = page
  const ids = await taken(page, runs, async (given) => {
    const result = await lab.library('discard', given)
    if (result.ok && result.value.refused !== undefined) notices.fail(result.value.refused.message)
    if (result.ok) return result.value.ids
    if (result.failure.code !== 'storage-full') notices.fail(result.failure.message)
    // A full disk may not even take the mark of a deletion.
    else
      notices.fail('There is no room left to keep deleted runs for a day. Nothing was deleted.', [
        { label: `Delete ${plural(given.length, 'run')} for good`, act: () => void removeRuns(page, runs) },
      ])
    return []
  })
  if (ids.length === 0) return
  const [first] = runs.filter(({ id }) => ids.includes(id))
  const what = ids.length === 1 ? `"${first?.name}"` : plural(ids.length, 'run')
  const undo = { label: 'Undo', act: () => void putBack(page, ids) }
  notices.offer(`Deleted ${what}. For a day it can be put back, also under Data.`, [undo])
}

async function removeRuns(page: PageState, runs: readonly RunInfo[]): Promise<void> {
  await taken(page, runs, async (given) => {
    const gone: string[] = []
    for (const id of given) if ((await page.notices.ask(page.lab.remove(id))) !== undefined) gone.push(id)
    return gone
  })
}

/**
 * Where the open run is taken, the recorded one takes its place; what is refused has not changed.
 * @param take tells which of them it took
 */
async function taken(
  { explorer, intentions, library, notices, opener, player }: PageState,
  runs: readonly RunInfo[],
  take: (ids: readonly string[]) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  let ids: readonly string[] = runs.map(({ id }) => id)
  const isOpen = (): boolean => ids.includes(explorer.progress?.info.id ?? '')
  const paused = player.playing && isOpen()
  if (isOpen()) player.halt()
  await intentions.idle()
  const wanted = isOpen()
  ids = (await notices.ask(take(ids).then(success))) ?? []
  if (isOpen()) {
    explorer.left = true
    await intentions.byItself((own) => (isOpen() ? opener.openRecorded(own) : undefined))
  } else if (paused && wanted) player.play()
  await library.refresh()
  return ids
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
