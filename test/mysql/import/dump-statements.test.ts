import { describe, expect, test } from 'vitest'
import { type Cell, openSession, readDump, type StoredTable, startSqlEngine } from '../../../src/mysql/index.ts'

const engine = await startSqlEngine()

function tableOf(text: string): StoredTable {
  const read = readDump('x.sql', text, engine)
  if (!read.ok) throw new Error(read.failure.message)
  const table = read.value[0]?.tables[0]
  if (table === undefined) throw new Error('no table')
  return table
}

describe('what dumps do to their tables', () => {
  const dumps: readonly (readonly [what: string, text: string, rows: readonly (readonly Cell[])[]])[] = [
    [
      'bodies behind DELIMITER are passed over whole',
      'CREATE TABLE t (a int);\nDELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; INSERT INTO t VALUES (9); END$$\nDELIMITER ;\nINSERT INTO t VALUES (1);',
      [[1]],
    ],
    ['a mark before the first word is no part of it', '\ufeffCREATE TABLE t (a int); INSERT INTO t VALUES (1);', [[1]]],
    [
      'a key that ALTER TABLE adds orders the rows',
      'CREATE TABLE t (a int NOT NULL, b int); INSERT INTO t VALUES (2,1),(1,2); ALTER TABLE t ADD PRIMARY KEY (a), ADD KEY b (b);',
      [
        [1, 2],
        [2, 1],
      ],
    ],
    [
      'numbers go on after MODIFY ... AUTO_INCREMENT',
      'CREATE TABLE t (a int NOT NULL, b int); INSERT INTO t VALUES (4,1); ALTER TABLE t ADD PRIMARY KEY (a); ALTER TABLE t MODIFY a int NOT NULL AUTO_INCREMENT, AUTO_INCREMENT=5; INSERT INTO t (b) VALUES (2);',
      [
        [4, 1],
        [5, 2],
      ],
    ],
    [
      'columns come and go and change',
      "CREATE TABLE t (a int, b int, c int); INSERT INTO t VALUES (1,2,3); ALTER TABLE t DROP c, ADD d varchar(3) DEFAULT 'x' AFTER a, CHANGE b e varchar(9);",
      [[1, 'x', '2']],
    ],
    [
      'UPDATE and DELETE are run',
      'CREATE TABLE t (a int); INSERT INTO t VALUES (1),(2); UPDATE t SET a = 5 WHERE a = 1; DELETE FROM t WHERE a = 2;',
      [[5]],
    ],
    [
      'INSERT ... SELECT, SET, REPLACE and IGNORE are run',
      "CREATE TABLE t (a int PRIMARY KEY, b varchar(9)); INSERT INTO t SET a = 1, b = 'x'; REPLACE INTO t VALUES (1,'y'); INSERT INTO t SELECT a + 1, b FROM t; INSERT IGNORE INTO t VALUES (2,'z'); INSERT INTO t VALUES (3, UPPER('w'));",
      [
        [1, 'y'],
        [2, 'y'],
        [3, 'W'],
      ],
    ],
    [
      'ON DUPLICATE KEY UPDATE is run',
      'CREATE TABLE t (a int PRIMARY KEY, b int); INSERT INTO t VALUES (1,1) ON DUPLICATE KEY UPDATE b = 2; INSERT INTO t VALUES (1,1),(2,5) ON DUPLICATE KEY UPDATE b = b + 2;',
      [
        [1, 3],
        [2, 5],
      ],
    ],
    [
      'VALUES ROW() and defaults',
      "CREATE TABLE t (a int, b varchar(3) DEFAULT 'no', d datetime DEFAULT CURRENT_TIMESTAMP); INSERT INTO t VALUES ROW(1,'a',NULL),ROW(2,DEFAULT,DEFAULT); INSERT INTO t (a) VALUES (3);",
      [
        [1, 'a', null],
        [2, 'no', '2024-01-01 00:00:00'],
        [3, 'no', '2024-01-01 00:00:00'],
      ],
    ],
    [
      'generated columns are made',
      'CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED, c int AS (a * 2)); INSERT INTO t (a) VALUES (4);',
      [[4, 5, 8]],
    ],
    [
      'hex and bits, introducers, escapes',
      "CREATE TABLE t (a varchar(9), b int, c bit(8), d bit(8), e varchar(20)); INSERT INTO t VALUES (0x4869, 0x41, b'101', _binary '\\0', 'it\\'s; \\\\ \\n');",
      [['Hi', 65, 5, 0, "it's; \\ \n"]],
    ],
    [
      'a view has a placeholder that is dropped again',
      '/*!50001 CREATE TABLE `v` (`a` tinyint NOT NULL) ENGINE=MyISAM */; CREATE TABLE t (a int); /*!50001 DROP TABLE IF EXISTS `v`*/; INSERT INTO t VALUES (1);',
      [[1]],
    ],
    [
      'semicolons in comments, quotes and names end nothing',
      '-- a; b\nCREATE TABLE t (`a;` int COMMENT \'x; "y"\') /* ; */; # ;\nINSERT INTO t VALUES (1) /*! */;',
      [[1]],
    ],
    [
      'partitions, engines and options are passed over',
      "CREATE TABLE t (a int NOT NULL, KEY (a) USING BTREE COMMENT 'k') ENGINE=MyISAM AUTO_INCREMENT=7 ROW_FORMAT=DYNAMIC COMMENT='x;'\n/*!50100 PARTITION BY RANGE (a) (PARTITION p VALUES LESS THAN MAXVALUE ENGINE = InnoDB) */; LOCK TABLES t WRITE; /*!40000 ALTER TABLE t DISABLE KEYS */; INSERT INTO t VALUES (1); UNLOCK TABLES;",
      [[1]],
    ],
    ['tables are renamed', 'CREATE TABLE s (a int); INSERT INTO s VALUES (1); RENAME TABLE s TO t;', [[1]]],
    [
      'tables are made from others',
      'CREATE TABLE s (a int); INSERT INTO s VALUES (1); CREATE TABLE t AS SELECT a, a + 1 AS b FROM s; DROP TABLE s;',
      [[1, 2]],
    ],
  ]
  test.each(dumps)('%s', (_what, text, rows) => {
    expect(tableOf(text).rows).toEqual(rows)
  })

  test('types, keys and comments are kept', () => {
    const table = tableOf(
      "CREATE TABLE t (e enum('a','b,c','it''s') NOT NULL, j json CHECK (json_valid(`j`)), y year(4), u int(10) unsigned zerofill, c varchar(20) CHARACTER SET latin1 COMMENT 'a;b', ts timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(), UNIQUE KEY c (c(5),e), FULLTEXT KEY f (c), CONSTRAINT x FOREIGN KEY (u) REFERENCES s (id) ON DELETE SET NULL, CONSTRAINT chk CHECK (u > 0)) COMMENT='of t'",
    )
    expect(table.columns.map(({ type }) => type)).toEqual([
      "enum('a','b,c','it''s')",
      'json',
      'year',
      'int unsigned',
      'varchar(20)',
      'timestamp',
    ])
    expect(table.keys).toMatchObject([
      { name: 'c', unique: true, lengths: [5, undefined] },
      { name: 'f', kind: 'FULLTEXT' },
      { name: 'x', columns: ['u'] },
    ])
    expect(table.foreignKeys).toMatchObject([{ name: 'x', onDelete: 'SET NULL' }])
    expect([table.comment, table.columns[4]?.comment]).toEqual(['of t', 'a;b'])
  })
})

describe('what does not fit is a failure with file, line, table and value', () => {
  const failures: readonly (readonly [text: string, reason: string])[] = [
    [
      'CREATE TABLE t (a int PRIMARY KEY);\nINSERT INTO t VALUES (1),(1);',
      "line 2: table t: Duplicate entry '1' for key 't.PRIMARY'",
    ],
    [
      "CREATE TABLE t (a varchar(9), UNIQUE KEY u (a)); INSERT INTO t VALUES ('x'),('X ');",
      "line 1: table t: Duplicate entry 'X ' for key 't.u'",
    ],
    [
      'CREATE TABLE t (a int); INSERT INTO t VALUES (1),(1);\nALTER TABLE t ADD PRIMARY KEY (a);',
      "line 2: table t: Duplicate entry '1' for key 't.PRIMARY'",
    ],
    ['CREATE TABLE t (id int, ID int);', "line 1: table t: Duplicate column name 'ID'"],
    ['CREATE TABLE t (a int, KEY (b));', "line 1: table t: Key column 'b' doesn't exist in table"],
    ['CREATE TABLE t (a int NOT NULL); INSERT INTO t VALUES (NULL);', "line 1: table t: Column 'a' cannot be null"],
    [
      'CREATE TABLE t (a int NOT NULL, b int); INSERT INTO t (b) VALUES (1);',
      "line 1: table t: Field 'a' doesn't have a default value",
    ],
    [
      'CREATE TABLE t (a tinyint); INSERT INTO t VALUES (128);',
      "line 1: table t: Out of range value for column 'a' at row 1: 128",
    ],
    [
      "CREATE TABLE t (a int); INSERT INTO t VALUES ('x1');",
      "line 1: table t: Incorrect integer value: 'x1' for column 'a' at row 1",
    ],
    [
      "CREATE TABLE t (a varchar(2)); INSERT INTO t VALUES ('abc');",
      "line 1: table t: Data too long for column 'a' at row 1: 'abc'",
    ],
    [
      "CREATE TABLE t (a date); INSERT INTO t VALUES ('2020-13-01');",
      "line 1: table t: Incorrect date value: '2020-13-01' for column 'a' at row 1",
    ],
    [
      "CREATE TABLE t (a enum('x')); INSERT INTO t VALUES ('y');",
      "line 1: table t: Data truncated for column 'a' at row 1: 'y'",
    ],
    [
      'CREATE TABLE t (a int); INSERT INTO t VALUES (1,2);',
      "line 1: table t: Column count doesn't match value count in a row",
    ],
    ['CREATE TABLE t (a int); CREATE TABLE t (b int);', "line 1: Table 't' already exists"],
  ]
  test.each(failures)('%s', (text, reason) => {
    const read = readDump('x.sql', text, engine)
    expect(read.ok ? 'read' : read.failure.message).toBe(`x.sql, ${reason}. Nothing of this file was read.`)
  })
})

test('what is left out is named with its line', () => {
  const read = readDump(
    'x.sql',
    'CREATE TABLE t (a int);\nCREATE DEFINER=`root`@`%` VIEW v AS SELECT 1 FROM nothing;\nGRANT ALL ON *.* TO x;\nSET NAMES utf8;\nLOAD DATA INFILE "y" INTO TABLE t;',
    engine,
  )
  expect(read.ok && read.notes).toEqual([
    "x.sql, line 2: the view \"v\" is left out: Table 'x.nothing' doesn't exist.",
    'x.sql, line 3: GRANT ALL is left out; it is not run here.',
    'x.sql, line 5: LOAD DATA is left out; it is not run here.',
  ])
})

test('views are read, after their placeholders', () => {
  const read = readDump(
    'x.sql',
    'CREATE TABLE t (a int); INSERT INTO t VALUES (1),(2);\n/*!50001 CREATE VIEW `v` AS SELECT 1 AS `a` */;\nCREATE TABLE w (a int);\n/*!50001 DROP VIEW IF EXISTS `v`*/;\n/*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013 DEFINER=`root`@`%` SQL SECURITY DEFINER */\n/*!50001 VIEW `v` AS select `t`.`a` AS `a` from `t` where `t`.`a` > 1 */;\nINSERT INTO w VALUES (3); UPDATE w SET a = 4;',
    engine,
  )
  if (!read.ok) throw new Error(read.failure.message)
  expect(read.notes).toEqual([])
  const session = openSession(engine, read.value)
  const ask = (sql: string) => {
    const outcome = session.run({ database: 'x', writes: [] }, sql)
    return outcome.kind === 'rows' ? outcome.result.rows : outcome
  }
  expect([ask('SELECT * FROM v'), ask('SELECT * FROM w')]).toEqual([[[2]], [[4]]])
  expect(ask("SHOW FULL TABLES LIKE 'v'")).toEqual([['v', 'VIEW']])
})
