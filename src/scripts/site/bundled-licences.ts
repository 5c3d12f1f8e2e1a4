/**
 * Tells in the built site whose code it carries and under which licence: of every package that the bundler took something
 * from, for the page or a worker, its own licence text. What a package has bundled itself stands in its own text.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** In the site's folder. */
const FILE = 'licences.txt'

/** The same packages for both: workers are built while the page is. */
export function bundledLicences(): { readonly page: Plugin; readonly worker: Plugin } {
  const folders = new Set<string>()
  const worker: Plugin = {
    name: 'bundled-licences-of-workers',
    generateBundle(_, bundle) {
      for (const part of Object.values(bundle))
        for (const id of part.type === 'chunk' ? part.moduleIds : []) {
          const folder = packageOf(id)
          if (folder !== undefined) folders.add(folder)
        }
    },
  }
  const page: Plugin = {
    name: 'bundled-licences',
    generateBundle(...given) {
      if (typeof worker.generateBundle === 'function') worker.generateBundle.apply(this, given)
      this.emitFile({ type: 'asset', fileName: FILE, source: licencesText([...folders]) })
    },
  }
  return { page, worker }
}

/** The folder of the package that a module is of; undefined where it is our own. */
export function packageOf(id: string): string | undefined {
  return /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id)?.[1]
}

/** @param folders of packages, in any order, some maybe of the same package */
export function licencesText(folders: readonly string[]): string {
  const sections = new Map(folders.map(sectionOf))
  const names = [...sections.keys()].sort()
  const head = [
    'RRO Lab is under the MIT licence. It carries code of these packages:',
    names.map((name) => `  ${name}`).join('\n'),
  ]
  return `${[...head, ...names.map((name) => `${'='.repeat(80)}\n${sections.get(name)}`)].join('\n\n')}\n`
}

function sectionOf(folder: string): [name: string, text: string] {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
  const title = `${name} ${version} (${license})`
  return [title, [title, ...texts].join('\n\n')]
}
