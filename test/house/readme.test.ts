/** The README does what it says: its programs run, its commands are understood, what it names is there. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import manifest from '../../package.json'
import { readArguments } from '../../src/collect/arguments.ts'
import { ROOT } from './import-graph.ts'

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text]) => text ?? '')
}

/** Runs a program as it stands, from the project's folder. @returns what it prints; rejects where it fails */
async function printed(program: string): Promise<string> {
  const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs')
  const words = [tsx, '--input-type=module', '--eval', program]
  return (await promisify(execFile)(process.execPath, words, { cwd: ROOT })).stdout
}

const [explore = '', query = '', ...others] = blocks('ts')

test('the first program explores WebShop, writes files, trains, and the trained agent earns more', async () => {
  const lines = await printed(explore)
  const [calls, pairs, characters] = (lines.match(/\d+(?= policy calls| pairs| characters)/g) ?? []).map(Number)
  expect(calls).toBeGreaterThan(1000)
  expect(pairs).toBeGreaterThan(100)
  expect(characters).toBeGreaterThan(100_000)
  const [before, after] = [...lines.matchAll(/reward ([\d.]+)/g)].map(([, reward]) => Number(reward))
  expect(after).toBeGreaterThan(before ?? 1)
})

test('the second program plays an episode of InterCode-SQL', async () => {
  const lines = await printed(query)
  expect(lines).toMatch(/SHOW TABLES\n {2}\[\('\w+',\)/)
  expect(lines).toMatch(/SELECT 1 \+ 1\n {2}\[\(2,\)\]\n {2}reward 0, done false/)
  expect(lines).toMatch(/submit\n.*\n {2}reward \S+, done true/)
})

test('there are no other programs that nothing runs', () => {
  expect(others).toEqual([])
})

test('every npm script that it names is one', () => {
  const named = [...readme.matchAll(/npm (?:run )?([a-z][\w:]*)(?=[ `])/g)].flatMap(([, name = '']) => name)
  const scripts = named.filter((name) => !['ci', 'install'].includes(name))
  expect(scripts.length).toBeGreaterThan(5)
  expect(scripts.filter((name) => !(name in manifest.scripts))).toEqual([])
})

test('every collect command that it gives is understood', () => {
  const shell = blocks('sh').join('\n').replaceAll('\\\n', ' ')
  const commands = [...shell.matchAll(/npm run collect -- ([^#\n]*)/g)].map(([, words = '']) =>
    words.trim().split(/\s+/),
  )
  expect(commands.length).toBeGreaterThan(2)
  for (const words of commands) expect(readArguments(words)).toMatchObject({ ok: true })
})
