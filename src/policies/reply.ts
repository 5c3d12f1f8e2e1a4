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

/** What a SQL statement starts with. No action of WebShop does: those have brackets after one word. */
const STATEMENT = /^(?:SELECT|SHOW|DESCRIBE|DESC|WITH)\s/

/**
 * The reply that `parseReply` reads back, for a thought that does not contain the mark. A SQL statement stands in a
 * fenced block, as in IPR's examples for InterCode-SQL; what is read back is the block, which its environment takes too.
 */
export function writeReply(thought: string, action: string): string {
  const said = STATEMENT.test(action) ? `\n\`\`\`sql\n${action}\n\`\`\`` : action
  return `Thought: ${thought}\n${MARK}${said}`
}
