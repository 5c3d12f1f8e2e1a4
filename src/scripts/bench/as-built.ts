/**
 * A program of ours as the site's build makes it, run by Node alone. What runs TypeScript here gives every function that is made its
 * name at run time (`keepNames`), which the page does not: a twelfth of the time of a statement.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'vite'

/** In here packages are found. */
const FOLDER = 'node_modules/'
const MOST_OUTPUT = 64 * 1024 * 1024

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
