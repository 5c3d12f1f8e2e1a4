/** What can be done to the agents that are kept; everything that fails or succeeds is said on the page. */
import type { AgentInfo } from '../../worker/protocol/lab-api.ts'
import { download } from '../parts/download.ts'
import type { PageState } from '../state/page-state.ts'
import { ENVIRONMENT_WORDS } from '../words/environment-words.ts'
import { languageModels } from './model-files.ts'

/** Sets the agent of the next run. */
export function chooseAgent(page: PageState, { policy, model, environment }: AgentInfo): void {
  page.settings.change({ environment, policy, model })
}

export function isChosen(page: PageState, { policy, model, environment }: AgentInfo): boolean {
  const { config } = page.settings
  return config.policy === policy && config.model === model && config.environment === environment
}

export async function renameAgent(page: PageState, agent: AgentInfo, name: string): Promise<void> {
  if (name.trim() === '' || name === agent.name) return
  await page.notices.ask(page.lab.agent('rename', agent.model, name, agent.environment))
  await page.library.refreshAgents(agent.environment)
}

/** Where it was chosen for the next run, the shipped one takes its place. */
export async function removeAgent(page: PageState, agent: AgentInfo): Promise<void> {
  const removed = await page.notices.ask(page.lab.agent('remove', agent.model))
  if (removed && isChosen(page, agent)) page.settings.change({ model: '' })
  const stay =
    agent.policy === 'linear' ? 'can still be continued' : 'stay, and can go on once its file is imported again'
  if (removed) page.notices.tell(`Deleted "${agent.name}". Runs that were made with it ${stay}.`)
  await page.library.refreshAgents(agent.environment)
}

export async function exportAgent(page: PageState, agent: AgentInfo): Promise<void> {
  const made = await page.notices.ask(page.lab.agent('export', agent))
  if (made === undefined) return
  download(made.file, made.name)
  page.notices.tell(`Wrote ${made.name}.`)
}

/** Reads agents' files; what is in them says which environment they are for. Language models come as a zip, or file by file. */
export async function importAgents(page: PageState, files: readonly File[]): Promise<void> {
  const { environment } = page.settings.config
  const models = languageModels(files)
  for (const model of models) {
    const agent = await page.notices.ask(page.lab.agent('importModel', model, environment))
    if (agent === undefined) continue
    const words =
      agent.origin === 'shipped' ? 'ships with the page' : 'can be chosen under “Agent”, in both environments'
    page.notices.tell(`"${agent.name}", a small language model, ${words}.`)
    await page.library.refreshAgents(environment)
  }
  for (const file of files.filter((file) => !models.flat().includes(file))) {
    const agent = await page.notices.ask(page.lab.agent('import', file))
    if (agent === undefined) continue
    const words = agent.origin === 'shipped' ? 'ships with the page' : 'can be chosen under “Agent”'
    page.notices.tell(`"${agent.name}" for ${ENVIRONMENT_WORDS[agent.environment]} ${words}.`)
    await page.library.refreshAgents(agent.environment)
  }
}
