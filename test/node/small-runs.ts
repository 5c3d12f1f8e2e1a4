/** Run files of the shipped shop, made by the embedded agent. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unwrap } from '../../src/core/failure.ts'
import { createNodeLab } from '../../src/node/node-lab.ts'

interface SmallRun {
  readonly name: string
  readonly text: string
}

let runs: Promise<readonly SmallRun[]> | undefined

/** Two seeds of one method, so that tasks come twice, another method, and one that stopped early. */
export async function writeSmallRuns(folder: string): Promise<void> {
  runs ??= smallRuns()
  for (const { name, text } of await runs) await writeFile(join(folder, name), text)
}

async function smallRuns(): Promise<SmallRun[]> {
  const lab = createNodeLab()
  const made = [
    { seed: 1, method: 'rro', firstRise: 'draw-one-more', tasks: 30 },
    { seed: 2, method: 'rro', firstRise: 'draw-one-more', tasks: 30 },
    { seed: 3, method: 'eto', tasks: 12 },
    { seed: 4, method: 'fixed-size', tasks: 40, explored: 2 },
  ]
  const found: SmallRun[] = []
  for (const { explored, ...settings } of made) {
    const { id } = unwrap(await lab.create(settings)).progress.info
    for (let task = 0; task < (explored ?? settings.tasks); task++) unwrap(await lab.advance('task'))
    const { file } = unwrap(await lab.export(id, 'run'))
    found.push({ name: `${settings.method}-${settings.seed}.jsonl`, text: await file.text() })
  }
  await lab.close()
  return found
}
