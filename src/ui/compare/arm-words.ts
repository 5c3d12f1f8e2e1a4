/** An arm's name, short enough for a legend: its method, and what of its settings tells it from the others. */
import { ARM_SETTINGS, type Arm, COMPARISON_NUMBERS, TRAINING_NUMBERS } from '../../core/comparison.ts'
import { SETTING_SCOPES } from '../../core/setting-scopes.ts'
import { SETTINGS } from '../../core/settings.ts'

export const ARM_METHOD_WORDS: Record<Arm['method'], string> = {
  sft: 'SFT only',
  eto: 'ETO',
  ipr: 'IPR',
  'fixed-size': 'Fixed-size',
  uct: 'Tree search (UCT)',
  rro: 'RRO (paper)',
  'rro-recycled': 'Recycled RRO (ours)',
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
  const { methods } = SETTING_SCOPES[setting]
  return methods === undefined || methods.includes(method)
}

/** As it is used: its own setting, or the table's default. */
export function settingOf(arm: Arm, setting: ArmSetting): string | number {
  return arm.settings[setting] ?? SETTINGS[setting].default
}

/**
 * One name for each arm. Fixed-size always says its k; of anything else that the arm's method reads only what differs
 * between the arms of that method is said.
 */
export function armNames(arms: readonly Arm[]): readonly string[] {
  return arms.map((arm) => {
    const kin = arms.filter(({ method }) => method === arm.method)
    const told = ARM_SETTINGS.filter((setting) => {
      if (!reads(arm.method, setting)) return false
      if (arm.method === 'fixed-size' && setting === 'candidates') return true
      return kin.some((other) => settingOf(other, setting) !== settingOf(arm, setting))
    })
    const trained = TRAINING_NUMBERS.filter((name) =>
      kin.some(({ training }) => training?.[name] !== arm.training?.[name]),
    )
    const words = [...told.map((setting) => settingWords(arm, setting)), ...trainingWords(arm, trained)]
    return [ARM_METHOD_WORDS[arm.method], ...words].join(', ')
  })
}

function trainingWords({ training }: Arm, names: readonly (typeof TRAINING_NUMBERS)[number][]): readonly string[] {
  return names.flatMap((name) =>
    training?.[name] === undefined ? [] : `${COMPARISON_NUMBERS[name].label} ${training[name]}`,
  )
}

export function settingWords(arm: Arm, setting: ArmSetting): string {
  const name =
    arm.method === 'fixed-size' && setting === 'candidates'
      ? 'k'
      : (SHORT[setting] ?? SETTINGS[setting].label.toLowerCase())
  return `${name} ${settingOf(arm, setting)}`.replace('>=', '≥')
}

/** All that differs from the defaults, for a list: `m 3, K 3`; '' where nothing does. */
export function ownSettings(arm: Arm): string {
  const settings = ARM_SETTINGS.filter((setting) => arm.settings[setting] !== undefined && reads(arm.method, setting))
  return [...settings.map((setting) => settingWords(arm, setting)), ...trainingWords(arm, TRAINING_NUMBERS)].join(', ')
}
