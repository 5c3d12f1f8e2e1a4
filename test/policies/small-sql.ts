/** A database of three tables with six questions, small enough to read, for tests of policies and training. */
import type { Environment } from '../../src/environments/environment.ts'
import { createInterCodeSql, type InterCodeSql } from '../../src/environments/intercode-sql/intercode-sql.ts'
import { loadSqlData } from '../../src/environments/intercode-sql/sql-data.ts'
import type { SqlState } from '../../src/environments/intercode-sql/types.ts'
import { startSqlEngine } from '../../src/mysql/index.ts'

const DUMP = `
CREATE DATABASE \`library\`;
USE \`library\`;
CREATE TABLE \`author\` (
  \`author_id\` int NOT NULL,
  \`name\` varchar(40) DEFAULT NULL,
  \`country\` varchar(20) DEFAULT NULL,
  \`birth_year\` int DEFAULT NULL,
  PRIMARY KEY (\`author_id\`)
);
INSERT INTO \`author\` VALUES (1,'Ada Quill','Norway',1950),(2,'Bo Lark','Malta',1971),(3,'Cy Reed','Norway',1988);
CREATE TABLE \`book\` (
  \`book_id\` int NOT NULL,
  \`title\` varchar(40) DEFAULT NULL,
  \`author_id\` int DEFAULT NULL,
  \`genre\` varchar(20) DEFAULT NULL,
  \`pages\` int DEFAULT NULL,
  \`price\` decimal(6,2) DEFAULT NULL,
  \`signed\` varchar(3) DEFAULT NULL,
  PRIMARY KEY (\`book_id\`)
);
INSERT INTO \`book\` VALUES (1,'Low Tide',1,'crime',310,12.50,'yes'),(2,'High Tide',1,'crime',280,9.00,'no'),
(3,'Salt',2,'travel',120,20.00,'no'),(4,'Stone',1,'travel',90,7.25,NULL);
CREATE TABLE \`loan\` (
  \`loan_id\` int NOT NULL,
  \`book_id\` int DEFAULT NULL,
  \`taken_on\` date DEFAULT NULL,
  PRIMARY KEY (\`loan_id\`)
);
INSERT INTO \`loan\` VALUES (1,1,'2024-01-02'),(2,1,'2024-02-03'),(3,3,'2024-03-04');
`

/** Question and gold query. */
export const QUESTIONS = [
  ['How many books are there?', 'SELECT count(*) FROM book'],
  ['What is the average number of pages of a book?', 'SELECT avg(pages) FROM book'],
  ['Which authors are from Norway?', "SELECT name FROM author WHERE country = 'Norway'"],
  [
    'How many books has each author? Sort by author name.',
    'SELECT T1.name, count(*) FROM author AS T1 JOIN book AS T2 ON T1.author_id = T2.author_id GROUP BY T1.name ORDER BY T1.name',
  ],
  ['Which books were never on loan?', 'SELECT title FROM book WHERE book_id NOT IN (SELECT book_id FROM loan)'],
  ['Titles of the 2 longest books, longest first.', 'SELECT title FROM book ORDER BY pages DESC LIMIT 2'],
] as const

export type SmallSql = Environment<SqlState> & Omit<InterCodeSql, 'id'>

export async function createSmallSql(): Promise<SmallSql> {
  const engine = await startSqlEngine()
  const records = QUESTIONS.map(([query, gold], i) => ({
    ...{ db: 'library', query, gold, hardness: 'easy' },
    split: i < 4 ? 'train' : 'dev',
  }))
  const files = {
    tasks: { name: 'tasks.json', text: JSON.stringify(records) },
    dumps: [{ name: 'library.sql', text: DUMP }],
    sqlite: [],
  }
  const data = loadSqlData(engine, files)
  if (!data.ok) throw new Error(data.failure.message)
  return createInterCodeSql(engine, data.value) as unknown as SmallSql // core's settings do not know its id yet
}
