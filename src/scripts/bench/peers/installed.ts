/**
 * Packages to measure ours beside, as far as they are installed: `npm install --prefix bench/peers`. They have a package.json
 * of their own, so that nothing else depends on them.
 */
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { messageOf } from '../../../core/failure.ts'

const FOLDER = 'bench/peers'

/** A package, whose types are not there: its reader says what it asks of it. Undefined where it is not installed, or does not load. */
export async function peer<T>(name: string): Promise<T | undefined> {
  try {
    const path = createRequire(resolve(FOLDER, 'package.json')).resolve(name)
    const loaded = (await import(pathToFileURL(path).href)) as { default?: unknown }
    return (loaded.default ?? loaded) as T
  } catch {
    return undefined
  }
}

/** What a row says of a peer that is not there. */
export const MISSING = `not installed: npm install --prefix ${FOLDER}`

/** What a row says of a peer: what was measured, or the first line of why it does not run here. */
export async function orReason<T>(measure: () => Promise<T>): Promise<T | string> {
  try {
    return await measure()
  } catch (error) {
    return `does not run here: ${messageOf(error).split('\n')[0]}`
  }
}
