/** A small made-up server: two databases with keys, dates, mixed case, blanks, empty and duplicate rows. */

import { createInterCodeSql, type InterCodeSqlOptions } from '../../../src/environments/intercode-sql/intercode-sql.ts'
import { readSqlFiles } from '../../../src/environments/intercode-sql/official-files.ts'
import { loadSqlData, type SqlData } from '../../../src/environments/intercode-sql/sql-data.ts'
import { startSqlEngine } from '../../../src/mysql/index.ts'

export const DUMP = `-- a dump
CREATE DATABASE IF NOT EXISTS \`bakery\`; USE \`bakery\`;
/*!40101 SET NAMES utf8 */;
CREATE TABLE \`baker\` (
  \`id\` int NOT NULL AUTO_INCREMENT,
  \`name\` varchar(40) COLLATE utf8mb4_general_ci DEFAULT NULL,
  \`town\` text,
  \`hired\` date DEFAULT NULL,
  \`wage\` decimal(10,2) DEFAULT NULL,
  PRIMARY KEY (\`id\`)
) ENGINE=InnoDB;
INSERT INTO \`baker\` VALUES (3,'ada','Ghent','2019-04-01',12.50),(1,'Bo','ghent ','2020-01-31',11.00),(2,'Cy O\\'Neil','Liège',NULL,NULL);
CREATE TABLE \`loaf\` (
  \`code\` char(4) NOT NULL, \`baker_id\` int DEFAULT NULL, \`grams\` int, \`price\` double, \`sold_at\` datetime, \`best\` float,
  PRIMARY KEY (\`code\`), KEY \`by_baker\` (\`baker_id\`), CONSTRAINT f FOREIGN KEY (\`baker_id\`) REFERENCES \`baker\` (\`id\`)
);
INSERT INTO \`loaf\` VALUES ('rye',1,800,3.1,'2024-05-01 09:30:00',78.4),('spel',1,750,3.2,'2024-05-02 00:00:00',1),('bun',3,60,0.4,NULL,NULL),('oat',3,500,2.5,'2024-05-03 10:00:05',2.5);
CREATE TABLE \`void\` (\`a\` int, \`b\` text);
CREATE TABLE \`twin\` (\`x\` int, \`y\` text);
INSERT INTO twin (y, x) VALUES ('s', 1),('S',1),('t',2);
USE \`yard\`;
CREATE TABLE \`tool\` (\`id\` int PRIMARY KEY, \`rank_no\` int, \`label\` text);
INSERT INTO \`tool\` VALUES (1,5,'rake'),(2,5,'Spade'),(3,1,'hoe');
`

export const TASKS = [
  {
    db: 'bakery',
    gold: 'SELECT name FROM baker ORDER BY wage',
    query: 'Names of bakers by wage?',
    hardness: 'easy',
    db_tables: {},
    split: 'train',
  },
  {
    db: 'bakery',
    gold: 'SELECT count(*) FROM loaf WHERE grams > 100',
    query: 'How many loaves above 100 g?',
    hardness: 'easy',
    db_tables: {},
    split: 'train',
  },
  {
    db: 'yard',
    gold: 'SELECT label FROM tool ORDER BY id',
    query: 'Which tools are there?',
    hardness: 'medium',
    db_tables: {},
    split: 'dev',
  },
  {
    db: 'yard',
    gold: 'SELECT nothing FROM tool',
    query: 'A question whose gold query fails',
    hardness: 'extra',
    db_tables: {},
    split: 'test',
  },
]

export const engine = await startSqlEngine()

export function smallData(): SqlData {
  const files = readSqlFiles([
    { name: 'tasks.json', content: JSON.stringify(TASKS) },
    { name: 'server.sql', content: DUMP },
  ])
  if (!files.ok) throw new Error(files.failure.message)
  const data = loadSqlData(engine, files.value)
  if (!data.ok) throw new Error(data.failure.message)
  return data.value
}

export function smallWorld(options: InterCodeSqlOptions = {}) {
  return createInterCodeSql(engine, smallData(), options)
}
