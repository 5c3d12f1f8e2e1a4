/** What is done to the library beside running, fetched with the first call about it. */
import { type Result, success } from '../../../core/failure.ts'
import { fetched } from '../../../core/fetched.ts'
import { keptOnceGood } from '../../machine/kept.ts'
import type { LibraryCalls } from '../../protocol/library.ts'
import type { ShopReading } from '../../worlds/shop-reading.ts'
import type { LabPorts } from '../lab-ports.ts'
import { callByName } from './call-by-name.ts'

export function libraryGroup(
  ports: LabPorts & { readonly reading: ShopReading },
): (call: keyof LibraryCalls, given: readonly unknown[]) => Promise<Result<unknown>> {
  const group = keptOnceGood(async () => {
    const code = await fetched(() => import('../../library/library-tools.ts'))
    return code.ok ? success(code.value.libraryTools(ports)) : code
  })
  return (call, given) => group.use((tools) => callByName<keyof LibraryCalls>(tools, call, given))
}
