/** Functions that tell of the server and the session (manual, Information Functions). */
import { ACCOUNT, CLIENT_USER, CONNECTION, SERVER_VERSION } from '../../server/identity.ts'
import { INT, PLAIN } from '../../values/value-type.ts'
import { quoteText } from '../sqlite-text.ts'
import { constantRule, type FunctionRule } from './rule.ts'

export const SERVER_RULES: Readonly<Record<string, FunctionRule>> = {
  VERSION: constantRule(0, quoteText(SERVER_VERSION), PLAIN),
  USER: constantRule(0, quoteText(CLIENT_USER), PLAIN),
  CURRENT_USER: constantRule(0, quoteText(`${ACCOUNT.user}@${ACCOUNT.host}`), PLAIN),
  SESSION_USER: constantRule(0, quoteText(CLIENT_USER), PLAIN),
  SYSTEM_USER: constantRule(0, quoteText(CLIENT_USER), PLAIN),
  CONNECTION_ID: constantRule(0, String(CONNECTION), INT),
  LAST_INSERT_ID: constantRule(1, '0', INT),
  ROW_COUNT: constantRule(0, '-1', INT),
  FOUND_ROWS: constantRule(0, '0', INT),
}
