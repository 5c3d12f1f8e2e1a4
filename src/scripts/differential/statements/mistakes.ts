/** Mistakes that people and models make: one is worked into a statement that was right, where it fits. */
import type { Draw } from './draw.ts'
import type { Statement } from './queries.ts'

type Mistake = (sql: string, draw: Draw) => string

const MISTAKES: readonly Mistake[] = [
  // Names that are not there.
  (sql) => sql.replace(/\b([ats])\.(\w+)/, '$1.no_$2'),
  (sql) => sql.replace(/\bFROM (\w+)/, 'FROM $1_x'),
  (sql) => sql.replace(/\b([ats])\.(\w+)/, 'z.$2'),
  (sql) => sql.replace(/\bFROM (\w+)/, 'FROM nowhere.$1'),
  (sql) => sql.replace(/\b(UPPER|ROUND|ABS|LOWER|YEAR|COUNT|MAX)\(/, 'NO_SUCH_$1('),
  // Ambiguous, or twice.
  (sql) => sql.replace(/\ba\.(\w+_id)\b/, '$1'),
  (sql) => sql.replace(/ AS b ON/, ' AS a ON'),
  // Aggregates out of place, groups forgotten.
  (sql) => sql.replace(/ GROUP BY [^)]*?(?= HAVING| ORDER|$)/, ''),
  (sql) => sql.replace(/ WHERE /, ' WHERE COUNT(*) > 1 AND '),
  (sql) => sql.replace(/ GROUP BY ([\w.]+)/, ' GROUP BY COUNT($1)'),
  (sql) => sql.replace(/ HAVING /, ' HAVING nothing = 1 AND '),
  (sql) => sql.replace(/MAX\((?!MAX)/, 'MAX(MIN('),
  // Numbers of columns, places, arguments.
  (sql) => sql.replace(/ (UNION|EXCEPT|INTERSECT)( ALL)? SELECT /, ' $1$2 SELECT 1, '),
  (sql) => sql.replace(/ ORDER BY 1/, ' ORDER BY 9'),
  (sql) => sql.replace(/\(SELECT (\w+\.\w+) FROM/, '(SELECT $1, 1 FROM'),
  (sql) => sql.replace(/\b(UPPER|YEAR|LENGTH|SIGN)\(/, '$1(1, '),
  (sql) => sql.replace(/ AS d\b/, ''),
  // Words out of place.
  (sql) => sql.replace(/ FROM /, ' FORM '),
  (sql) => sql.replace(/^SELECT /, 'SELECT , '),
  (sql) => sql.replace(/ WHERE /, ' WHERE WHERE '),
  (sql) => sql.replace(/ ON /, ' ON AND '),
  (sql) => sql.replace(/\)([^)]*)$/, '$1'),
  (sql) => `${sql} LIMIT ALL`,
  (sql) => `${sql} ORDER`,
  (sql) => sql.replace(/ AS c0\b/, ' AS rank'),
  (sql) => sql.replace(/=/, '=='),
  (sql, draw) => {
    const words = sql.split(' ')
    words.splice(draw.whole(1, words.length - 1), 1)
    return words.join(' ')
  },
]

/** The statement with a mistake, or as it was where none fits. */
export function mistaken(draw: Draw, statement: Statement): Statement {
  for (let tries = 0; tries < 6; tries++) {
    const sql = draw.one(MISTAKES)(statement.sql, draw)
    if (sql !== statement.sql && isClosed(sql)) return { ...statement, sql, form: 'mistake' }
  }
  return statement
}

/** Its quotes come in pairs: the client would read on into the next statement. */
function isClosed(sql: string): boolean {
  return [/'/g, /"/g].every((mark) => (sql.match(mark)?.length ?? 0) % 2 === 0)
}
