/**
 * How a method looks in every picture, list and table, whatever else is there: one colour and one mark each, from the table
 * below. What an arm has otherwise than its method's plain form changes the line's dash and empties the mark, so that colour
 * is never the only sign.
 */
import { ARM_SETTINGS, type Arm } from '../../../core/comparison/comparison.ts'
import { SETTINGS, type Setting } from '../../../core/settings/settings.ts'
import { type ArmSetting, reads, settingOf } from './arm-words.ts'
import type { SymbolName } from './symbols.ts'

interface MethodSign {
  /** For a light and for a dark ground; each at least 4.5:1 against it. */
  readonly light: string
  readonly dark: string
  readonly symbol: SymbolName
  /** Settings of the method's plain form, where they are not the table's defaults: a solid line, a full mark. */
  readonly plain?: Arm['settings']
}

/** A new method takes a row of `SPARE_SIGNS`. */
export const METHOD_SIGNS: Readonly<Record<Arm['method'], MethodSign>> = {
  sft: { light: '#555b63', dark: '#b7bfc8', symbol: 'times' },
  eto: { light: '#7a5c00', dark: '#e3bd3a', symbol: 'wedge' },
  ipr: { light: '#8a2a8f', dark: '#e48ce8', symbol: 'cross', plain: { rollouts: 1 } },
  'fixed-size': { light: '#0b62b4', dark: '#6fb3ff', symbol: 'hexagon', plain: { rollouts: 1 } },
  uct: { light: '#0b7285', dark: '#54cfe0', symbol: 'star', plain: { rollouts: 1 } },
  rro: { light: '#b3400e', dark: '#ff9b66', symbol: 'circle', plain: { rollouts: 1 } },
  'rro-recycled': { light: '#12734a', dark: '#4fd09a', symbol: 'diamond', plain: { rollouts: 3, candidates: 3 } },
  rloo: { light: '#b0164f', dark: '#ff86ad', symbol: 'hourglass' },
  grpo: { light: '#5a3fd0', dark: '#aa9bff', symbol: 'house' },
  gigpo: { light: '#4b6b00', dark: '#a8d15c', symbol: 'arrow' },
  vineppo: { light: '#7d4a2a', dark: '#d9a27c', symbol: 'bow', plain: { rollouts: 1 } },
}

/** For methods to come: no colour and no mark of them is taken. */
export const SPARE_SIGNS: readonly MethodSign[] = [
  { light: '#a3269f', dark: '#ff9df9', symbol: 'chevron' },
  { light: '#2f4f9e', dark: '#9db8ff', symbol: 'stairs' },
]

/** Fixed-size exploration shows its k: as many corners as candidates, two as a bar. */
const CORNERS: Readonly<Record<number, SymbolName>> = {
  2: 'bar',
  3: 'triangle',
  4: 'square',
  5: 'pentagon',
  8: 'octagon',
}

/** By how an arm differs from its plain form; the first is that of the plain form itself. */
const DASHES = ['', '7 3', '2 3', '9 3 2 3', '4 2', '12 3', '2 6', '5 2 1 2 1 2'] as const

/** Values of settings that have a dash of their own, by their place. */
const COMMON: Readonly<Partial<Record<ArmSetting, readonly number[]>>> = {
  rollouts: [5, 2, 10, 1, 20, 3],
  candidates: [2, 3, 1, 5, 8, 10],
  startRollouts: [5, 20, 40, 3, 16],
  margin: [0.05, 0.1, 0.2],
}

export interface ArmSign {
  readonly light: string
  readonly dark: string
  readonly symbol: SymbolName
  /** As `stroke-dasharray`; '' is a line without gaps. */
  readonly dash: string
  /** The mark's ground is empty: not the method's plain form. */
  readonly hollow: boolean
}

/** That of its method, as style: see arm-colours.ts. */
export function armColour({ method }: Pick<Arm, 'method'>): string {
  return `var(--arm-${method})`
}

/** Of the arm alone: whatever else is in its comparison. */
export function armSign(arm: Arm): ArmSign {
  const { light, dark, symbol } = METHOD_SIGNS[arm.method]
  const own = variant(arm)
  return { light, dark, symbol: markOf(arm, symbol), dash: DASHES[own] ?? '', hollow: own > 0 }
}

function markOf(arm: Arm, usual: SymbolName): SymbolName {
  return arm.method === 'fixed-size' ? (CORNERS[Number(settingOf(arm, 'candidates'))] ?? usual) : usual
}

/** 0 for the plain form, else a place in `DASHES`. */
function variant(arm: Arm): number {
  const { method, training = {} } = arm
  const { plain = {} } = METHOD_SIGNS[method]
  let sum = 0
  for (const setting of ARM_SETTINGS) {
    const value = settingOf(arm, setting)
    const byCorners = method === 'fixed-size' && setting === 'candidates'
    if (byCorners || !reads(method, setting) || value === settingOf({ method, settings: plain }, setting)) continue
    sum += 1 + placeOf(setting, value)
  }
  for (const [name, value] of Object.entries(training)) sum += 1 + spread(`${name} ${value}`)
  return sum === 0 ? 0 : 1 + ((sum - 1) % (DASHES.length - 1))
}

function placeOf(setting: ArmSetting, value: string | number): number {
  const field: Setting = SETTINGS[setting]
  const values: readonly (string | number)[] = (field.kind === 'choice' ? field.values : COMMON[setting]) ?? []
  const place = values.indexOf(value)
  return place < 0 ? spread(`${setting} ${value}`) : place
}

/** Any words as a whole number, always the same one. */
function spread(words: string): number {
  return [...words].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7)
}
