/** Grammars (the EBNF of WebLLM's constrained decoding) of a well-formed reply, for models too small to keep to it. */
import type { EnvironmentId } from '../../environments/environment.ts'

/** A thought is one line, and bounded: a small model may never end it. */
const THOUGHT = 'thought ::= [^\\n]{1,300}'

const WEBSHOP = `root ::= "Thought: " thought "\\nAction: " action
${THOUGHT}
action ::= "search[" words "]" | "click[" words "]"
words ::= [^\\[\\]\\n]{1,120}
`

const SQL = `root ::= "Thought: " thought "\\nAction: " action
${THOUGHT}
action ::= "submit" | "\\n\`\`\`sql\\n" statement "\\n\`\`\`"
statement ::= ("SELECT" | "SHOW" | "DESC" | "DESCRIBE" | "WITH") " " [^\`]{1,600}
`

export const GRAMMARS: Readonly<Record<EnvironmentId, string>> = { webshop: WEBSHOP, 'intercode-sql': SQL }
