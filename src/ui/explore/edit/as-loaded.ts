/**
 * The run that an edited one was made from, where nobody remembers it: one of the library of the same draws on the data as it
 * was loaded, else that task explored anew, which gives the same events (decision 0002).
 */
import type { Result } from '../../../core/failure.ts'
import { editedFingerprint } from '../../../core/log/world-edit.ts'
import type { LabApi, OpenedRun, RunConfig, RunInfo, RunProgress } from '../../../worker/protocol/lab-api.ts'

/** @returns the run, with the edited task explored to its end if it can be */
export async function runAsLoaded(
  lab: LabApi,
  runs: readonly RunInfo[],
  { info, data, edits = [] }: RunProgress,
): Promise<Result<OpenedRun>> {
  for (const run of runs) {
    if (taskIn(run.config, info.config) === undefined) continue
    const opened = await lab.open(run.id)
    if (!opened.ok) continue
    const { progress } = opened.value
    const same =
      progress.edits === undefined && editedFingerprint(progress.data.fingerprint, edits) === data.fingerprint
    if (same && progress.info.tasksFinished > (taskIn(run.config, info.config) ?? 0)) return opened
  }
  const made = await lab.create({ ...info.config })
  if (!made.ok) return made
  const explored = await lab.advance('task')
  return explored.ok ? lab.open(made.value.progress.info.id) : explored
}

/** Where a run has the (only) task of an edited one; undefined where it draws otherwise or does not come to it. */
export function taskIn(config: RunConfig, edited: RunConfig): number | undefined {
  const alike = (one: RunConfig): string =>
    JSON.stringify({ ...one, tasks: 0, firstTask: 0 }, Object.keys(edited).sort())
  const task = edited.firstTask - config.firstTask
  return alike(config) === alike(edited) && task >= 0 && task < config.tasks ? task : undefined
}
