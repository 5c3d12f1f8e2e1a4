/**
 * A program of ours as the site's build makes it, run by Node alone. What runs TypeScript here gives every function that is made its
 * name at run time (`keepNames`), which the page does not: a twelfth of the time of a statement.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build, type Plugin } from 'vite'

/** In here packages are found. */
const FOLDER = 'node_modules/'
const MOST_OUTPUT = 64 * 1024 * 1024

/** Files that modules of ours read are named from where those modules stand, not from where the program comes to stand. */
const FILES_WHERE_THEY_ARE: Plugin = {
  name: 'files-where-they-are',
  transform: (code, id) =>
    code.replaceAll(
      /new URL\((['"])(\.[^'"]*)\1, import\.meta\.url\)/g,
      (_, _quote, path: string) => `new URL(${JSON.stringify(new URL(path, pathToFileURL(id)).href)})`,
    ),
}

/**
 * What the program writes to standard output, as JSON.
 * @param program beside this file
 * @throws what it said, where it failed
 */
export async function asBuilt(program: string, words: readonly string[]): Promise<unknown> {
  const outDir = await mkdtemp(join(FOLDER, '.bench-'))
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      plugins: [FILES_WHERE_THEY_ARE],
      build: {
        ssr: join(import.meta.dirname, program),
        outDir,
        minify: false,
        rolldownOptions: { output: { entryFileNames: 'program.mjs' } },
      },
    })
    const line = ['--expose-gc', join(outDir, 'program.mjs'), ...words]
    const { stdout } = await promisify(execFile)(process.execPath, line, { maxBuffer: MOST_OUTPUT })
    return JSON.parse(stdout)
  } finally {
    await rm(outDir, { recursive: true })
  }
}
