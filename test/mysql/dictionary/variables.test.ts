import { describe, expect, test } from 'vitest'
import { answer } from './yard.ts'

const MODE =
  'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'

describe('variables', () => {
  const answers: readonly (readonly [statements: readonly string[], answer: string])[] = [
    [['SELECT @@sql_mode'], `[('${MODE}',)]`],
    [['SELECT @@version, @@global.max_connections, @@SESSION.autocommit'], "[('8.0.33', 151, 1)]"],
    [['SELECT @@nothing'], "Unknown system variable 'nothing'"],
    [['SELECT @@session.max_connections'], "Variable 'max_connections' is a GLOBAL variable"],
    [['SELECT VERSION() = @@version, USER(), CONNECTION_ID(), DATABASE()'], "[(1, 'admin@localhost', 8, 'yard')]"],
    [['SELECT @x'], '[(None,)]'],
    [['SET @x = 2, @Y := (SELECT MAX(id) FROM tool)', 'SELECT @x + 1, @y, @`x`'], '[(3, 3, 2)]'],
    [["SET @x = 'south'", 'SELECT id FROM shed WHERE label = @x'], '[(4,)]'],
    [['SET @x = -1.50', 'SELECT @x'], "[(Decimal('-1.50'),)]"],
    [['SET @x = 1', 'SET @x = @x + 1', 'SELECT @x'], '[(2,)]'],
    [
      ['SET @x = 7', "UPDATE shed SET label = CONCAT('n', @x) WHERE id = 1", 'SELECT label FROM shed'],
      "[('n7',), ('south',)]",
    ],
    [['SET autocommit = OFF', 'SELECT @@autocommit, @@global.autocommit'], '[(0, 1)]'],
    [['SET autocommit = OFF', "SHOW VARIABLES LIKE 'autocommit'"], "[('autocommit', 'OFF')]"],
    [['SET autocommit = 0, autocommit = DEFAULT', 'SELECT @@autocommit'], '[(1,)]'],
    [
      ['SET NAMES latin1', "SHOW VARIABLES LIKE 'collation_connection'"],
      "[('collation_connection', 'latin1_swedish_ci')]",
    ],
    [['SET NAMES nothing'], "Unknown character set: 'nothing'"],
    [['SET nothing = 1'], "Unknown system variable 'nothing'"],
    [['SET version = 1'], "Variable 'version' is a read only variable"],
    [['SET max_connections = 1'], "Variable 'max_connections' is a GLOBAL variable and should be set with SET GLOBAL"],
    [['SET GLOBAL timestamp = 1'], "Variable 'timestamp' is a SESSION variable and can't be used with SET GLOBAL"],
    [["SET sql_mode = 'nothing'"], "Variable 'sql_mode' can't be set to the value of 'nothing'"],
    [["SET autocommit = 'maybe'"], "Variable 'autocommit' can't be set to the value of 'maybe'"],
    [["SET wait_timeout = 'long'"], "Incorrect argument type to variable 'wait_timeout'"],
    [['SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'], 'None'],
    [
      ['SET'],
      "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '' at line 1",
    ],
  ]
  test.each(answers)('%j', (statements, wanted) => {
    expect(answer(...statements)).toBe(wanted)
  })

  test('without ONLY_FULL_GROUP_BY a loose column is one of the group', () => {
    const loose = 'SELECT shed_id, id FROM tool GROUP BY shed_id'
    expect(answer(loose)).toContain('sql_mode=only_full_group_by')
    expect(answer("SET sql_mode = ''", loose)).toBe('[(1, 1), (4, 3)]')
  })
})
