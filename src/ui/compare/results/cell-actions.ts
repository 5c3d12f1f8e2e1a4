/** What can be done with a cell of the open comparison: its run opened in Explore, its policy kept. */
import type { CellPlace } from '../../../worker/protocol/lab-api.ts'
import { adoptSettings } from '../../settings/adopt-settings.ts'
import { formatSettings } from '../../state/address/format.ts'
import type { PageState } from '../../state/page-state.ts'
import { comparerOf } from '../comparer.ts'

/**
 * Opens the run behind a cell in Explore.
 * @param stretch its number, where several policies explored the cell
 * @returns whether it could
 */
export function openCell(page: PageState, { arm, seed, budget }: CellPlace, stretch?: number): Promise<boolean> {
  const { intentions, lab, library, opener, player, settings } = page
  const wish = intentions.wish()
  const before = formatSettings(settings.config)
  const enter = (): void => {
    // What the visitor has set meanwhile is for the next run, and nobody may have kept the agent of a stretch.
    if (stretch === undefined && formatSettings(settings.config) === before) adoptSettings(page)
    page.address.go('explore')
    player.play()
    void library.refresh()
  }
  return comparerOf(page).while(() => opener.bring(() => lab.openCell({ arm, seed, budget }, stretch), enter, wish))
}

/** Keeps the policy that a cell trained, as an agent that can be chosen anywhere. @param stretch what came of the way until there */
export async function keepCell(
  page: PageState,
  { arm, seed, budget }: CellPlace,
  name: string,
  stretch?: number,
): Promise<void> {
  const { lab, library, notices } = page
  await comparerOf(page).while(async () => {
    const agent = await notices.ask(lab.agent('keepCell', { arm, seed, budget }, name, stretch))
    if (agent === undefined) return
    notices.tell(`Kept "${agent.name}": it can be chosen as an agent, and as a start policy.`)
    await library.refreshAgents(agent.environment)
  })
}
