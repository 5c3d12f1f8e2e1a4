/** The runs that are kept, the data and the agents of new ones. What changes them: files.ts, run-actions.ts, agent-actions.ts. */

import { Turns } from '../../core/turns.ts'
import type { AgentInfo, DataInfo, LabApi, RunConfig, RunInfo } from '../../worker/protocol/lab-api.ts'
import type { Changes } from './changes.ts'
import type { Notices } from './notices.ts'

type Environment = RunConfig['environment']

export class Library {
  runs: readonly RunInfo[] = []
  /** What new runs of an environment use; undefined until it stands ready, `failed` where it could not be had. */
  readonly data: Partial<Record<Environment, DataInfo | 'failed'>> = {}
  /** Undefined until somebody asked. */
  readonly agents: Partial<Record<Environment, readonly AgentInfo[]>> = {}
  storage: { readonly used: number; readonly room: number } | undefined
  /** What is going on, in words; undefined when nothing is. */
  busy: string | undefined
  /** Data is taken in the order in which it is brought, however long each takes to read. */
  readonly brought = new Turns()
  readonly #lab: LabApi
  readonly #changes: Changes
  readonly #notices: Notices
  /** Environments whose data was asked for. */
  readonly wanted = new Set<Environment>()

  constructor(lab: LabApi, changes: Changes, notices: Notices) {
    this.#lab = lab
    this.#changes = changes
    this.#notices = notices
  }

  async refresh(): Promise<void> {
    try {
      this.runs = await this.#lab.runs()
    } catch {
      this.#notices.fail('The library of runs could not be read.')
    }
    this.#changes.say()
  }

  /** Has the data of an environment made ready. Does nothing where it stands ready; where it failed, tries again. */
  async want(environment: Environment): Promise<void> {
    if (this.wanted.has(environment)) return
    this.wanted.add(environment)
    const before = this.data[environment]
    const data = await this.#notices.ask(this.#lab.data(environment))
    if (this.data[environment] !== before) return // the visitor has brought other data meanwhile
    if (data === undefined) this.wanted.delete(environment)
    this.data[environment] = data ?? before ?? 'failed'
    this.#changes.say()
  }

  /** The lab has changed what an environment runs on. */
  hear(data: DataInfo): void {
    this.data[data.environment] = data
    this.wanted.add(data.environment)
  }

  /** Asks for the agents of an environment; those known before stand there meanwhile. */
  async refreshAgents(environment: Environment): Promise<void> {
    this.agents[environment] ??= []
    const agents = await this.#notices.ask(this.#lab.agent('list', environment))
    if (agents !== undefined) this.agents[environment] = agents
    this.#changes.say()
  }
}
