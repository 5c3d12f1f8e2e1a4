/**
 * The demonstrations that a language model is taught with in the page: on train tasks of the data that ships, one of each task
 * that shows one, by those who showed it its pretraining; none that pretraining saw. As `readDemonstrations` reads them, beside
 * the model.
 *
 *     npx tsx src/scripts/make/language-model/page-demonstrations.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { unwrap } from '../../../core/failure.ts'
import { stream } from '../../../core/random.ts'
import { createInterCodeSql } from '../../../environments/intercode-sql/intercode-sql.ts'
import { loadSqlData } from '../../../environments/intercode-sql/sql-data.ts'
import { createWebShop } from '../../../environments/webshop/webshop.ts'
import { startSqlEngine } from '../../../mysql/index.ts'
import { type ExpertTrajectory, writeDemonstrations } from '../../../training/expert.ts'
import { demonstrate, isAllowed, shippedQuestions } from './sql-demonstrations.ts'
import { createStage, demonstratorWeights, heldOutTexts, plain, shippedCatalogue } from './webshop-demonstrations.ts'

/** Pretraining has 1. */
const SEED = 2
const PUBLIC = fileURLToPath(new URL('../../../../public/', import.meta.url))

/** @param most tasks; all where it is not said */
export function webShopPageDemonstrations(most = Number.POSITIVE_INFINITY): string {
  const catalogue = shippedCatalogue()
  const heldOut = heldOutTexts(catalogue)
  const stage = createStage(catalogue, demonstratorWeights())
  const random = stream(SEED).child('page-demonstrations', 'webshop')
  const shown: ExpertTrajectory[] = []
  const train = catalogue.goals.filter(
    ({ split, instruction }) => split === 'train' && !heldOut.has(plain(instruction)),
  )
  for (const goal of train.slice(0, most)) {
    const episode = stage.show(goal, random.child(goal.id))
    if (episode === undefined) continue
    shown.push({ taskId: goal.id, reward: episode.reward, actions: episode.actions, skip: [] })
  }
  const method =
    'Shoppers whose choices follow from what the small language model reads, and its log-linear peer, sharpened'
  return writeDemonstrations({ data: createWebShop(catalogue).data.fingerprint, method }, shown)
}

/** @param most tasks; all where it is not said */
export async function sqlPageDemonstrations(most = Number.POSITIVE_INFINITY): Promise<string> {
  const engine = await startSqlEngine()
  const text = (name: string) => ({ name, text: readFileSync(`${PUBLIC}data/intercode-sql/${name}`, 'utf8') })
  const files = { tasks: text('tasks.json'), dumps: [text('databases.sql')], sqlite: [] }
  const data = unwrap(loadSqlData(engine, files))
  const sql = createInterCodeSql(engine, data)
  const { kept } = shippedQuestions()
  const random = stream(SEED).child('page-demonstrations', 'intercode-sql')
  const shown: ExpertTrajectory[] = []
  for (const { id, instruction } of sql.tasks('train').slice(0, most)) {
    const gold = sql.grading.goldQuery(id)
    const database = sql.task(id)?.database
    if (gold === undefined || database === undefined || !isAllowed(kept, instruction, gold, database)) continue
    const episode = demonstrate(sql, id, random.child(id))
    if (episode === undefined) continue
    const skip = episode.turns.flatMap(({ imitate }, i) => (imitate ? [] : [i]))
    shown.push({ taskId: id, reward: episode.reward, actions: episode.actions, skip })
  }
  sql.close()
  const method =
    'Who knows the gold query: lists the tables, describes those it needs, asks; slips are taken, not imitated'
  return writeDemonstrations({ data: data.data.fingerprint, method }, shown)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(`${PUBLIC}models/small/demonstrations-webshop.jsonl`, webShopPageDemonstrations())
  writeFileSync(`${PUBLIC}models/small/demonstrations-intercode-sql.jsonl`, await sqlPageDemonstrations())
  process.exit(0)
}
