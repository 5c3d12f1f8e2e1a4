/** Groups of calls that are asked for by name (`LabApi.agent`, `model`, `visit`): the first load knows none of them. */
import type { Result } from '../../../core/failure.ts'

/** Whoever asked had types that check what is given. */
type Calls<K extends PropertyKey> = Readonly<Record<K, (...given: never[]) => Promise<Result<unknown>>>>

export function callByName<K extends PropertyKey>(
  calls: Calls<K>,
  call: K,
  given: readonly unknown[],
): Promise<Result<unknown>> {
  return calls[call](...(given as never[]))
}
