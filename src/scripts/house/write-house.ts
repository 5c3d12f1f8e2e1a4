/** Writes the copies of the tables of the house: rooms (the linter's rules, the README), policies (pages, hosts). */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { documentWithNginx, headersFile, pageWithPolicy } from './policy-copies.ts'
import { linterRules, readmeWithRooms } from './room-copies.ts'

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const rules = at('src/scripts/house/biome-rooms.json')

function rewrite(path: string, made: (text: string) => string): void {
  writeFileSync(at(path), made(readFileSync(at(path), 'utf8')))
}

writeFileSync(rules, JSON.stringify(linterRules(), undefined, 2))
execFileSync(at('node_modules/.bin/biome'), ['format', '--write', rules])
rewrite('README.md', readmeWithRooms)
rewrite('index.html', (html) => pageWithPolicy(html, 'page'))
rewrite('public/door.html', (html) => pageWithPolicy(html, 'door'))
rewrite('docs/publish.md', documentWithNginx)
writeFileSync(at('public/_headers'), headersFile())
