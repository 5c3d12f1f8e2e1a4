/** A short soak; the long one is `npm run soak`. */
import { expect, test } from 'vitest'
import { lineOf, soak, WHOLE } from '../../../src/scripts/soak/soak-table.ts'

test.each([
  ['webshop', ['rro', 'eto']],
  ['intercode-sql', ['rro']],
] as const)(
  'runs in %s that are struck at random moments end as if nothing had happened',
  async (environment, methods) => {
    let strikes = 0
    for await (const row of soak({ ...WHOLE, rounds: 2, environments: [environment], methods })) {
      expect(row.faults, lineOf(row)).toEqual([])
      strikes += row.strikes
    }
    expect(strikes).toBeGreaterThan(0)
  },
)
