import { describe, expect, test } from 'vitest'
import { answer, columnsOf } from './yard.ts'

describe('SHOW and DESCRIBE', () => {
  const answers: readonly (readonly [sql: string, answer: string])[] = [
    ["SHOW COLUMNS FROM shed WHERE Field = 'label'", "[('label', 'varchar(20)', 'YES', 'UNI', 'none', '')]"],
    ["SHOW FIELDS FROM shed IN yard LIKE 'i%'", "[('id', 'int', 'NO', 'PRI', None, 'auto_increment')]"],
    ['SHOW COLUMNS FROM shed WHERE nothing = 1', "Unknown column 'nothing' in 'where clause'"],
    ['DESC shed label', "[('label', 'varchar(20)', 'YES', 'UNI', 'none', '')]"],
    ["DESCRIBE tool '%ice'", "[('price', 'decimal(6,2)', 'NO', '', '1.50', '')]"],
    ['EXPLAIN tool price', "[('price', 'decimal(6,2)', 'NO', '', '1.50', '')]"],
    [
      "SHOW KEYS FROM shed WHERE Key_name = 'label'",
      "[('shed', 0, 'label', 1, 'label', 'A', 2, None, None, 'YES', 'BTREE', '', '', 'YES', None)]",
    ],
    ["SHOW FULL TABLES FROM yard WHERE Tables_in_yard LIKE 't%'", "[('tool', 'BASE TABLE')]"],
    ["SHOW TABLES FROM information_schema LIKE 'engines'", "[('ENGINES',)]"],
    ["SHOW DATABASES WHERE `Database` NOT LIKE '%schema'", "[('mysql',), ('sys',), ('yard',)]"],
    ['SHOW TABLES FROM mysql', '[]'],
    ['SHOW TABLES FROM nothing', "Unknown database 'nothing'"],
    [
      "SHOW TABLE STATUS WHERE Name = 'shed'",
      "[('shed', 'InnoDB', 10, 'Dynamic', 2, 8192, 16384, 0, 16384, 0, 5, datetime.datetime(2024, 1, 1, 0, 0), None, None, 'utf8mb4_general_ci', None, '', '')]",
    ],
    [
      'SHOW CREATE DATABASE yard',
      "[('yard', \"CREATE DATABASE `yard` /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci */ /*!80016 DEFAULT ENCRYPTION='N' */\")]",
    ],
    [
      'SHOW CREATE TABLE tool',
      "[('tool', \"CREATE TABLE `tool` (\\n  `id` int NOT NULL,\\n  `shed_id` int DEFAULT NULL,\\n  `price` decimal(6,2) NOT NULL DEFAULT '1.50',\\n  PRIMARY KEY (`id`),\\n  KEY `shed_id` (`shed_id`),\\n  CONSTRAINT `tool_ibfk_1` FOREIGN KEY (`shed_id`) REFERENCES `shed` (`id`)\\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci\")]",
    ],
    ['SHOW CREATE VIEW tool', "'yard.tool' is not VIEW"],
    ['SHOW CREATE PROCEDURE p', 'PROCEDURE p does not exist'],
    ["SHOW VARIABLES LIKE 'version'", "[('version', '8.0.33')]"],
    ["SHOW GLOBAL VARIABLES WHERE Variable_name = 'autocommit' AND Value = 'ON'", "[('autocommit', 'ON')]"],
    [
      "SHOW SESSION STATUS LIKE 'threads_c%d'",
      "[('Threads_cached', '0'), ('Threads_connected', '1'), ('Threads_created', '1')]",
    ],
    ["SHOW CHARACTER SET LIKE 'utf8mb4'", "[('utf8mb4', 'UTF-8 Unicode', 'utf8mb4_0900_ai_ci', 4)]"],
    ['SHOW COLLATION WHERE Id = 45', "[('utf8mb4_general_ci', 'utf8mb4', 45, '', 'Yes', 1, 'PAD SPACE')]"],
    ['SHOW WARNINGS', '[]'],
    ['SHOW COUNT(*) WARNINGS', '[(0,)]'],
    ['SHOW TRIGGERS', '[]'],
    ["SHOW PROCEDURE STATUS WHERE Db = 'yard'", '[]'],
    ['SHOW FULL PROCESSLIST', "[(8, 'admin', 'localhost', 'yard', 'Query', 0, 'init', 'SHOW FULL PROCESSLIST')]"],
    [
      'SHOW FOO',
      "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'FOO' at line 1",
    ],
  ]
  test.each(answers)('%s', (sql, wanted) => {
    expect(answer(sql)).toBe(wanted)
  })

  test('answers without rows have their columns', () => {
    expect(columnsOf('SHOW WARNINGS')).toEqual(['Level', 'Code', 'Message'])
    expect(columnsOf('SHOW TRIGGERS')).toHaveLength(11)
    expect(columnsOf("SHOW TABLES LIKE 't%'")).toEqual(['Tables_in_yard (t%)'])
  })
})

describe('EXPLAIN of a query', () => {
  const plans: readonly (readonly [sql: string, rows: string])[] = [
    ['SELECT * FROM tool', "[(1, 'SIMPLE', 'tool', None, 'ALL', None, None, None, None, 3, 100.0, None)]"],
    [
      'SELECT * FROM tool WHERE id = 2',
      "[(1, 'SIMPLE', 'tool', None, 'const', 'PRIMARY', 'PRIMARY', '4', 'const', 1, 100.0, None)]",
    ],
    [
      'SELECT * FROM tool t JOIN shed s ON s.id = t.shed_id',
      "[(1, 'SIMPLE', 's', None, 'index', None, 'label', '83', None, 2, 100.0, 'Using index'), (1, 'SIMPLE', 't', None, 'ref', 'shed_id', 'shed_id', '5', 'yard.s.id', 1, 100.0, None)]",
    ],
    [
      'SELECT label FROM shed WHERE id > (SELECT MIN(id) FROM tool) ORDER BY label',
      "[(1, 'PRIMARY', 'shed', None, 'index', None, 'label', '83', None, 2, 100.0, 'Using where; Using index; Using filesort'), (2, 'SUBQUERY', 'tool', None, 'index', None, 'shed_id', '5', None, 3, 100.0, 'Using index')]",
    ],
    [
      'SELECT 1 UNION SELECT 2',
      "[(1, 'PRIMARY', None, None, None, None, None, None, None, None, None, 'No tables used'), (2, 'UNION', None, None, None, None, None, None, None, None, None, 'No tables used'), (None, 'UNION RESULT', '<union1,2>', None, 'ALL', None, None, None, None, None, None, 'Using temporary')]",
    ],
    ['SELECT nothing FROM tool', "Unknown column 'nothing' in 'field list'"],
    [
      'DELETE FROM tool WHERE id = 2',
      "[(1, 'DELETE', 'tool', None, 'ALL', None, None, None, None, 3, 100.0, 'Using where')]",
    ],
  ]
  test.each(plans)('%s', (sql, rows) => {
    expect(answer(`EXPLAIN ${sql}`)).toBe(rows)
  })
  test('other forms are refused in words', () => {
    expect(answer('EXPLAIN FORMAT=TREE SELECT 1')).toContain('EXPLAIN FORMAT=TREE is not supported here')
    expect(answer('EXPLAIN ANALYZE SELECT 1')).toContain('EXPLAIN ANALYZE is not supported here')
    expect(answer('EXPLAIN FORMAT=XML SELECT 1')).toBe("Unknown EXPLAIN format name: 'XML'")
  })
})
