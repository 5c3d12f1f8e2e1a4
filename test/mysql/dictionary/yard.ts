/** A small database, and what statements in it answer as Python prints it. */
import { answersOf, sessionOver } from '../answers.ts'

const session = sessionOver(
  'yard',
  `CREATE TABLE shed (id int NOT NULL AUTO_INCREMENT, label varchar(20) DEFAULT 'none', PRIMARY KEY (id), UNIQUE KEY label (label));
   INSERT INTO shed VALUES (1,'north'),(4,'south');
   CREATE TABLE tool (id int NOT NULL, shed_id int, price decimal(6,2) NOT NULL DEFAULT '1.50', PRIMARY KEY (id), FOREIGN KEY (shed_id) REFERENCES shed (id));
   INSERT INTO tool VALUES (1,1,2.5),(2,1,3),(3,4,1);`,
)

export const answer = answersOf('yard', session)

/** The names of the columns that a statement answers with. */
export function columnsOf(sql: string): readonly string[] {
  const outcome = session.run({ database: 'yard', writes: [] }, sql)
  return outcome.kind === 'rows' ? outcome.result.columns.map(({ name }) => name) : []
}
