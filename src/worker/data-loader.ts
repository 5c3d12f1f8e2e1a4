/** The files that ship with the page, fetched relative to it so that the site works in any folder. */
import { failure, messageOf, type Result, success } from '../core/failure.ts'

/** Relative to the site. */
export const DATA_FOLDER = 'data/webshop'
export const DATA_FILES = {
  items: 'items_shuffle.json',
  attributes: 'items_ins_v2.json',
  human: 'items_human_ins.json',
  nouns: 'nouns.json',
  setup: 'setup.json',
} as const
export type DataFile = keyof typeof DATA_FILES
export const POLICY_FILE = 'data/webshop/policy.json'
export const RECORDED_FILE = 'recorded/run.jsonl'

export interface NamedText {
  readonly name: string
  readonly text: string
}

export interface DataLoader {
  /** The catalogue's files. */
  files(): Promise<Result<readonly NamedText[]>>
  /** Text of the weights file. */
  policy(): Promise<Result<string>>
  /** Text of the run that ships with the page; undefined where there is none. */
  recorded(): Promise<string | undefined>
}

/** @param base address of the site's folder, ending in a slash */
export function fetchLoader(base: URL): DataLoader {
  const text = async (path: string): Promise<Result<string>> => {
    try {
      const response = await fetch(new URL(path, base))
      if (!response.ok) return unavailable(path, `the server answered ${response.status}`)
      if (isPage(response)) return unavailable(path, 'the server does not have it')
      return success(await response.text())
    } catch (thrown) {
      return unavailable(path, messageOf(thrown))
    }
  }
  return {
    async files() {
      const names = Object.values(DATA_FILES)
      const texts = await Promise.all(names.map((name) => text(`${DATA_FOLDER}/${name}`)))
      const files: NamedText[] = []
      for (const [i, name] of names.entries()) {
        const read = texts[i]
        if (read === undefined || !read.ok) return read ?? unavailable(name, 'not read')
        files.push({ name, text: read.value })
      }
      return success(files)
    },
    policy: () => text(POLICY_FILE),
    async recorded() {
      const read = await text(RECORDED_FILE)
      return read.ok ? read.value : undefined
    },
  }
}

/** Where a file is missing, servers of single-page sites answer with the page itself. */
function isPage(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/html') ?? false
}

function unavailable(path: string, why: string): ReturnType<typeof failure> {
  const words = `The data that ships with the page could not be loaded (${path}: ${why}).`
  return failure('data-unavailable', `${words} Check the connection and reload; saved runs can still be opened.`)
}
