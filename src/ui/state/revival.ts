/** The lab is started anew in place: what the page does so that the two agree again. */
import { ENVIRONMENT_NAMES } from '../../core/settings/run-config.ts'
import type { PageState } from './page-state.ts'

/** What a worker that ends takes with it, in a sentence; undefined where nothing. */
export function lostWithLab({ explorer, library, storage }: PageState): string | undefined {
  if (storage?.state !== 'memory') return undefined
  const ids = new Set(library.runs.filter(({ origin }) => origin !== 'shipped').map(({ id }) => id))
  const { id, origin } = explorer.progress?.info ?? {}
  if (id !== undefined && origin !== 'shipped') ids.add(id)
  const runs = ids.size === 0 ? '' : `${ids.size === 1 ? 'a run' : `${ids.size} runs`} and `
  return `What is only in memory is lost by it: ${runs}whatever agents and comparisons were made here.`
}

/** @param restart ends the worker and puts another in its place */
export async function reviveLab(page: PageState, restart: () => void): Promise<void> {
  const { explorer, intentions, library, notices, opener, player } = page
  const lost = lostWithLab(page)
  const { progress, playhead } = explorer
  const going = progress?.status === 'running' || player.runningAll
  player.halt()
  player.runningAll = false
  explorer.left = true
  const told = page.storage
  restart()
  // It has no data, whom it trained is to be asked again, and nothing that was said is true of what comes.
  library.wanted.clear()
  for (const all of [library.data, library.agents]) for (const name of ENVIRONMENT_NAMES) delete all[name]
  notices.items = []
  page.changes.say()
  await library.refresh()
  const before = library.runs.find(({ id }) => id === progress?.info.id)
  const stands = await intentions.byItself((own) =>
    before === undefined ? opener.openRecorded(own) : opener.open(before.id, { runId: before.id, ...playhead }, own),
  )
  // Not before: until now the old run stood there, and was where it was said to be. Unless more was told meanwhile.
  if (page.storage === told) page.storage = undefined
  for (const again of page.again) again()
  void library.want(page.settings.config.environment)
  const gone = progress !== undefined && before === undefined
  notices.tell(`The lab was started anew.${gone ? ' The run that stood here was not stored and is gone.' : ''}`)
  if (gone && lost !== undefined) notices.fail('What was only in memory is gone.')
  if (stands && going) await player.runAll()
}
