/**
 * Writes the made-up databases and questions for InterCode-SQL into public/data/intercode-sql: `databases.sql`, a MySQL
 * dump, and `tasks.json`, in the form of princeton-nlp/intercode's ic_spider_dev.json with a split. Byte-identical on
 * every run:
 *
 *     npx tsx src/scripts/make/databases.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { stream } from '../../core/random.ts'
import { DOMAINS } from './databases/domains.ts'
import { dumpDatabase } from './databases/dump.ts'
import { makeTasks } from './databases/tasks.ts'

/** The seed of the shipped files; some questions name values that another seed need not draw. */
export const DATABASES_SEED = 20250528

const LICENSE = `# The databases in this folder

Everything here is made up: the databases, the names, the numbers, the questions and their gold queries.
\`npm run data\` writes these files from its own tables and one seed; nothing was taken from Spider or
from the InterCode data. The file formats are those of InterCode-SQL (https://github.com/princeton-nlp/intercode):
\`databases.sql\` is a MySQL 8 dump, \`tasks.json\` a list of questions, each with its split.

To the extent possible under law, the authors have waived all copyright and related rights to these files
(CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/).
`

/** File name to content. */
export function makeDatabases(seed: number): Record<string, string> {
  const random = stream(seed).child('databases')
  const domains = DOMAINS.map((domain) => ({ domain, tables: domain.tables(random.child('rows', domain.name)) }))
  const tasks = makeTasks(domains, random.child('tasks'))
  return {
    'LICENSE.md': LICENSE,
    'databases.sql': domains.map(({ domain, tables }) => dumpDatabase(domain.name, tables)).join('\n'),
    'tasks.json': `[\n${tasks.map((task) => JSON.stringify(task)).join(',\n')}\n]\n`,
  }
}

const ownPath = fileURLToPath(import.meta.url)
if (process.argv[1] === ownPath) {
  const folder = fileURLToPath(new URL('../../../public/data/intercode-sql/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(makeDatabases(DATABASES_SEED))) {
    writeFileSync(`${folder}${name}`, content)
    const gz = gzipSync(content, { level: 9 }).length
    console.log(
      `${name.padEnd(16)} ${String(Buffer.byteLength(content)).padStart(9)} bytes ${String(gz).padStart(8)} gzipped`,
    )
  }
}
