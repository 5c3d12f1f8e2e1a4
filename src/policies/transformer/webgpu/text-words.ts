/** What the kernels have to know of a text, as whole numbers in one array. */
import type { LlamaConfig } from '../llama.ts'
import { type BranchingText, rowsOf } from '../text-engine.ts'

export interface TextWords {
  readonly all: Uint32Array<ArrayBuffer>
  /** Where each part begins. */
  readonly tokens: number
  readonly positions: number
  /** Where a row's branch begins; 0 in the prefix. */
  readonly begins: number
  /** The end of the rows that see a row: all of them that of the prefix, its own branch that of a branch. */
  readonly until: number
  readonly targetRows: number
  readonly targetTokens: number
  /** The targets of each row: `targetStarts` [rows + 1] into `targetMembers`. */
  readonly targetStarts: number
  readonly targetMembers: number
  /** The different tokens, how many they are, and the rows of each. */
  readonly distinct: number
  readonly distincts: number
  readonly rowStarts: number
  readonly rowMembers: number
}

/** @throws as `rowsOf` */
export function textWords(text: BranchingText, config: LlamaConfig): TextWords {
  const { tokens, prefix, branches, targetRows, targetTokens } = text
  const { positions, from } = rowsOf(text, config)
  const rows = tokens.length
  const until = new Int32Array(rows).fill(rows)
  let row = prefix
  for (const length of branches) {
    until.fill(row + length, row, row + length)
    row += length
  }
  const distinct = [...new Set(Array.from(tokens))].sort((a, b) => a - b)
  const rank = new Map(distinct.map((token, i) => [token, i]))
  const byRow = membersOf(targetRows, rows)
  const byToken = membersOf(
    Array.from(tokens, (token) => rank.get(token) as number), // all are in it
    distinct.length,
  )
  const parts: ArrayLike<number>[] = []
  let end = 0
  const put = (part: ArrayLike<number>): number => {
    parts.push(part)
    end += part.length
    return end - part.length
  }
  const places = {
    ...{ tokens: put(tokens), positions: put(positions), begins: put(from), until: put(until) },
    ...{ targetRows: put(targetRows), targetTokens: put(targetTokens) },
    ...{ targetStarts: put(byRow.starts), targetMembers: put(byRow.members) },
    ...{ distinct: put(distinct), distincts: distinct.length },
    ...{ rowStarts: put(byToken.starts), rowMembers: put(byToken.members) },
  }
  const all = new Uint32Array(end)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return { all, ...places }
}

/** Which members belong to each of so many groups, in their order. @param groups the group of each member */
function membersOf(groups: ArrayLike<number>, count: number) {
  const starts = new Uint32Array(count + 1)
  for (let i = 0; i < groups.length; i++) {
    const after = (groups[i] as number) + 1
    starts[after] = (starts[after] as number) + 1
  }
  for (let i = 0; i < count; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number)
  const next = starts.slice()
  const members = new Uint32Array(groups.length)
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] as number
    members[next[group] as number] = i
    next[group] = (next[group] as number) + 1
  }
  return { starts, members }
}
