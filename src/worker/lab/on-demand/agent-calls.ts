/** Agents, fetched with the first call about them, or with the first world of one that does not ship with the page. */
import { type Result, success } from '../../../core/failure.ts'
import { fetched } from '../../../core/fetched.ts'
import type { RunStarted } from '../../../core/log/events.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import type { CellCalls } from '../../agents/agent-calls.ts'
import { keptOnceGood } from '../../machine/kept.ts'
import type { AgentCalls } from '../../protocol/agents.ts'
import { writtenStoreOf } from '../../runs/library-calls.ts'
import type { World } from '../../worlds/world.ts'
import type { WorldSource } from '../../worlds/world-source.ts'
import type { LabPorts } from '../lab-ports.ts'
import { callByName } from './call-by-name.ts'

interface AgentGroup {
  call(call: keyof AgentCalls, given: readonly unknown[]): Promise<Result<unknown>>
  /** With an agent that does not ship with the page. @see LabPorts.worldOf */
  world(config: RunConfig, header: RunStarted | undefined, source: WorldSource): Promise<Result<World>>
}

/** @param cells of the open comparison */
export function agentCalls(ports: LabPorts, cells: CellCalls): AgentGroup {
  const { parts, store, run, emit, busy, noticeOnce, worldOf } = ports
  const { loader, locks, date, now } = parts
  const group = keptOnceGood(async () => {
    const code = await fetched(() => import('../../agents/agent-calls.ts'))
    if (!code.ok) return code
    const runs = (runId: string) => writtenStoreOf(ports, runId)
    return success(
      code.value.createAgentCalls({
        ...{ loader, locks, date, now, store, emit, busy, notice: noticeOnce, worldOf, runs, cells },
      }),
    )
  })
  return {
    call: (call, given) => group.use((agents) => callByName<keyof AgentCalls>(agents, call, given)),
    world: (config, header, source) =>
      group.use(async (agents) => {
        const kept = await agents.own(config, header)
        const open = header === undefined ? run.session()?.header : undefined
        // Whoever opened a run of an agent that came with it may use that agent, too.
        const own = kept.ok || open === undefined ? kept : await agents.own(config, open)
        return own.ok ? source.world(config, own.value) : own
      }),
  }
}
