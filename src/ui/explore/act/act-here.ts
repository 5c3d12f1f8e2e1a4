/** A run of one task in which the visitor acts, made of the task that stands there. */
import { type RunConfig, STEPWISE_METHODS } from '../../../core/settings/settings.ts'
import { isYourTurn } from '../../state/acting.ts'
import type { PageState } from '../../state/page-state.ts'

/** @param wish made when the visitor asked for it */
export async function actHere(page: PageState, wish = page.intentions.wish()): Promise<void> {
  if (page.intentions.opening) await page.intentions.idle() // in the run that is coming
  const { progress, playhead } = page.explorer
  if (progress === undefined || !page.intentions.stands(wish)) return
  const { config } = progress.info
  if (isFromFile(page)) return
  if (isYourTurn(page.explorer)) {
    document.querySelector<HTMLElement>('rro-act .turn')?.focus()
    return
  }
  // The same place in the same order is the same task as long as the data is.
  const seen = await page.notices.ask(page.lab.world(playhead.task, []))
  if (seen === undefined || !page.intentions.stands(wish)) return
  await page.opener.startFresh(configToAct(config, playhead.task), wish)
}

/** Whether its tasks are those of a file, not of a seed, so that none can be explored again by itself; says so. */
export function isFromFile({ explorer, notices }: PageState): boolean {
  const is = explorer.progress?.info.config.method === 'replay'
  if (is) notices.fail('These tasks come from a file: try an action here as a What if, or act in a run of your own.')
  return is
}

/** @param task index in the run with this configuration */
export function configToAct(config: RunConfig, task: number): RunConfig {
  const embedded = config.policy === 'linear' || config.policy === 'human'
  return {
    ...config,
    ...{ policy: 'human', tasks: 1, firstTask: config.firstTask + task },
    method: STEPWISE_METHODS.includes(config.method) ? config.method : 'rro',
    model: embedded ? config.model : '',
  }
}
