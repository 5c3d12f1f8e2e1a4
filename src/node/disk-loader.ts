/** The shipped files, from disk. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { failure, messageOf, success } from '../core/failure.ts'
import { type DataLoader, loaderOf } from '../worker/machine/data-loader.ts'

/** `public/`, whose content is the root of the site. */
export const SITE = fileURLToPath(new URL('../../public/', import.meta.url))

const loaders = new Map<string, DataLoader>()

/** One for each folder, so that all share what is made of its files. */
export function diskLoader(site: string = SITE): DataLoader {
  const loader = loaders.get(site) ?? newLoader(site)
  loaders.set(site, loader)
  return loader
}

function newLoader(site: string): DataLoader {
  return loaderOf(async (path) => {
    try {
      return success(await readFile(`${site}/${path}`))
    } catch (thrown) {
      return failure('data-unavailable', `${path} could not be read: ${messageOf(thrown)}.`)
    }
  })
}
