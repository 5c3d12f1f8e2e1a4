/** The form of a well-formed reply as a regular expression (`responseConstraint`); it then goes through the parser that all replies do. */
import type { EnvironmentId } from '../../environments/environment.ts'

// A thought is one line, and bounded: a small model may never end it. No assertions and no back references: engines of
// constrained decoding know neither.
export const FORMS: Readonly<Record<EnvironmentId, RegExp>> = {
  webshop: /^Thought: [^\n]{1,300}\nAction: (search|click)\[[^[\]\n]{1,120}\]$/,
  'intercode-sql':
    /^Thought: [^\n]{1,300}\nAction: (submit|\n```sql\n(SELECT|SHOW|DESC|DESCRIBE|WITH) [^`]{1,600}\n```)$/,
}
