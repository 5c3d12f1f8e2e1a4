/**
 * What the lab does beyond the first second: whatever changes the library, other data, agents, language models,
 * comparisons, theory, and what the visitor does. Fetched with the first such call (docs/decisions/0007-first-load.md);
 * each group that has code of its own is fetched with the first call to that group.
 */

import { failure, type Result, success } from '../../../core/failure.ts'
import type { RunStarted } from '../../../core/log/events.ts'
import { ASKED_POLICIES } from '../../../core/settings/asked-policies.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../../core/settings/settings.ts'
import { libraryCalls } from '../../runs/library-calls.ts'
import { ShopReading } from '../../worlds/shop-reading.ts'
import type { World } from '../../worlds/world.ts'
import type { WorldSource } from '../../worlds/world-source.ts'
import type { LabPorts } from '../lab-ports.ts'
import { agentCalls } from './agent-calls.ts'
import { comparisonCalls } from './comparison-calls.ts'
import { dataCalls } from './data-calls.ts'
import { datasetCalls } from './dataset-calls.ts'
import { libraryGroup } from './library-group.ts'
import { modelCalls } from './model-calls.ts'
import { theoryCalls } from './theory-calls.ts'
import { visitCalls } from './visit-calls.ts'

const FROM_A_FILE = failure(
  'agent-elsewhere',
  'These are the settings of trajectories from a file: nobody can be asked. Choose an agent and a method.',
)

export type OnDemandCalls = ReturnType<typeof onDemandCalls>

/** `create`, `rename`, `remove` and acting are exclusive already: the lab queues them when they are called. */
export function onDemandCalls(ports: LabPorts) {
  const comparisons = comparisonCalls(ports)
  const agents = agentCalls(ports, comparisons.cells)
  const models = modelCalls(ports)
  const reading = new ShopReading()
  return {
    ...libraryCalls(ports),
    ...dataCalls(ports, reading),
    ...visitCalls(ports),
    ...datasetCalls(ports),
    ...comparisons.calls,
    ...theoryCalls(ports),
    emptyStorage: async (): Promise<Result<true>> => (await ports.parts.emptyStorage?.()) ?? success(true),
    agent: agents.call,
    library: libraryGroup({ ...ports, reading }),
    model: models.call,

    /** With an agent that does not ship with the page. @see LabPorts.worldOf */
    async worldOf(config: RunConfig, header: RunStarted | undefined, source: WorldSource): Promise<Result<World>> {
      if (config.policy === 'file') return FROM_A_FILE
      return ASKED_POLICIES.includes(config.policy)
        ? models.world(source, config)
        : agents.world(config, header, source)
    },

    /** @see Lab.warm */
    async warm(): Promise<Result<true>> {
      const code = [
        ...[import('../../runs/exploration.ts'), import('../../../formats/event-schema.ts')],
        ...[import('../../runs/export-run.ts'), import('../../machine/export-sink.ts')],
        ...[import('../../../store/stored-schema.ts'), import('../../../store/storage-failure.ts')],
        import('../../../store/indexed-writes.ts'),
      ]
      await Promise.allSettled([ports.sources.at('webshop').world(DEFAULT_CONFIG), ...code])
      return success(true)
    },

    async close(): Promise<Result<true>> {
      await comparisons.close()
      await models.close()
      return success(true)
    },
  }
}
