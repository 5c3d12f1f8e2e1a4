/** All that the soak does, as a table: what strikes, which run, how often, and whether it held. */
import { stream } from '../../core/random.ts'
import { ENVIRONMENT_NAMES, METHODS } from '../../core/settings/settings.ts'
import { browserRound } from './browser-kills.ts'
import { STRIKES } from './frail-store.ts'
import { SMALL, soakRound, straightFile } from './round.ts'
import { SAMPLED_VERSIONS } from './sample.ts'

export interface SoakPlan {
  readonly seed: number
  /** Of each strike on each method in each environment. */
  readonly rounds: number
  readonly environments: readonly (typeof ENVIRONMENT_NAMES)[number][]
  readonly methods: readonly (typeof METHODS)[number][]
}

export const WHOLE: SoakPlan = { seed: 1, rounds: 20, environments: ENVIRONMENT_NAMES, methods: METHODS }

export interface SoakRow {
  readonly environment: string
  readonly method: string
  readonly strike: string
  readonly rounds: number
  readonly strikes: number
  /** One for each round that did not hold. */
  readonly faults: readonly string[]
}

/** Each pair of environment and method, struck in every way, on a new database and on one of each older version in turn. */
export async function* soak({ seed, rounds, environments, methods }: SoakPlan): AsyncGenerator<SoakRow, void, void> {
  const versions = [undefined, ...SAMPLED_VERSIONS]
  for (const environment of environments) {
    for (const method of methods) {
      const expected = await straightFile({ ...SMALL, environment, method })
      for (const strike of STRIKES) {
        const faults: string[] = []
        let strikes = 0
        for (let round = 0; round < rounds; round++) {
          const random = stream(seed).child('soak', environment, method, strike, round)
          const from = versions[round % versions.length]
          const outcome = await soakRound({ environment, method, strike, strikes: 3, from, random }, expected)
          strikes += outcome.strikes
          if (outcome.fault !== undefined) faults.push(`round ${round}: ${outcome.fault}`)
        }
        yield { environment, method, strike, rounds, strikes, faults }
      }
    }
  }
}

/** The same for a browser that is killed: each method in each environment. @param address of the served site */
export async function* soakBrowser(
  address: string,
  { seed, rounds, environments, methods }: SoakPlan,
): AsyncGenerator<SoakRow, void, void> {
  for (const environment of environments) {
    for (const method of methods) {
      const faults: string[] = []
      let strikes = 0
      for (let round = 0; round < rounds; round++) {
        const random = stream(seed).child('soak', environment, method, 'browser', round)
        const outcome = await browserRound(address, { environment, method }, random)
        strikes += outcome.strikes
        if (outcome.fault !== undefined) faults.push(`round ${round}: ${outcome.fault}`)
      }
      yield { environment, method, strike: 'browser', rounds, strikes, faults }
    }
  }
}

/** As one line of a table. */
export function lineOf({ environment, method, strike, rounds, strikes, faults }: SoakRow): string {
  const cells = [environment.padEnd(13), method.padEnd(12), strike.padEnd(11), String(rounds).padStart(6)]
  return `${[...cells, String(strikes).padStart(7)].join('  ')}  ${faults.length === 0 ? 'held' : faults.join('; ')}`
}

export const HEAD = 'environment    method        strike       rounds  strikes'
