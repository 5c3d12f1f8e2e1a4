/** Why the share of rising steps moves as it does, in sentences from the comparison's own numbers. */
import type { ArmDiagnosis } from '../../../core/comparison/results/arm-diagnoses.ts'
import { plural } from '../../words/format.ts'
import { percentText } from './numbers.ts'

const REPORTED =
  'The paper reports that it rises with training: from 40.87 % to 45.29 % at the end of episodes, on InterCode-SQL.'

const WHY =
  'A share of rising steps is no measure of how good an agent is. Once it is trained, its first steps are already worth nearly all that the episode will earn, and there is little left to rise by; an agent that is lost may still rise, and fall again. What training takes away above all is the falling'

/** @param diagnoses of the methods that explored; that of the start policy itself says nothing here */
export function risingWords(diagnoses: readonly ArmDiagnosis[], names: readonly string[]): readonly string[] {
  const told = diagnoses.flatMap(({ arm, rising: { before, after } }) => {
    const [was, is] = [before.rising[2], after.rising[2]]
    const kept = [before.notFalling[2], after.notFalling[2]] as const
    return was === undefined || is === undefined || was.mean === is.mean ? [] : { arm, was, is, kept }
  })
  const last = told.at(-1)
  if (last === undefined) return [REPORTED]
  const fell = told.filter(({ was, is }) => is.mean < was.mean).length
  const here =
    fell === told.length
      ? `Here it falls, for ${told.length === 1 ? 'the one method' : `all ${told.length} methods`} that learnt`
      : `Here it falls for ${fell} of ${plural(told.length, 'method')} that learnt`
  const [kept, keeps] = last.kept
  const falling = keeps !== undefined && kept !== undefined && keeps.mean > kept.mean
  const share = falling
    ? `: the steps that do not fall go from ${percentText(kept)} to ${percentText(keeps)} there`
    : ''
  return [
    `${REPORTED} ${here}: ${names[last.arm]}, for one, from ${percentText(last.was)} to ${percentText(last.is)} in the last third.`,
    ...(fell === 0 ? [] : [`${WHY}${share}.`]),
  ]
}
