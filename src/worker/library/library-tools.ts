/** All that is done to the library beside running, in one place, so that the lab can fetch it when it is first asked. */
import { success } from '../../core/failure.ts'
import { Turns } from '../../core/turns.ts'
import type { LibraryCalls } from '../protocol/library.ts'
import { backUp } from './backup.ts'
import { discard, discarded, purge, putBack } from './discards.ts'
import { forgetShop, keptShop } from './kept-shops.ts'
import { label, sizeOf } from './labels.ts'
import type { ToolPorts } from './ports.ts'
import { restore } from './restore.ts'
import { searchShop } from './search-shop.ts'
import { importTrajectories } from './trajectories/import-trajectories.ts'

export function libraryTools(ports: ToolPorts): LibraryCalls {
  /** A backup that is brought while another is restored waits for it. */
  const restoring = new Turns()
  return {
    label: (ids, change) => label(ports.store, ids, change),
    size: (id) => sizeOf(ports, id),
    discard: (ids) => discard(ports, ids),
    discarded: () => discarded(ports),
    putBack: (ids) => putBack(ports, ids),
    purge: (ids) => purge(ports, ids),
    backup: () => backUp(ports),
    restore: (file) => restoring.take(() => restore(ports, file)),
    importTrajectories: (file) => importTrajectories(ports, file),
    keptShop: () => keptShop(ports),
    forgetShop: () => forgetShop(ports),
    searchShop: (query) => searchShop(ports, query),
    async stopShop() {
      ports.reading.stop()
      return success(true)
    },
  }
}
