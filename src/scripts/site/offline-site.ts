/**
 * Tells the service worker which files the site has, and of which version each is. It is an entry of the build like the
 * page, so that the licences of its packages are found with all others; here its list is written into it.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { Plugin } from 'vite'

/** In the site's folder: a worker serves what lies beside and below it. */
export const SERVICE_WORKER = 'service-worker.js'

/** A file that is larger is kept when it is first asked for, and not before: the library of models in the page. */
const MOST_BYTES = 2_000_000
/**
 * So are these, however small: not every visitor wants them. What a model earns is said wherever agents are listed. SQLite's package
 * brings two workers for databases on a disk, which nobody starts here.
 */
const WANTED_BY_SOME =
  /^models\/(?!(?:small|tiny)\/trained\.json$)|^recorded\/comparison-|^assets\/sqlite3-(worker1|opfs-)/
/** For the host, not for browsers. */
const LEFT_OUT: readonly string[] = [SERVICE_WORKER, '_headers']

export interface SiteFile {
  /** In the site's folder, with slashes. */
  readonly name: string
  readonly content: string | Uint8Array
}

export interface OfflineList {
  /** As Workbox takes them; a name with a hash in it needs no revision. */
  readonly site: readonly { readonly url: string; readonly revision: string | null }[]
  readonly later: readonly string[]
}

export function offlineList(files: readonly SiteFile[]): OfflineList {
  const listed = files.filter(({ name }) => !LEFT_OUT.includes(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const small = listed.filter(({ name, content }) => content.length <= MOST_BYTES && !WANTED_BY_SOME.test(name))
  return {
    site: small.map(({ name, content }) => ({
      url: name,
      revision: name.startsWith('assets/') ? null : digest(content),
    })),
    later: listed.filter((file) => !small.includes(file)).map(({ name }) => name),
  }
}

export function offlineSite(): Plugin {
  let publicFolder = ''
  return {
    name: 'offline-site',
    apply: 'build',
    enforce: 'post',
    configResolved: (config) => {
      publicFolder = config.publicDir
    },
    generateBundle: {
      order: 'post', // after all that is emitted, the page among it
      handler(_, bundle) {
        const worker = bundle[SERVICE_WORKER]
        if (worker?.type !== 'chunk') throw new Error(`The build has no ${SERVICE_WORKER}.`)
        if (worker.imports.length + worker.exports.length > 0) throw new Error('A service worker is one plain script.')
        const built = Object.values(bundle).map((part) => {
          return { name: part.fileName, content: part.type === 'chunk' ? part.code : part.source }
        })
        const { site, later } = offlineList([...built, ...filesOf(publicFolder)])
        worker.code = worker.code
          .replaceAll('__SITE_FILES__', () => JSON.stringify(site))
          .replaceAll('__LATER_FILES__', () => JSON.stringify(later))
      },
    },
  }
}

/** All files of a folder, by their names in it. */
export function filesOf(folder: string): SiteFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      name: path
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
      content: readFileSync(path),
    }))
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16)
}
