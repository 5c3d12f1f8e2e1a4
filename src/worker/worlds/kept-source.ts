/** A shop that is kept on the disk as the data of worlds. */
import { fetched } from '../../core/fetched.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import { type KeptShop, type KeptSource, openKept } from '../machine/shop-folder.ts'
import { type WorldSource, webShopSource } from './world-source.ts'

/** @param open its file, where that is not in the folder of this site */
export function keptSource(
  loader: DataLoader,
  kept: KeptShop,
  open: (shop: KeptShop) => Promise<KeptSource> = openKept,
): WorldSource {
  let opened: KeptSource | undefined
  const source = webShopSource(loader, async () => {
    const code = await fetched(() => import('./kept-webshop.ts'))
    if (!code.ok) return code
    return code.value.openKeptShop(async () => {
      opened?.close() // it was opened in vain
      opened = await open(kept)
      return opened
    })
  })
  return { ...source, kept, close: () => opened?.close() }
}
