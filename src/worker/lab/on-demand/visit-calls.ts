/** What the visitor does in the open run; its code comes with the first such call. */
import type { Result } from '../../../core/failure.ts'
import { fetched } from '../../../core/fetched.ts'
import { keptOnceGood } from '../../machine/kept.ts'
import type { VisitCalls } from '../../protocol/visits.ts'
import type { RunSession } from '../../runs/run-session.ts'
import type { LabPorts } from '../lab-ports.ts'
import { callByName } from './call-by-name.ts'

export function visitCalls({ worldOf }: LabPorts) {
  const code = keptOnceGood(() => fetched(() => import('../../runs/visits.ts')))
  return {
    /** @param session the open run */
    visit: (session: RunSession, call: keyof VisitCalls, given: readonly unknown[]): Promise<Result<unknown>> =>
      code.use(({ visits }) => {
        const calls = visits({ session, worldOf: (config) => worldOf(config, session.header) })
        return callByName(calls, call, given)
      }),
  }
}
