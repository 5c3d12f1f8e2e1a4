/** The same run in Node, to compare with. */
import { unwrap } from '../../src/core/failure.ts'
import { createNodeLab } from '../../src/node/node-lab.ts'
import type { ExportFormat } from '../../src/worker/protocol/lab-api.ts'

/** The export of a run made in Node, from the shipped files or from brought ones. */
export async function nodeExport(
  settings: Record<string, unknown>,
  format: ExportFormat,
  brought: readonly { readonly name: string; readonly text: string }[] = [],
): Promise<string> {
  const lab = createNodeLab()
  if (brought.length > 0) unwrap(await lab.loadData(brought.map(({ name, text }) => new File([text], name))))
  const { id, config } = unwrap(await lab.create(settings)).progress.info
  for (let task = 0; task < config.tasks; task++) await lab.advance('task')
  await lab.advance('event')
  const exported = await lab.export(id, format)
  await lab.close()
  return unwrap(exported).file.text()
}
