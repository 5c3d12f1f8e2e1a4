/** What the embedded policy's weights are for on InterCode-SQL. Every value is between -2 and 4, most between 0 and 1. */
import type { Feature } from '../action-space.ts'

const NAMES = {
  'show.tables': 'list the tables',
  'show.guess': 'describe a table of a guessed name before any was listed',
  'describe.table': 'describe a table that was listed',
  'describe.overlap': "share of the table's words in the question",
  'describe.linked': 'a described table has a key that points to it',
  'describe.first': 'no table that is left shares more words with the question',
  'describe.known': 'how many tables are described already, in quarters',
  'describe.enough': 'every listed table that the question names is described already',
  'describe.after-query': 'a query has run already',
  'peek.rows': 'look at five rows of a table',
  'peek.after-empty': 'the last query gave no rows',
  'query.compose': 'a query from scratch',
  'query.repair': 'the last query with one change',
  'query.prior':
    "how far the words' call for this shape is behind that for the best, in quarters, 0 or less; of queries from scratch",
  'query.values': "share of the question's values in its conditions; -1 for conditions without a value",
  'query.aggregate': 'aggregates agree with the cue words: 1 asked and there, -1 one without the other',
  'query.group': 'GROUP BY agrees with each, per, every',
  'query.order': 'ORDER BY agrees with the words for order',
  'query.limit': 'LIMIT agrees with the number of rows asked for',
  'query.negation': 'NOT IN, IS NULL or <> agrees with never, without, no',
  'query.distinct': 'DISTINCT agrees with different, distinct, once',
  'query.average': 'comparison with the average agrees with above average',
  'query.columns': 'share of the selected columns that the question speaks of',
  'query.unsaid': 'joined tables that the question does not name',
  'query.tables': 'share of the named and described tables that it uses',
  'query.joins': 'number of joins',
  'query.missing': 'listed tables that the question names and nobody has described (count)',
  'query.asked': 'this very query ran before',
  'query.after-rows': 'the last query gave rows',
  'repair.poor': 'changes a condition, a join or an aggregate after an error or no rows',
  'repair.gain': 'how much better than the last query it agrees with the question',
  'repair.tidy': 'changes only the order, the limit or DISTINCT',
  'submit.now': 'submit',
  'submit.error': 'the last statement failed',
  'submit.empty': 'the last query gave no rows',
  'submit.schema': 'the last statement was no query',
  'submit.values': "the last query's share of the question's values",
  'submit.fit': 'how well the last query agrees with the question, about 0 to 1',
  'submit.falls-short': 'how much better the best query offered agrees',
  'submit.late': 'how far past the fifth action, 0 to 1',
} as const satisfies Readonly<Record<string, string>>

export type SqlFeatureName = keyof typeof NAMES

export const SQL_FEATURES: readonly Feature[] = Object.entries(NAMES).map(([name, meaning]) => ({ name, meaning }))

/** Changes whenever a feature or the list of actions changes its meaning. */
export const SQL_VERSION = 'intercode-sql 1'

export const SQL_WIDTH = SQL_FEATURES.length

/** Place of each feature in a row. */
export const SQL_COLUMN = Object.fromEntries(SQL_FEATURES.map(({ name }, i) => [name, i])) as Readonly<
  Record<SqlFeatureName, number> // one for each name of the table
>
