/** The shipped files, from disk. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { failure, messageOf, success } from '../core/failure.ts'
import { type DataLoader, loaderOf } from '../worker/machine/data-loader.ts'

/** `public/`, whose content is the root of the site. */
export const SITE = fileURLToPath(new URL('../../public/', import.meta.url))

export function diskLoader(site: string = SITE): DataLoader {
  return loaderOf(async (path) => {
    try {
      return success(await readFile(`${site}/${path}`, 'utf8'))
    } catch (thrown) {
      return failure('data-unavailable', `${path} could not be read: ${messageOf(thrown)}.`)
    }
  })
}
