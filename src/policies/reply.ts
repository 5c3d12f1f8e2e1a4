/**
 * The reply format shared by every policy, `Thought: ... Action: ...`, read as IPR's wrapper reads it
 * (WeiminXiong/IPR, envs/webshop_env.py: `re.compile(r"Action: (.*)", re.DOTALL)` on the stripped reply, first match).
 */

const MARK = 'Action: '

/** All text after the first `Action: `, ends trimmed; undefined where there is none (IPR: "Invalid format"). */
export function parseReply(text: string): string | undefined {
  const reply = text.trim()
  const at = reply.indexOf(MARK)
  return at === -1 ? undefined : reply.slice(at + MARK.length)
}

/** The reply that `parseReply` reads back, for a thought that does not contain the mark. */
export function writeReply(thought: string, action: string): string {
  return `Thought: ${thought}\n${MARK}${action}`
}
