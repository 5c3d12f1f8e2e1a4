/** Lists of arms by one click: the whole field, and ablations of one setting of RRO or of recycled RRO. */
import type { Arm } from '../../../core/comparison/comparison.ts'
import { DEFAULT_ARMS } from '../../../core/comparison/default-comparison.ts'
import { FIRST_BARS, PAIRINGS, RISE_RULES, SETTINGS } from '../../../core/settings/settings.ts'
import { type ArmSetting, reads } from '../arms/arm-words.ts'

export const ABLATED_METHODS = ['rro', 'rro-recycled'] as const

/** What one click varies, and over which values. */
export const ABLATIONS: readonly {
  readonly setting: ArmSetting
  readonly label: string
  readonly values: readonly (string | number)[]
}[] = [
  { setting: 'rollouts', label: 'm', values: [1, 2, 3, 5, 10, 20] },
  { setting: 'candidates', label: 'K', values: [1, 2, 3, 5, 8] },
  { setting: 'riseRule', label: 'rule', values: RISE_RULES },
  { setting: 'margin', label: 'margin', values: [0, 0.05, 0.1, 0.2] },
  { setting: 'pairing', label: 'pairing', values: PAIRINGS },
  { setting: 'firstBar', label: 'first bar', values: FIRST_BARS },
  { setting: 'startRollouts', label: 'start rollouts', values: [5, 10, 20, 40] },
]

/** The ablations that make a difference to a method. */
export function ablationsOf(method: (typeof ABLATED_METHODS)[number]): typeof ABLATIONS {
  return ABLATIONS.filter(({ setting }) => reads(method, setting))
}

/** The method as it stands among the default arms, once for each value of a setting. */
export function ablate(
  method: (typeof ABLATED_METHODS)[number],
  { setting, values }: (typeof ABLATIONS)[number],
): readonly Arm[] {
  const base = DEFAULT_ARMS.find((arm) => arm.method === method)?.settings ?? {}
  return values.map((value) => {
    const settings = Object.entries({ ...base, [setting]: value })
    const own = settings.filter(([name, chosen]) => SETTINGS[name as ArmSetting].default !== chosen) // names of ARM_SETTINGS
    return { method, settings: Object.fromEntries(own) }
  })
}
