/** The pairs of one task for TRL's DPO trainer, all but replies without an action: for programs; exports go through `dataset.ts`. */
import type { RunEvent, RunStarted } from '../core/log/events.ts'
import { lineOfRow } from './cells.ts'
import type { DatasetChoices } from './choices.ts'
import { createDataset } from './dataset.ts'
import { DATASET_FORMATS } from './formats.ts'

const ALL: DatasetChoices = { duplicates: true, example: true, trajectories: 'whole' }

/**
 * One JSON object a line, line ends included, in the order in which the pairs were made.
 * @param events one task's events; a task that is not finished gives the pairs that it has so far
 */
export function trlDpoLines(header: RunStarted, events: readonly RunEvent[], choices: DatasetChoices = {}): string[] {
  return createDataset(DATASET_FORMATS['trl-dpo'], { ...ALL, ...choices })
    .add(header, events)
    .map(lineOfRow)
}
