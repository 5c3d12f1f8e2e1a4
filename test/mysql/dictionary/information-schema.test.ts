import { describe, expect, test } from 'vitest'
import { answer, columnsOf } from './yard.ts'

const OWN = "WHERE table_schema = 'yard'"

describe('what information_schema says', () => {
  const answers: readonly (readonly [sql: string, answer: string])[] = [
    [
      `SELECT table_name, constraint_name, constraint_type FROM information_schema.table_constraints ${OWN}`,
      "[('shed', 'PRIMARY', 'PRIMARY KEY'), ('shed', 'label', 'UNIQUE'), ('tool', 'PRIMARY', 'PRIMARY KEY'), ('tool', 'tool_ibfk_1', 'FOREIGN KEY')]",
    ],
    [
      `SELECT constraint_name, column_name, referenced_table_name, referenced_column_name FROM information_schema.key_column_usage ${OWN} AND table_name = 'tool'`,
      "[('PRIMARY', 'id', None, None), ('tool_ibfk_1', 'shed_id', 'shed', 'id')]",
    ],
    [
      "SELECT constraint_name, delete_rule, referenced_table_name FROM information_schema.referential_constraints WHERE constraint_schema = 'yard'",
      "[('tool_ibfk_1', 'NO ACTION', 'shed')]",
    ],
    [
      `SELECT index_name, column_name, non_unique, cardinality FROM information_schema.statistics ${OWN} AND table_name = 'tool'`,
      "[('PRIMARY', 'id', 0, 3), ('shed_id', 'shed_id', 1, 2)]",
    ],
    [
      `SELECT table_name, table_rows, auto_increment FROM information_schema.tables ${OWN}`,
      "[('shed', 2, 5), ('tool', 3, None)]",
    ],
    [
      `SELECT column_name, data_type, character_maximum_length, numeric_precision, numeric_scale FROM information_schema.columns ${OWN}`,
      "[('id', 'int', None, 10, 0), ('label', 'varchar', 20, None, None), ('id', 'int', None, 10, 0), ('price', 'decimal', None, 6, 2), ('shed_id', 'int', None, 10, 0)]",
    ],
    [
      'SELECT schema_name FROM information_schema.schemata',
      "[('information_schema',), ('mysql',), ('performance_schema',), ('sys',), ('yard',)]",
    ],
    ["SELECT engine, support FROM information_schema.engines WHERE support = 'DEFAULT'", "[('InnoDB', 'DEFAULT')]"],
    ["SELECT maxlen FROM information_schema.character_sets WHERE character_set_name = 'utf8mb4'", '[(4,)]'],
    ['SELECT COUNT(*) FROM information_schema.collations', '[(286,)]'],
    [
      'SELECT (SELECT COUNT(*) FROM information_schema.routines) + (SELECT COUNT(*) FROM information_schema.triggers) + (SELECT COUNT(*) FROM information_schema.views)',
      '[(0,)]',
    ],
    [
      "SELECT table_type FROM information_schema.tables WHERE table_schema = 'information_schema' AND table_name = 'columns'",
      "[('SYSTEM VIEW',)]",
    ],
    ["SELECT variable_value FROM performance_schema.session_variables WHERE variable_name = 'port'", "[('3307',)]"],
    ['SELECT * FROM information_schema.nothing', "Unknown table 'NOTHING' in information_schema"],
    ['SELECT * FROM mysql.nothing', "Table 'mysql.nothing' doesn't exist"],
    ['DELETE FROM information_schema.tables', "Access denied for user 'admin'@'%' to database 'information_schema'"],
  ]
  test.each(answers)('%s', (sql, wanted) => {
    expect(answer(sql)).toBe(wanted)
  })

  test('tells of views', () => {
    const made = 'CREATE VIEW v AS SELECT id FROM shed'
    const views = 'SELECT table_name, view_definition, is_updatable FROM information_schema.views'
    expect(answer(made, views)).toBe("[('v', 'SELECT id FROM shed', 'NO')]")
  })

  test('follows what is written', () => {
    const tables = `SELECT table_name FROM information_schema.tables ${OWN}`
    expect(answer('CREATE TABLE rack (id int)', tables)).toBe("[('rack',), ('shed',), ('tool',)]")
    expect(answer('DROP TABLE tool', tables)).toBe("[('shed',)]")
    expect(answer(tables)).toBe("[('shed',), ('tool',)]")
  })

  test('can be written from', () => {
    expect(
      answer(
        `CREATE TABLE names AS SELECT table_name AS name FROM information_schema.tables ${OWN}`,
        'SELECT name FROM names',
      ),
    ).toBe("[('shed',), ('tool',)]")
  })

  test('in the columns of MySQL 8', () => {
    expect(columnsOf('SELECT * FROM information_schema.triggers')).toHaveLength(22)
    expect(columnsOf('SELECT * FROM information_schema.routines')).toHaveLength(31)
    expect(columnsOf('SELECT * FROM information_schema.events')).toHaveLength(24)
    expect(columnsOf('SELECT * FROM information_schema.partitions')).toHaveLength(25)
    expect(columnsOf('SELECT * FROM information_schema.statistics')).toHaveLength(18)
  })
})
