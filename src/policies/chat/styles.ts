/** How the chat agent speaks to each environment. */
import type { EnvironmentId } from '../../environments/environment.ts'
import { SQL_STYLE } from './intercode-sql.ts'
import type { ChatStyle } from './style.ts'
import { WEBSHOP_STYLE } from './webshop.ts'

export const STYLES: Readonly<Record<EnvironmentId, ChatStyle>> = {
  webshop: WEBSHOP_STYLE,
  'intercode-sql': SQL_STYLE,
}
