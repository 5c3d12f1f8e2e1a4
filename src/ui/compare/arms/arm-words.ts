/** An arm's name, short enough for a legend: its method, and what of its settings tells it from the others. */
import { trainingField, trainingNumbers } from '../../../core/comparison/arm-address.ts'
import { ARM_SETTINGS, type Arm, GRADIENT_SETTINGS } from '../../../core/comparison/comparison.ts'
import { isGradientMethod } from '../../../core/comparison/gradient-methods.ts'
import { SETTING_SCOPES } from '../../../core/settings/setting-scopes.ts'
import { SETTINGS } from '../../../core/settings/settings.ts'
import { usual } from '../../settings/method-presets.ts'
import { LOSS_WORDS } from '../../words/loss-words.ts'

export const ARM_METHOD_WORDS: Record<Arm['method'], string> = {
  sft: 'SFT only',
  eto: 'ETO',
  ipr: 'IPR',
  'fixed-size': 'Fixed-size',
  uct: 'Tree search (UCT)',
  rro: 'RRO (paper)',
  'rro-recycled': 'Recycled RRO (ours)',
  ...{ rloo: 'RLOO', grpo: 'GRPO', gigpo: 'GiGPO', vineppo: 'VinePPO' },
}

/** As short as it goes. */
const ARM_METHOD_LABELS: Record<Arm['method'], string> = {
  sft: 'SFT',
  eto: 'ETO',
  ipr: 'IPR',
  'fixed-size': 'Fixed',
  uct: 'UCT',
  rro: 'RRO',
  'rro-recycled': 'Ours',
  rloo: 'RLOO',
  grpo: 'GRPO',
  gigpo: 'GiGPO',
  vineppo: 'VinePPO',
}

/** One line on what each does, for the list that they are chosen from. */
export const ARM_METHOD_ABOUT: Record<Arm['method'], string> = {
  sft: 'explores nothing: the start policy itself',
  eto: 'whole trajectories against the expert’s',
  ipr: 'one action at every expert step, against the expert’s',
  'fixed-size': 'always k candidates a step, the best continues',
  uct: 'a search tree; the most visited child against its siblings',
  rro: 'draws until one candidate rises',
  'rro-recycled': 'rollouts already paid for are the next candidates; a rise is verified afresh',
  rloo: 'policy gradient: whole episodes of a task, each against the mean of the others',
  grpo: 'policy gradient: the same, in deviations of the group, with a clipped ratio',
  gigpo: 'policy gradient: GRPO, and visits of one state against each other',
  vineppo: 'policy gradient: each step by the process rewards before and after it',
}

/** Names of settings as formulas have them. */
const SHORT: Partial<Record<(typeof ARM_SETTINGS)[number], string>> = {
  rollouts: 'm',
  candidates: 'K',
  startRollouts: 'n',
  uctConstant: 'c',
  riseRule: 'rule',
}

export type ArmSetting = (typeof ARM_SETTINGS)[number]

/** Whether a method reads a setting. What explores nothing reads none. */
export function reads(method: Arm['method'], setting: ArmSetting): boolean {
  if (method === 'sft') return false
  if (isGradientMethod(method)) return GRADIENT_SETTINGS[method] === setting
  const { methods } = SETTING_SCOPES[setting]
  return methods === undefined || methods.includes(method)
}

/** As it is used: its own setting, or the table's default. */
export function settingOf(arm: Arm, setting: ArmSetting): string | number {
  return arm.settings[setting] ?? SETTINGS[setting].default
}

/**
 * One name for each arm. Fixed-size always says its k; of anything else that the arm's method reads what is not as in the
 * default comparison is said, and what differs between the arms of that method.
 */
export function armNames(arms: readonly Arm[]): readonly string[] {
  return arms.map((arm) => {
    const { method } = arm
    const kin = arms.filter((other) => other.method === method)
    const told = ARM_SETTINGS.filter((setting) => {
      if (method === 'sft' || !reads(method, setting)) return false
      if (method === 'fixed-size' && setting === 'candidates') return true
      const own = settingOf(arm, setting)
      return own !== usualOf(method, setting) || kin.some((other) => settingOf(other, setting) !== own)
    })
    const words = [...told.map((setting) => settingWords(arm, setting)), ...trainingWords(arm)]
    return [ARM_METHOD_WORDS[method], ...words].join(', ')
  })
}

/** Policy-gradient methods are in no default comparison. */
function usualOf(method: Exclude<Arm['method'], 'sft'>, setting: ArmSetting): string | number {
  return isGradientMethod(method) ? SETTINGS[setting].default : usual(method, setting)
}

/** Shorter than a name, for the end of a line: of settings only what tells the arms of a method apart. */
export function armLabels(arms: readonly Arm[]): readonly string[] {
  return arms.map((arm) => {
    const { method } = arm
    const kin = arms.filter((other) => other.method === method)
    const told = ARM_SETTINGS.filter((setting) => {
      if (!reads(method, setting)) return false
      const isK = method === 'fixed-size' && setting === 'candidates'
      return isK || kin.some((other) => settingOf(other, setting) !== settingOf(arm, setting))
    })
    const trained = kin.length > 1 ? trainingWords(arm) : []
    return [ARM_METHOD_LABELS[method], ...told.map((setting) => settingWords(arm, setting)), ...trained].join(' ')
  })
}

/** Of its own, if it has one. */
function trainingWords({ method, training = {} }: Arm): readonly string[] {
  const numbers = trainingNumbers(method).flatMap((name) =>
    training[name] === undefined ? [] : `${trainingField(method, name).label} ${training[name]}`,
  )
  return training.loss === undefined ? numbers : [...numbers, LOSS_WORDS[training.loss]]
}

export function settingWords(arm: Arm, setting: ArmSetting): string {
  const group = isGradientMethod(arm.method) && setting === 'startRollouts'
  const name = group
    ? 'G'
    : arm.method === 'fixed-size' && setting === 'candidates'
      ? 'k'
      : (SHORT[setting] ?? SETTINGS[setting].label.toLowerCase())
  return `${name} ${settingOf(arm, setting)}`.replace('>=', '≥')
}

/** All that differs from the defaults, for a list: `m 3, K 3`; '' where nothing does. */
export function ownSettings(arm: Arm): string {
  const settings = ARM_SETTINGS.filter((setting) => arm.settings[setting] !== undefined && reads(arm.method, setting))
  return [...settings.map((setting) => settingWords(arm, setting)), ...trainingWords(arm)].join(', ')
}
