/**
 * Where in a JSON text its values stand, for sentences about a file that a person may have edited: JSON.parse tells no lines.
 * Goes through the tokens once, whatever they are, before anything is parsed.
 */

export interface JsonLines {
  /** What no JSON of this kind has, in words, with its line: a word such as NaN, or too many brackets in brackets. */
  readonly fault: string | undefined
  /** The line, from 1, in which a value begins. @param path names and indices with dots between: `weights.3` */
  lineOf(path: string): number | undefined
}

const TOKEN = /\n|"(?:[^"\\\n]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g
const BARE = /^(true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/

/** @param mostDepth of brackets in brackets; what stands deeper has no lines */
export function linesOf(text: string, mostDepth: number): JsonLines {
  const lines = new Map<string, number>()
  const path: (string | number)[] = []
  let line = 1
  let fault: string | undefined
  let key = false
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '\n') line++
    else if (token === ',') {
      const last = path.at(-1)
      key = typeof last === 'string'
      if (typeof last === 'number') path[path.length - 1] = last + 1
    } else if (token === ':') key = false
    else if (token === '}' || token === ']') {
      path.pop()
      key = false
    } else if (key) path[path.length - 1] = token.slice(1, -1)
    else {
      lines.set(path.join('.'), line)
      if (token === '{' || token === '[') {
        path.push(token === '{' ? '' : 0)
        key = token === '{'
      } else if (!token.startsWith('"') && !BARE.test(token))
        fault ??= `${token.slice(0, 20)} in line ${line} is no JSON`
      if (path.length <= mostDepth) continue
      fault ??= `line ${line} has more brackets in brackets than one has`
      break
    }
  }
  return { fault, lineOf: (path) => lines.get(path) }
}
