import { expect, test } from 'vitest'
import { unwrap } from '../../src/core/failure.ts'
import type { Environment } from '../../src/environments/environment.ts'
import { createInterCodeSql } from '../../src/environments/intercode-sql/intercode-sql.ts'
import { readSqlFiles } from '../../src/environments/intercode-sql/official-files.ts'
import { loadSqlData } from '../../src/environments/intercode-sql/sql-data.ts'
import { loadCatalogue } from '../../src/environments/webshop/catalogue/catalogue.ts'
import { readOfficialFiles } from '../../src/environments/webshop/catalogue/official-files.ts'
import { createWebShop } from '../../src/environments/webshop/webshop.ts'
import { startSqlEngine } from '../../src/mysql/index.ts'
import { diskLoader } from '../../src/node/disk-loader.ts'
import type { ActionSpace } from '../../src/policies/linear/action-space.ts'
import { createSqlActions } from '../../src/policies/linear/intercode-sql/sql-actions.ts'
import { createLinearActor } from '../../src/policies/linear/linear-actor.ts'
import { createWebShopActions } from '../../src/policies/linear/webshop/webshop-actions.ts'
import { parseWeights } from '../../src/policies/linear/weights.ts'
import { decisionsOf, readDemonstrations } from '../../src/training/expert.ts'
import { fitStart, START_NAMES, warmStartStream } from '../../src/training/warm-start.ts'

const loader = diskLoader()

/** SFT on the shipped demonstrations gives the shipped weights; each start is better than the one before. */
async function expectReproduced<S, M>(environment: Environment<S>, space: ActionSpace<S, M>) {
  const { id, data } = environment
  const text = unwrap(await loader.demonstrations(id))
  const known = (task: string) => environment.task(task)?.split === 'train'
  const trajectories = unwrap(readDemonstrations(text, known, data.fingerprint))
  const width = space.features.length
  const actor = createLinearActor(environment, space, new Float64Array(width))
  const shown = trajectories.map((trajectory) => {
    const { reward } = trajectory
    return { reward, decisions: unwrap(decisionsOf(actor, trajectory)) }
  })
  for (const { taskId, actions, reward } of trajectories.slice(0, 100)) {
    let prefix = actor.begin({ id: taskId, instruction: '' })
    for (const action of actions) prefix = actor.execute(prefix, { text: '', action })
    expect(actor.outcome(prefix)).toEqual({ reward })
  }
  const rewards = []
  for (const name of START_NAMES) {
    const file = unwrap(await (name === 'default' ? loader.policy(id) : loader.policy(id, name)))
    const { weights, trained } = unwrap(parseWeights(JSON.parse(file), space.features))
    expect(fitStart(name, shown, width, warmStartStream(id)), `${id} ${name}: run npm run data`).toEqual(weights)
    expect(trained.data).toBe(data.fingerprint)
    rewards.push(Number(trained.devReward))
  }
  const [usual, weak, sharp] = rewards
  expect(weak).toBeLessThan((usual as number) - 0.05)
  expect(sharp).toBeGreaterThan((usual as number) + 0.02)
}

test('the shipped WebShop policies are what SFT makes of the shipped demonstrations', async () => {
  const texts = unwrap(await loader.files('webshop'))
  const catalogue = unwrap(loadCatalogue(unwrap(readOfficialFiles(texts))))
  await expectReproduced(createWebShop(catalogue), createWebShopActions(catalogue.products))
})

test('the shipped SQL policies are what SFT makes of the shipped demonstrations', async () => {
  const files = unwrap(await loader.files('intercode-sql')).map(({ name, text }) => ({ name, content: text }))
  const engine = await startSqlEngine()
  const sql = createInterCodeSql(engine, unwrap(loadSqlData(engine, unwrap(readSqlFiles(files)))))
  await expectReproduced(sql, createSqlActions(sql.observe))
  sql.close()
})
