/** All that the page asks of agents, in one place, so that the lab can fetch it when it is first asked. */

import { type Failure, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import type { RunStarted } from '../../core/log/events.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { CellAgent } from '../comparisons/cell-agent.ts'
import { keptOnceGood } from '../machine/kept.ts'
import type { AgentCalls } from '../protocol/agents.ts'
import type { CellPlace, CellStretch } from '../protocol/comparisons.ts'
import { ownAgent, ownModel } from '../worlds/own-agent.ts'
import type { OwnAgent, OwnModel } from '../worlds/world.ts'
import { exportAgent, importAgent } from './agent-file.ts'
import { listAgents, removeAgent, renameAgent, saveAgent } from './agent-library.ts'
import { aloneWithTraining, checkpointsIn, unfinishedTraining } from './language/checkpoint.ts'
import { exportLanguageAgent, importLanguageModel } from './language/language-agents.ts'
import type { Trainer, TrainerPorts } from './trainer.ts'

/** What is known of the stored cells of the open comparison. */
export interface CellCalls {
  /** The policy that came of one. @param stretch or of a stretch of the way to it */
  agentOf(place: CellPlace, stretch?: number): Promise<Result<CellAgent>>
  stretches(place: CellPlace): Promise<Result<readonly CellStretch[]>>
  /** Ends what is computed of them. */
  leave(): Promise<Result<true>>
}

export interface AgentCallPorts extends TrainerPorts {
  /** What cannot be read of the stored agents, in a sentence. */
  notice(problem: Failure): void
  readonly cells: CellCalls
}

export interface Agents extends AgentCalls {
  /** The agent that settings name; undefined for one that ships. @param header of a run, which may have it with it */
  own(config: RunConfig, header?: RunStarted): Promise<Result<OwnAgent | OwnModel | undefined>>
}

export function createAgentCalls(ports: AgentCallPorts): Agents {
  const training = keptOnceGood<Trainer>(async () => {
    const code = await fetched(() => import('./trainer.ts'))
    return code.ok ? success(new code.value.Trainer(ports)) : code
  })
  const now = async (work: (trainer: Trainer) => void): Promise<Result<true>> => {
    const trainer = await training.known()
    if (trainer !== undefined) work(trainer)
    return success(true)
  }
  return {
    own: (config, header) =>
      config.policy === 'transformer' ? ownModel(ports.store, config) : ownAgent(ports.store, config, header),
    list: async (environment) => success(await listAgents(ports, environment, ports.notice)),
    rename: (model, name, environment) => renameAgent(ports, model, name, environment),
    remove: (model) => removeAgent(ports, model),
    async export({ policy, model, environment }) {
      if (policy === 'linear') return exportAgent(ports, model, environment)
      return exportLanguageAgent(ports, model)
    },
    import: (file) => importAgent(ports, file),
    importModel: (files, environment) => importLanguageModel(ports, files, environment),
    train: (request) => training.use((trainer) => trainer.train(request)),
    stop: () => now((trainer) => trainer.stop()),
    pause: () => now((trainer) => trainer.pause()),
    unfinished: () => unfinishedTraining(ports.store),
    resume: () => training.use((trainer) => trainer.resume()),
    discard: () => aloneWithTraining(ports.locks, () => checkpointsIn(ports.store).remove()),
    cellStretches: (place) => ports.cells.stretches(place),
    leaveStretches: () => ports.cells.leave(),
    async keepCell(place, name, stretch) {
      const cell = await ports.cells.agentOf(place, stretch)
      if (!cell.ok) return cell
      const { environment, ...weights } = cell.value
      return saveAgent(ports, environment, { name, origin: 'here', weights })
    },
  }
}
