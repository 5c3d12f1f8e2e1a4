/** Gives the visitor the path that stands here as a picture. */

import { messageOf } from '../../../core/failure.ts'
import type { TaskState } from '../../../core/log/fold-task.ts'
import { download } from '../../parts/download.ts'
import { pngFile, svgFile } from '../../parts/picture-file.ts'
import type { PageState } from '../../state/page-state.ts'
import { pathPicture } from './path-picture.ts'
import type { PathSource } from './path-source.ts'
import { leastReward } from './reward-axis.ts'

export async function savePicture(
  page: PageState,
  { config, events }: PathSource,
  task: TaskState,
  kind: 'svg' | 'png',
): Promise<void> {
  if (config === undefined) return
  try {
    const picture = pathPicture({ config, task, least: leastReward(events), address: location.href })
    const name = `rro-lab-path-seed-${config.seed}-task-${task.task + 1}.${kind}`
    download(kind === 'svg' ? svgFile(picture) : await pngFile(picture), name)
  } catch (thrown) {
    page.notices.fail(`The picture could not be saved: ${messageOf(thrown)}`)
  }
}
