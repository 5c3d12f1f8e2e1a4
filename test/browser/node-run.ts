/** The same run in Node, to compare with. */
import { createNodeLab } from '../../src/scripts/node-lab.ts'
import type { ExportFormat } from '../../src/worker/protocol.ts'

/** The export of a run made in Node from the shipped files. */
export async function nodeExport(settings: Record<string, unknown>, format: ExportFormat): Promise<string> {
  const lab = createNodeLab()
  const created = await lab.create(settings)
  if (!created.ok) throw new Error(created.failure.message)
  const { id, config } = created.value.progress.info
  for (let task = 0; task < config.tasks; task++) await lab.advance('task')
  await lab.advance('event')
  const exported = await lab.export(id, format)
  await lab.close()
  if (!exported.ok) throw new Error(exported.failure.message)
  return exported.value.file.text()
}
