/** The state of the open run in one line: what it is, how far it has come, how fast, what is saved. */
import type { RunProgress, StorageUpdate } from '../../../worker/protocol/lab-api.ts'
import type { Library } from '../../state/library.ts'
import { countText, durationText, plural, rateText, rewardText } from '../../words/format.ts'

const ORIGINS = { shipped: 'Recorded run', here: 'Your run', imported: 'Imported run' } as const

/** Where the runs of this page are, if they are not where they are said to be saved. */
const ELSEWHERE: { readonly [state in StorageUpdate['state']]?: string } = {
  memory: ', only in memory',
  gone: ', deleted from the disk',
}

/** What is going on while no run stands there yet. */
export function openingLine({ busy }: Pick<Library, 'busy'>): string {
  return `${busy ?? 'Opening the recorded run'}…`
}

export function runLine(progress: RunProgress, runningAll: boolean, storage?: StorageUpdate): string {
  const { info, status, tasksPerSecond, saved } = progress
  const elsewhere = (storage && info.origin !== 'shipped' && ELSEWHERE[storage.state]) || ''
  const done = `${countText(info.tasksFinished)} of ${plural(info.config.tasks, 'task')}`
  const mean = info.tasksFinished === 0 ? [] : [`mean reward ${rewardText(info.rewardSum / info.tasksFinished)}`]
  const kept = info.origin === 'here' && elsewhere === '' ? [`saved ${plural(saved, 'event')}`] : []
  if (status === 'running') {
    const left = info.config.tasks - info.tasksFinished
    const pace =
      tasksPerSecond === undefined || tasksPerSecond === 0
        ? []
        : [`${rateText(tasksPerSecond)} tasks/s`, `${durationText(left / tasksPerSecond)} left`]
    const rate = progress.tokens?.perSecond
    const reading = rate === undefined ? [] : [`${countText(Math.round(rate))} tokens/s`]
    return [done + elsewhere, ...pace, ...reading, ...kept].join(', ')
  }
  if (status === 'failed')
    return [`Stopped: ${progress.failure?.message ?? 'it could not go on.'} ${done}${elsewhere}`, ...kept].join(', ')
  const drawn = info.config.method !== 'replay' // from a file: nothing was drawn
  const name = info.finished ? ORIGINS[info.origin] : runningAll ? 'Paused' : ORIGINS[info.origin]
  const cost = `${countText(info.cost.candidates)} candidates, ${countText(info.cost.rollouts)} rollouts, ${countText(info.cost.policyCalls)} policy calls`
  return [
    `${name}${elsewhere}${drawn ? `, seed ${info.config.seed}` : ''}: ${done}`,
    ...mean,
    plural(info.pairs, 'pair'),
    cost,
    ...tokensOf(progress),
    ...kept,
  ].join(', ')
}

/** Of a small language model, since the run was opened. */
function tokensOf({ tokens }: RunProgress): string[] {
  if (tokens === undefined) return []
  const rate = tokens.perSecond === undefined ? '' : `, ${countText(Math.round(tokens.perSecond))} a second`
  return [`${countText(tokens.read)} tokens read now${rate} (${countText(tokens.saved)} saved by branching)`]
}
