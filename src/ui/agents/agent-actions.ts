/** What can be done to the agents that are kept; everything that fails or succeeds is said on the page. */
import type { AgentInfo } from '../../worker/protocol/lab-api.ts'
import { download } from '../parts/download.ts'
import type { Desk } from '../state/page-state.ts'
import { ENVIRONMENT_WORDS } from '../words/environment-words.ts'

/** Sets the agent of the next run. */
export function chooseAgent(desk: Desk, { model, environment }: AgentInfo): void {
  desk.settings.change({ environment, policy: 'linear', model })
}

export function isChosen(desk: Desk, { model, environment }: AgentInfo): boolean {
  const { config } = desk.settings
  return config.policy === 'linear' && config.model === model && config.environment === environment
}

export async function renameAgent(desk: Desk, agent: AgentInfo, name: string): Promise<void> {
  if (name.trim() === '' || name === agent.name) return
  await desk.notices.ask(desk.lab.agent('rename', agent.model, name))
  await desk.library.refreshAgents(agent.environment)
}

/** Where it was chosen for the next run, the shipped one takes its place. */
export async function removeAgent(desk: Desk, agent: AgentInfo): Promise<void> {
  const removed = await desk.notices.ask(desk.lab.agent('remove', agent.model))
  if (removed && isChosen(desk, agent)) desk.settings.change({ model: '' })
  if (removed) desk.notices.tell(`Deleted "${agent.name}". Runs that were made with it can still be continued.`)
  await desk.library.refreshAgents(agent.environment)
}

export async function exportAgent(desk: Desk, { model, environment }: AgentInfo): Promise<void> {
  const made = await desk.notices.ask(desk.lab.agent('export', model, environment))
  if (made === undefined) return
  download(made.file, made.name)
  desk.notices.tell(`Wrote ${made.name}.`)
}

/** Reads agents' files; what is in them says which environment they are for. */
export async function importAgents(desk: Desk, files: readonly File[]): Promise<void> {
  for (const file of files) {
    const agent = await desk.notices.ask(desk.lab.agent('import', file))
    if (agent === undefined) continue
    const words = agent.origin === 'shipped' ? 'ships with the page' : 'can be chosen under “Agent”'
    desk.notices.tell(`"${agent.name}" for ${ENVIRONMENT_WORDS[agent.environment]} ${words}.`)
    await desk.library.refreshAgents(agent.environment)
  }
}
