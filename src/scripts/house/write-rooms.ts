/** Writes the copies of the table of rooms: the linter's rules, and the README's table. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { linterRules, readmeWithRooms } from './room-copies.ts'

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const rules = at('src/scripts/house/biome-rooms.json')

writeFileSync(rules, JSON.stringify(linterRules(), undefined, 2))
execFileSync(at('node_modules/.bin/biome'), ['format', '--write', rules])
writeFileSync(at('README.md'), readmeWithRooms(readFileSync(at('README.md'), 'utf8')))
