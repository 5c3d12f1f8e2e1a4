/** Long work in parts: after so much of it, others have a turn. */
export interface Pace {
  /** Units of work between two turns. A unit is a few nanoseconds. */
  readonly most: number
  /** Waited for after some work. */
  did(units: number): Promise<void>
}

/** Units that go into a posting of a search. */
export const POSTING = 16

/** @param turn others have it while it is waited for @param most by default, some 50 ms */
export function paced(turn: () => Promise<void>, most = 2 ** 24): Pace {
  let done = 0
  return {
    most,
    async did(units) {
      done += units
      if (done < most) return
      done = 0
      await turn()
    },
  }
}
