/** The shop that is kept on this computer, since it is too large to be held: what it is, and its end. */
import { failure, type Result, success } from '../../core/failure.ts'
import { shopHead } from '../../environments/webshop/kept/open-shop.ts'
import { shopFolder } from '../machine/shop-folder.ts'
import type { KeptShopInfo } from '../protocol/library.ts'
import type { ToolPorts } from './ports.ts'

export async function keptShop({ parts }: ToolPorts): Promise<Result<KeptShopInfo | undefined>> {
  const folder = await shopFolder(parts)
  const shop = await folder?.kept()
  if (folder === undefined || shop === undefined) return success(undefined)
  const source = await folder.open(shop)
  const head = shopHead(source)
  const { size } = source
  source.close()
  return success(head.ok ? { name: head.value.name, fingerprint: head.value.fingerprint, bytes: size } : undefined)
}

export async function forgetShop({ parts }: ToolPorts): Promise<Result<true>> {
  const folder = await shopFolder(parts)
  await folder?.clean()
  if ((await folder?.kept()) === undefined) return success(true)
  return failure(
    'shop-in-use',
    'This shop is in use, here or in another tab. Go back to the shipped catalogue there first.',
  )
}
