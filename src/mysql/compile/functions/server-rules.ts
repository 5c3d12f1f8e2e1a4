/** Functions that tell of the server and the session (manual, Information Functions). */
import { INT, PLAIN } from '../../values/value-type.ts'
import { constantRule, type FunctionRule } from './rule.ts'

export const SERVER_RULES: Readonly<Record<string, FunctionRule>> = {
  VERSION: constantRule(0, "'8.0.33'", PLAIN),
  USER: constantRule(0, "'admin@localhost'", PLAIN),
  CURRENT_USER: constantRule(0, "'admin@%'", PLAIN),
  SESSION_USER: constantRule(0, "'admin@localhost'", PLAIN),
  SYSTEM_USER: constantRule(0, "'admin@localhost'", PLAIN),
  CONNECTION_ID: constantRule(0, '8', INT),
  LAST_INSERT_ID: constantRule(1, '0', INT),
  ROW_COUNT: constantRule(0, '-1', INT),
  FOUND_ROWS: constantRule(0, '0', INT),
}
