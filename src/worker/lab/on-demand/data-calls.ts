/** Other data for an environment: official files that somebody brings, and back to what ships with the page. */
import { failure, type Result } from '../../../core/failure.ts'
import { fetched } from '../../../core/fetched.ts'
import { MOST_HELD } from '../../machine/file-limits.ts'
import { macrotask } from '../../machine/macrotask.ts'
import { type ShopFolder, shopFolder } from '../../machine/shop-folder.ts'
import type { DataCalls, DataInfo, ShopUpdate } from '../../protocol/data.ts'
import { broughtSource, isForShop, readBrought } from '../../worlds/brought-source.ts'
import { keptSource } from '../../worlds/kept-source.ts'
import type { ShopReading } from '../../worlds/shop-reading.ts'
import { shippedSource, type WorldSource } from '../../worlds/world-source.ts'
import type { LabPorts } from '../lab-ports.ts'

/** How far a shop has come is told so often. */
const TOLD_MS = 250

export function dataCalls(
  { parts, sources, run, exclusive, emit, busy }: LabPorts,
  reading: ShopReading,
): Omit<DataCalls, 'data'> {
  async function put(source: WorldSource): Promise<Result<DataInfo>> {
    const data = await source.data()
    if (!data.ok) return data
    run.session()?.interrupt()
    return exclusive(async () => {
      const open = run.session()
      await open?.pause()
      const before = sources.known(source.environment)
      sources.put(source)
      if (open?.header.config.environment === source.environment) await run.renewWorld()
      if (before !== source) before?.close?.()
      emit({ type: 'data', data: data.value })
      if (open !== undefined) emit({ type: 'progress', progress: open.progress, newTasks: [], from: 0 })
      return data
    })
  }

  async function keep(folder: ShopFolder, files: readonly File[]): Promise<Result<DataInfo>> {
    const code = await fetched(() => import('../../worlds/kept-webshop.ts'))
    if (!code.ok) return code
    const telling = tellingShop(parts.now, busy, emit)
    const kept = await code.value.keepShop(folder, files, reading, async (progress) => {
      telling(progress)
      await macrotask()
    })
    return kept.ok ? put(keptSource(parts.loader, kept.value, folder.open)) : kept
  }

  return {
    async loadData(files) {
      if (files === 'kept') {
        const folder = await shopFolder(parts)
        const kept = await folder?.kept()
        if (kept !== undefined) return put(keptSource(parts.loader, kept, folder?.open))
        return failure('shop-not-kept', 'No shop is kept on this computer any more. Bring its files once more.')
      }
      const size = files.reduce((sum, file) => sum + file.size, 0)
      if (size > MOST_HELD && files.every(isForShop)) {
        const folder = await shopFolder(parts)
        if (folder !== undefined) return reading.during(keep(folder, files))
      }
      const brought = await readBrought(files)
      return brought.ok ? put({ ...broughtSource(parts.loader, brought.value), files }) : brought
    },
    shippedData: (environment) => put(shippedSource(parts.loader, environment)),
  }
}

type Progress = Pick<ShopUpdate, 'doing' | 'products' | 'share'>

/** Not more often than is of use, and with the time that is left. */
function tellingShop(
  now: LabPorts['parts']['now'],
  busy: LabPorts['busy'],
  emit: LabPorts['emit'],
): (progress: Progress) => void {
  let doing: Progress['doing'] | undefined
  let begun = now()
  let last = Number.NEGATIVE_INFINITY
  return (progress) => {
    const at = now()
    if (progress.doing !== doing) begun = at
    if (progress.doing === doing && (at - last < TOLD_MS || busy())) return
    doing = progress.doing
    last = at
    const { share } = progress
    const leftMs = at - begun > 1000 && share > 0 ? ((at - begun) * (1 - share)) / share : undefined
    emit({ type: 'shop', ...progress, leftMs })
  }
}
