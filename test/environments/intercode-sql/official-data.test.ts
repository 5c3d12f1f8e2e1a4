/** The real benchmark's 1,034 gold queries against themselves; the files are not part of the project. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createInterCodeSql } from '../../../src/environments/intercode-sql/intercode-sql.ts'
import { readSqlFiles } from '../../../src/environments/intercode-sql/official-files.ts'
import { loadSqlData } from '../../../src/environments/intercode-sql/sql-data.ts'
import { engine } from './shop.ts'

const folder = resolve(fileURLToPath(new URL('../../..', import.meta.url)), '../shared/data/intercode')
const names = ['ic_spider_dev.json', 'ic_spider_dbs.sql']
const present = names.every((name) => existsSync(resolve(folder, name)))

test.skipIf(!present)(
  `every official gold query that MySQL accepts scores 1${present ? '' : ' (../shared/data/intercode is absent)'}`,
  () => {
    const files = readSqlFiles(names.map((name) => ({ name, content: readFileSync(resolve(folder, name), 'utf8') })))
    if (!files.ok) throw new Error(files.failure.message)
    const data = loadSqlData(engine, files.value)
    if (!data.ok) throw new Error(data.failure.message)
    const world = createInterCodeSql(engine, data.value, { wrapper: { firstLineOnly: false } })
    let one = 0
    const refused: string[] = []
    for (const { id, gold } of data.value.tasks) {
      const task = world.task(id)
      if (task === undefined) throw new Error(`no task ${id}`)
      const asked = world.step(world.reset(task), `\`\`\`sql\n${gold}\n\`\`\``)
      if (world.step(asked.state, 'submit').reward === 1) one++
      else
        refused.push(asked.state.answer.kind === 'error' ? asked.state.answer.message : `${id} ran and did not score 1`)
    }
    world.close()
    console.log(
      `intercode gold queries against themselves: ${one}/${data.value.tasks.length} score 1, ${refused.length} are refused`,
    )
    // Faults of the benchmark: queries that MySQL's grammar or ONLY_FULL_GROUP_BY refuses.
    for (const message of refused)
      expect(message).toMatch(/error in your SQL syntax|only_full_group_by|its own alias|incompatible with DISTINCT/)
    expect(one).toBeGreaterThanOrEqual(1015)
  },
)
