/** A small database, and what statements in it answer as Python prints it. */
import { pythonList, pythonRows } from '../../../src/environments/intercode-sql/python-text.ts'
import { openSession, type Place, readDump } from '../../../src/mysql/index.ts'
import { engine } from '../../environments/intercode-sql/shop.ts'

const databases = readDump(
  'yard.sql',
  `CREATE TABLE shed (id int NOT NULL AUTO_INCREMENT, label varchar(20) DEFAULT 'none', PRIMARY KEY (id), UNIQUE KEY label (label));
   INSERT INTO shed VALUES (1,'north'),(4,'south');
   CREATE TABLE tool (id int NOT NULL, shed_id int, price decimal(6,2) NOT NULL DEFAULT '1.50', PRIMARY KEY (id), FOREIGN KEY (shed_id) REFERENCES shed (id));
   INSERT INTO tool VALUES (1,1,2.5),(2,1,3),(3,4,1);`,
)
if (!databases.ok) throw new Error(databases.failure.message)
const session = openSession(engine, databases.value)

/** What the last of these statements answers, each run where the one before it led. */
export function answer(...statements: readonly string[]): string {
  let place: Place = { database: 'yard', writes: [] }
  let said = ''
  for (const sql of statements) {
    const outcome = session.run(place, sql)
    if (outcome.kind === 'none') place = outcome.place
    said =
      outcome.kind === 'rows'
        ? pythonList(pythonRows(outcome.result).tuples)
        : outcome.kind === 'none'
          ? 'None'
          : outcome.message
  }
  return said
}

/** The names of the columns that a statement answers with. */
export function columnsOf(sql: string): readonly string[] {
  const outcome = session.run({ database: 'yard', writes: [] }, sql)
  return outcome.kind === 'rows' ? outcome.result.columns.map(({ name }) => name) : []
}
