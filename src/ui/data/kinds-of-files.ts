/** What a file is, by how it begins, whatever it is called. */

/** Bytes of the beginning: other people's instructions may be long. */
const HEAD = 64_000

/** A folder cannot be read, and neither can what was moved or changed since it was chosen. */
export async function isReadable(file: File): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )
}

/** Text of two bytes a letter, as PowerShell and old editors write it: by its byte order mark. All that comes in is UTF-8. */
export async function isUtf16(file: File): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}

export async function isBackup(file: File): Promise<boolean> {
  return (await file.slice(0, 40).text()).startsWith('{"type":"library-')
}

/** Files that no trajectory comes in. */
const NEVER = /\.(?:sql|sqlite|db)$/i
const OURS = /^\s*\{\s*"type"\s*:\s*"(?:run|library)-/
/** A list of messages, under one of the names that it has. Quotation marks inside of texts are escaped. */
const MESSAGES = /"(?:(?:agent_|gpt_)?conversations|messages|prompt)"\s*:\s*\[\s*\{/
const TURN = /[{,]\s*"(from|role)"\s*:\s*"[a-z]{1,20}"/
const REACT = /^[ \t>*#]{0,8}action[ \t]{0,4}\d{0,3}[* \t]{0,4}:/im

/** Other people's trajectories: conversations of IPR and ETO, messages with roles, or ReAct texts. */
export async function isTrajectories(file: File): Promise<boolean> {
  if (NEVER.test(file.name)) return false
  const head = await file.slice(0, HEAD).text()
  const start = head.replace(/^\uFEFF/, '').trimStart()
  if (!/^[[{]/.test(start)) return REACT.test(head)
  if (OURS.test(start)) return false
  const turn = TURN.exec(start)
  if (turn === null) return false
  // Pairs of a trainer hold one reply each: only IPR and ETO have whole trajectories in theirs.
  if (/"(?:chosen|rejected)"\s*:/.test(start) && turn[1] === 'role') return false
  return MESSAGES.test(start) || /^\[\s*\[?\s*\{\s*"(?:from|role)"/.test(start)
}
