/** Data sets from the runs that are kept, fetched with the first call about them. They wait for no run. */
import { type Result, success } from '../../../core/failure.ts'
import { fetched } from '../../../core/fetched.ts'
import { keptOnceGood } from '../../machine/kept.ts'
import type { DatasetCalls } from '../../protocol/datasets.ts'
import { writtenStoreOf } from '../../runs/library-calls.ts'
import type { LabPorts } from '../lab-ports.ts'
import { callByName } from './call-by-name.ts'

export function datasetCalls(ports: LabPorts) {
  const group = keptOnceGood(async () => {
    const code = await fetched(() => import('../../runs/dataset-calls.ts'))
    if (!code.ok) return code
    const { parts, emit, busy } = ports
    const writtenStore = (runId: string) => writtenStoreOf(ports, runId)
    const openSink = (name: string) => parts.openSink(name)
    return success(code.value.datasetCalls({ writtenStore, openSink, emit, busy, now: () => parts.now() }))
  })
  return {
    dataset: (call: keyof DatasetCalls, given: readonly unknown[]): Promise<Result<unknown>> =>
      group.use((calls) => callByName<keyof DatasetCalls>(calls, call, given)),
  }
}
