/** What is told of foreign trajectories once they are played again: what is left out, and where the environment says otherwise. */

import { quote } from '../../../core/failure.ts'
import { grouped } from '../../../core/grouped.ts'
import type { ForeignTrajectory } from '../../../formats/trajectories/trajectory.ts'
import { earnedOther, type Played } from './played.ts'

export function toldOf(all: readonly Played[]): readonly string[] {
  const told: string[] = []
  const other = all.filter(({ otherObservations }) => otherObservations > 0)
  const [first] = other
  if (first !== undefined) {
    const count = other.reduce((sum, { otherObservations }) => sum + otherObservations, 0)
    const at = first.firstOther === 0 ? 'at the start' : `after action ${first.firstOther}`
    const differ = count === 1 ? 'observation differs' : 'observations differ'
    told.push(`${number(count)} ${differ} from the file; the first: ${first.trajectory.place}, ${at}.`)
  }
  const earned = all.filter(earnedOther)
  if (earned[0] !== undefined) {
    const { trajectory, reward = 0 } = earned[0]
    const differ = earned.length === 1 ? 'reward differs' : 'rewards differ'
    const both = `${trajectory.reward} in the file, ${rounded(reward)} here`
    told.push(`${number(earned.length)} ${differ}; the first: ${trajectory.place}, ${both}.`)
  }
  const over = all.filter((one) => one.over > 0)
  if (over[0] !== undefined) {
    const go = over.length === 1 ? 'trajectory goes' : 'trajectories go'
    told.push(
      `${number(over.length)} ${go} on after the end, which is left out; the first: ${over[0].trajectory.place}.`,
    )
  }
  const short = all.filter(({ reward, over }) => reward === undefined && over === 0)
  if (short[0] !== undefined) {
    const stop = short.length === 1 ? 'trajectory stops' : 'trajectories stop'
    told.push(`${number(short.length)} ${stop} before the end, with reward 0; the first: ${short[0].trajectory.place}.`)
  }
  return told
}

export function leftOutWords(unknown: readonly ForeignTrajectory[], data: string): string {
  const [first] = unknown
  const which =
    unknown.length === 1 ? '1 trajectory is about a task' : `${number(unknown.length)} trajectories are about tasks`
  const named = first?.id === undefined ? '' : `, id ${quote(first.id)}`
  return `${which} that the loaded data (${data}) does not have; the first: ${first?.place}${named}.`
}

function number(count: number): string {
  return grouped(count)
}

function rounded(reward: number): number {
  return Math.round(reward * 1e4) / 1e4
}
