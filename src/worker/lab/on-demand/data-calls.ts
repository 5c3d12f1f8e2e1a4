/** Other data for an environment: official files that somebody brings, and back to what ships with the page. */
import type { Result } from '../../../core/failure.ts'
import type { DataCalls, DataInfo } from '../../protocol/data.ts'
import { broughtSource, readBrought } from '../../worlds/brought-source.ts'
import { shippedSource, type WorldSource } from '../../worlds/world-source.ts'
import type { LabPorts } from '../lab-ports.ts'

export function dataCalls({ parts, sources, run, exclusive, emit }: LabPorts): Omit<DataCalls, 'data'> {
  async function put(source: WorldSource): Promise<Result<DataInfo>> {
    const data = await source.data()
    if (!data.ok) return data
    run.session()?.interrupt()
    return exclusive(async () => {
      const open = run.session()
      await open?.pause()
      sources.put(source)
      if (open?.header.config.environment === source.environment) await run.renewWorld()
      emit({ type: 'data', data: data.value })
      if (open !== undefined) emit({ type: 'progress', progress: open.progress, newTasks: [], from: 0 })
      return data
    })
  }

  return {
    async loadData(files) {
      const brought = await readBrought(files)
      return brought.ok ? put({ ...broughtSource(parts.loader, brought.value), files }) : brought
    },
    shippedData: (environment) => put(shippedSource(parts.loader, environment)),
  }
}
