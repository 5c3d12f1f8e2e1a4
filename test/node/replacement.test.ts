import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { replacement } from '../../src/node/replacement.ts'

const folder = await mkdtemp(join(tmpdir(), 'replacement-'))
const path = join(folder, 'run.jsonl')
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A process that has begun to write the file, and never ends by itself. */
async function writer() {
  const code = `
    import { replacement } from ${JSON.stringify(new URL('../../src/node/replacement.ts', import.meta.url).href)}
    const file = await replacement(${JSON.stringify(path)})
    await file.write('half')
    console.log('writing')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code])
  await once(child.stdout, 'data')
  return {
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'close')
    },
  }
}

test('a killed process leaves a draft, which the next one clears away; one that still writes keeps its own', async () => {
  const [killed, alive] = [await writer(), await writer()]
  const stranger = 'run.jsonl.notes.part'
  await writeFile(join(folder, stranger), 'somebody’s')
  expect(await readdir(folder)).toHaveLength(3)
  await killed.kill()
  const file = await replacement(path)
  await file.write('whole')
  const drafts = await readdir(folder)
  expect(drafts).toHaveLength(3)
  await file.keep()
  expect(await readFile(path, 'utf8')).toBe('whole')
  await alive.kill()
  await (await replacement(path)).discard()
  expect((await readdir(folder)).sort()).toEqual(['run.jsonl', stranger])
})
