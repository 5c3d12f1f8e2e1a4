/** An environment on files that somebody brought: which one is seen from what is in them. */
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import { MOST_DUMP_CHARACTERS } from '../../mysql/index.ts'
import type { DataLoader, NamedText } from '../machine/data-loader.ts'
import { MOST_DATA, tooLarge } from '../machine/file-limits.ts'
import { sqlSource, type WorldSource, webShopSource } from './world-source.ts'

/** A file that somebody brought; bytes where it is no text. */
export interface BroughtFile {
  readonly name: string
  readonly content: string | Uint8Array
}

/** Reads files as the browser gives them. Failures: `file-too-large`, `data-unreadable`. */
export async function readBrought(files: readonly File[]): Promise<Result<readonly BroughtFile[]>> {
  const dumps = files.filter(({ name }) => /\.sql$/i.test(name))
  const refused = tooLarge(files, MOST_DATA) ?? tooLarge(dumps, MOST_DUMP_CHARACTERS)
  if (refused !== undefined) return refused
  const brought: BroughtFile[] = []
  for (const file of files) {
    try {
      brought.push({ name: file.name, content: await contentOf(file) })
    } catch (thrown) {
      return failure('data-unreadable', `${file.name} could not be read: ${messageOf(thrown)}. Choose it once more.`)
    }
  }
  return success(brought)
}

/** @param files official files of one environment; which one is seen from what is in them */
export function broughtSource(loader: DataLoader, files: readonly BroughtFile[]): WorldSource {
  if (files.some(isSql))
    return sqlSource(async () => {
      const code = await fetched(() => import('./sql-worlds.ts'))
      return code.ok ? code.value.openSqlWorlds(loader, files, 'yours') : code
    })
  return webShopSource(loader, async () => {
    const code = await fetched(() => import('./brought-webshop.ts'))
    return code.ok ? code.value.broughtWebShop(files.map(asText)) : code
  })
}

/** Whether a file can be one of WebShop's, by its name: InterCode's lists of questions are small. */
export function isForShop({ name }: File): boolean {
  return !/\.(sql|sqlite|db)$/i.test(name)
}

/** SQLite's own files, SQL, and lists of questions with a gold query. */
function isSql({ name, content }: BroughtFile): boolean {
  if (typeof content !== 'string' || /\.(sql|sqlite|db)$/i.test(name)) return true
  return /^\s*\[\s*\{[^{}[\]]*"(gold|db)"\s*:/.test(content.slice(0, 20_000))
}

function asText({ name, content }: BroughtFile): NamedText {
  return { name, text: typeof content === 'string' ? content : '' }
}

const SQLITE_MAGIC = 'SQLite format 3\0'

/** Text, or the bytes of a SQLite database. */
async function contentOf(file: File): Promise<string | Uint8Array> {
  const start = await file.slice(0, SQLITE_MAGIC.length).text()
  return start === SQLITE_MAGIC ? new Uint8Array(await file.arrayBuffer()) : file.text()
}
