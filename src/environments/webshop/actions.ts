/**
 * What an agent says: `search[keywords]` or `click[value]`. Follows `parse_action` of
 * web_agent_site/engine/engine.py: the regular expression `(.+)\[(.+)\]`, matched greedily from the start.
 */

export interface ParsedAction {
  /** Case sensitive; `search` and `click` act. */
  readonly name: string
  /** Lower-cased, never empty. */
  readonly argument: string
}

/**
 * The parts of an action, or undefined where upstream finds none (`search[]`, `search[shoes`, `buy it`).
 * Found by position, in linear time: the last `]` of the first line, and the last `[` with something on both sides.
 */
export function parseAction(action: string): ParsedAction | undefined {
  const newline = action.indexOf('\n')
  const line = newline === -1 ? action : action.slice(0, newline) // `.` does not match a newline
  const close = line.lastIndexOf(']')
  if (close < 3) return undefined
  const open = line.lastIndexOf('[', close - 2)
  if (open < 1) return undefined
  return { name: line.slice(0, open), argument: line.slice(open + 1, close).toLowerCase() }
}
