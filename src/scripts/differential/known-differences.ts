/** Where MariaDB 10.11 and MySQL 8.0 differ by themselves, so that no verdict says anything of us. */
import type { Outcome } from '../../mysql/index.ts'
import type { Verdict } from './comparison.ts'
import type { ServerAnswer } from './mariadb-server.ts'

export interface KnownDifference {
  readonly reason: string
  covers(sql: string, verdict: Verdict, ours: Outcome, theirs: ServerAnswer): boolean
}

const said = (answer: Outcome | ServerAnswer): string => (answer.kind === 'error' ? answer.message : '')
const code = (answer: ServerAnswer): number => (answer.kind === 'error' ? answer.code : 0)

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    reason: 'ONLY_FULL_GROUP_BY: MariaDB knows no functional dependencies and looks at the select list alone',
    covers: (_sql, verdict, ours, theirs) =>
      (verdict === 'only theirs is an error' && (code(theirs) === 1055 || code(theirs) === 1140)) ||
      (verdict === 'only ours is an error' && /only_full_group_by|DISTINCT/.test(said(ours))),
  },
  {
    reason: 'words that are reserved in MySQL 8 alone: rank, system, groups, lateral...',
    covers: (sql, verdict) =>
      verdict === 'only ours is an error' && /\bAS (rank|system|groups|lateral|of)\b/i.test(sql),
  },
  {
    reason: 'MariaDB has no TABLE statement and no VALUES ROW()',
    covers: (sql) => /^(TABLE|VALUES ROW)\b/.test(sql),
  },
  {
    reason: 'MySQL 8 refuses a literal that is no date where it is compared with one (1525); MariaDB warns',
    covers: (_sql, verdict, ours) =>
      verdict === 'only ours is an error' && /^Incorrect (DATE|DATETIME|TIME) value/.test(said(ours)),
  },
]
