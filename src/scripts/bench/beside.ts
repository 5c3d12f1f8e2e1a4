/** What MySQL on SQLite costs beside another engine: the same statements, each met for the first time, in turns. */
import { openSession, type SqlDatabase, type SqlEngine } from '../../mysql/index.ts'
import { measured, median, quantile, rounded } from './measure.ts'

export interface Asked {
  readonly database: string
  readonly sql: string
}

/** Another engine with the same databases in it. */
export interface SqlPeer {
  /** All rows of a statement as it stands; a promise where it is asked over a wire. Throws what it does not take. */
  ask(asked: Asked): unknown
  close(): unknown
}

/** @param asked those that the peer takes as they stand, and that give rows here, count; each once */
export async function beside(
  peer: SqlPeer,
  { engine, databases, asked }: { engine: SqlEngine; databases: readonly SqlDatabase[]; asked: readonly Asked[] },
  rounds: number,
) {
  const ourselves = () => openSession(engine, databases)
  const taken = await takenBy(peer, ourselves(), asked)
  const ours: number[][] = taken.map(() => [])
  const theirs: number[][] = taken.map(() => [])
  for (let round = 0; round < rounds; round++) {
    const session = ourselves()
    collectYoung() // what loading has left
    taken.forEach((each, i) => {
      const start = performance.now()
      session.run({ database: each.database, writes: [] }, each.sql)
      ours[i]?.push(performance.now() - start)
    })
    session.close()
    collectYoung()
    for (const [i, each] of taken.entries()) {
      const start = performance.now()
      const answer = peer.ask(each)
      if (answer instanceof Promise) await answer
      theirs[i]?.push(performance.now() - start)
    }
  }
  await peer.close()
  const [our, their] = [ours.map(median), theirs.map(median)] as const
  const sum = (times: readonly number[]) => times.reduce((all, time) => all + time, 0)
  const ofRound = (times: readonly (readonly number[])[], round: number) => sum(times.map((all) => all[round] ?? 0))
  const ratios = Array.from({ length: rounds }, (_, round) => ofRound(ours, round) / ofRound(theirs, round))
  return {
    statements: taken.length,
    perSecond: rounded((1000 * taken.length) / sum(our)),
    theirPerSecond: rounded((1000 * taken.length) / sum(their)),
    timesTheirs: measured(ratios),
    p50Us: rounded(1000 * quantile(our, 0.5)),
    theirP50Us: rounded(1000 * quantile(their, 0.5)),
    p99Us: rounded(1000 * quantile(our, 0.99)),
    theirP99Us: rounded(1000 * quantile(their, 0.99)),
    /** One statement of the peer, in milliseconds: a measure of the machine for what has no baseline of its own. */
    theirMs: sum(their) / taken.length,
  }
}

/** Where Node is asked to let programs collect. A whole collection would forget what code has learnt of its objects. */
function collectYoung(): void {
  const gc = globalThis.gc as ((how: { readonly type: 'minor' }) => void) | undefined
  gc?.({ type: 'minor' })
}

/** What rows tell. */
export function withoutMs({ theirMs: _, ...found }: Awaited<ReturnType<typeof beside>>) {
  return found
}

async function takenBy(
  peer: SqlPeer,
  session: ReturnType<typeof openSession>,
  asked: readonly Asked[],
): Promise<readonly Asked[]> {
  const once = new Map(asked.map((each) => [`${each.database}\0${each.sql}`, each]))
  const taken: Asked[] = []
  for (const each of once.values()) {
    try {
      await peer.ask(each)
      if (session.run({ database: each.database, writes: [] }, each.sql).kind === 'rows') taken.push(each)
    } catch {} // it does not take it
  }
  session.close()
  return taken
}
