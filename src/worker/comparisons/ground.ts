/**
 * What a comparison is made on: its data, and the policy that it starts from. Both are named by their fingerprints; where one is
 * not at hand the comparison can be read, and nothing is computed on anything else.
 */
import type { Comparison } from '../../core/comparison/comparison.ts'
import { failure, quote, type Result, success } from '../../core/failure.ts'
import type { Store } from '../../store/store.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import type { KeptShop } from '../machine/shop-folder.ts'
import { ownAgent } from '../worlds/own-agent.ts'
import type { OwnAgent } from '../worlds/world.ts'
import { shippedSource, type WorldSource } from '../worlds/world-source.ts'

/** What whoever computes cells elsewhere has to be given. */
export interface Ground {
  /** The start policy, where it does not ship with the page. */
  readonly own: OwnAgent | undefined
  /** The files that the visitor brought, where the data does not ship with the page. */
  readonly files?: readonly File[] | undefined
  /** Where it is too large to be held: its file, which a worker reads for itself. */
  readonly kept?: KeptShop | undefined
}

export interface GroundPorts {
  readonly store: Pick<Store, 'smallRecords'>
  readonly loader: DataLoader
  /** The data at hand; undefined while nobody has asked for any. */
  known(environment: Comparison['environment']): WorldSource | undefined
}

/** A failure for what is not at hand, or has no tasks to compare on. */
export async function groundOf(ports: GroundPorts, comparison: Comparison): Promise<Result<Ground>> {
  const { environment, policy, data, start, split } = comparison
  // Of language models, those that ship are compared.
  const own = policy === 'transformer' ? success(undefined) : await ownAgent(ports.store, { environment, model: start })
  if (!own.ok) return own
  if (data === undefined) return success({ own: own.value })
  const source = await sourceOf(ports, comparison)
  if (!source.ok) return source
  const loaded = await source.value.data()
  if (!loaded.ok) return loaded
  const empty = (['train', split] as const).find((name) => loaded.value.tasks[name] === 0)
  if (empty !== undefined) {
    const words = `${loaded.value.name} has no ${empty} tasks: methods explore train tasks, and are judged on ${split} tasks.`
    return failure('split-empty', `${words} Load data that has both.`)
  }
  return success({ own: own.value, files: source.value.files, kept: source.value.kept })
}

/** The data of a comparison; a failure where it is not at hand. */
export async function sourceOf(
  { loader, known }: Pick<GroundPorts, 'loader' | 'known'>,
  { environment, data }: Comparison,
): Promise<Result<WorldSource>> {
  if (data === undefined) return success(shippedSource(loader, environment))
  const source = known(environment)
  const loaded = await source?.data()
  if (source !== undefined && loaded?.ok && loaded.value.fingerprint === data) return success(source)
  const instead = loaded?.ok ? `; loaded is ${quote(loaded.value.name)}` : ''
  const words = `This comparison is on data that somebody brought (fingerprint ${data}), which is not loaded here${instead}.`
  return failure('comparison-other-data', `${words} Drop its files on the page, then ask again.`)
}

/** Whether runs that are made now are made on the data of a comparison; a failure where they are not. */
export async function loadedFor(
  ports: Pick<GroundPorts, 'loader' | 'known'>,
  comparison: Comparison,
): Promise<Result<true>> {
  if (comparison.data !== undefined) {
    const source = await sourceOf(ports, comparison)
    return source.ok ? success(true) : source
  }
  const loaded = await ports.known(comparison.environment)?.data()
  if (!loaded?.ok || loaded.value.origin === 'shipped') return success(true)
  const words = 'This was explored on the data that ships with the page, and other data is loaded.'
  return failure('cell-other-data', `${words} Go back to the shipped data to open it.`)
}
