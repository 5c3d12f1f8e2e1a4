/** Which file of `src` imports which: static, dynamic and type imports, workers by their addresses. Read as text. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const SRC = join(ROOT, 'src')

/** Paths below `src`, with slashes. */
export const SOURCES: readonly string[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .sort()

const IMPORT =
  /(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]+)['"]|new URL\(\s*['"](\.[^'"]+\.ts)['"]\s*,\s*import\.meta\.url/g

/** Of one text: the relative addresses that it imports. */
export function importedBy(text: string): string[] {
  return [...withoutComments(text).matchAll(IMPORT)].map(([, imported, worker]) => imported ?? worker ?? '')
}

/** Each file with the files of `src` that it imports. */
export const IMPORTS: ReadonlyMap<string, readonly string[]> = new Map(
  SOURCES.map((file) => {
    const found = importedBy(readFileSync(join(SRC, file), 'utf8'))
      .map((address) => relative(SRC, join(SRC, dirname(file), address.replace(/\?.*/, ''))).replaceAll('\\', '/'))
      .filter((path) => path.endsWith('.ts') && existsSync(join(SRC, path)))
    return [file, [...new Set(found)]]
  }),
)

/** Groups of files that import one another in a circle (Tarjan's strongly connected components of more than one file). */
export function circles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []
  const visit = (file: string): void => {
    order.set(file, order.size)
    low.set(file, order.size - 1)
    stack.push(file)
    for (const next of imports.get(file) ?? []) {
      if (!order.has(next)) visit(next)
      if (stack.includes(next)) low.set(file, Math.min(low.get(file) ?? 0, low.get(next) ?? 0))
    }
    if (low.get(file) !== order.get(file)) return
    const circle = stack.splice(stack.indexOf(file))
    if (circle.length > 1 || imports.get(file)?.includes(file)) found.push(circle.sort())
  }
  for (const file of imports.keys()) if (!order.has(file)) visit(file)
  return found
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}
