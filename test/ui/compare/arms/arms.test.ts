import { describe, expect, test } from 'vitest'
import { formatArm } from '../../../../src/core/comparison/arm-address.ts'
import type { Arm } from '../../../../src/core/comparison/comparison.ts'
import { parseComparison } from '../../../../src/core/comparison/comparison-address.ts'
import {
  DEFAULT_ARMS,
  GRADIENT_ARMS,
  ONE_ROLLOUT_ARMS,
  STRONGEST_ARMS,
} from '../../../../src/core/comparison/default-comparison.ts'
import { armSign, METHOD_SIGNS, SPARE_SIGNS } from '../../../../src/ui/compare/arms/arm-signs.ts'
import { armLabels, armNames, ownSettings } from '../../../../src/ui/compare/arms/arm-words.ts'
import { plotSymbol, symbolPath } from '../../../../src/ui/compare/arms/symbols.ts'
import { ABLATED_METHODS, ablate, ablationsOf } from '../../../../src/ui/compare/setup/presets.ts'

/** Relative luminance of WCAG 2.2. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const signText = (arm: Arm): string => Object.values(armSign(arm)).join(' ')

describe('signs', () => {
  const rows = [...Object.values(METHOD_SIGNS), ...SPARE_SIGNS]
  test('no two methods share colour or mark, nor does one that is still to come', () => {
    for (const part of ['light', 'dark', 'symbol'] as const)
      expect(new Set(rows.map((row) => row[part])).size).toBe(rows.length)
  })
  test('an arm has one colour, that of its method, and its sign hangs on nothing but itself', () => {
    for (const arm of [...DEFAULT_ARMS, ...STRONGEST_ARMS, ...ONE_ROLLOUT_ARMS]) {
      expect(armSign(arm).light).toBe(METHOD_SIGNS[arm.method].light)
      expect(armSign({ ...arm, settings: { ...arm.settings } })).toEqual(armSign(arm))
    }
  })
  test.each([
    ['the strongest', STRONGEST_ARMS],
    ['the published', DEFAULT_ARMS],
    ['both together', [...new Map([...STRONGEST_ARMS, ...DEFAULT_ARMS].map((arm) => [formatArm(arm), arm])).values()]],
    ['those of one rollout', ONE_ROLLOUT_ARMS],
    ...ABLATED_METHODS.flatMap((method) =>
      ablationsOf(method).map((ablation) => [`${method} by ${ablation.label}`, ablate(method, ablation)] as const),
    ),
  ] as const)('of %s no two arms look alike', (_, arms) => {
    expect(new Set(arms.map(signText)).size).toBe(arms.length)
  })
  test('a plain method is a solid line with a full mark; the published m = 5 is not', () => {
    for (const arm of STRONGEST_ARMS) expect(armSign(arm)).toMatchObject({ dash: '', hollow: false })
    expect(armSign({ method: 'rro', settings: {} }).hollow).toBe(true)
    expect(armSign({ method: 'rro', settings: {} }).dash).not.toBe('')
    expect(armSign({ method: 'rro', settings: { rollouts: 1 }, training: { beta: 0.5 } }).hollow).toBe(true)
  })
  test('every colour stands out from its ground', () => {
    for (const { light, dark } of rows) {
      expect(contrast(light, '#f3f4f5')).toBeGreaterThan(4.5)
      expect(contrast(dark, '#1b1f24')).toBeGreaterThan(4.5)
    }
  })
  test('a symbol is the same in lists and in pictures', () => {
    const corners: string[] = []
    const pen = {
      moveTo: (x: number, y: number) => corners.push(`M${x.toFixed(2)},${y.toFixed(2)}`),
      lineTo: (x: number, y: number) => corners.push(`L${x.toFixed(2)},${y.toFixed(2)}`),
      closePath: () => corners.push('Z'),
    }
    plotSymbol('star').draw(pen, Math.PI * 25)
    expect(corners.join('')).toBe(symbolPath('star', 5))
  })
})

describe('names', () => {
  test('those of the default arms are short and all different', () => {
    const names = armNames(DEFAULT_ARMS)
    expect(names).toContain('Fixed-size, k 2')
    expect(names).toContain('RRO (paper)')
    expect(new Set(names).size).toBe(DEFAULT_ARMS.length)
  })
  test('those of the strongest baselines say that they have one rollout, which is not usual; ours is as usual', () => {
    expect(armNames(ONE_ROLLOUT_ARMS)).toEqual([
      'IPR, m 1',
      'Fixed-size, m 1, k 2',
      'Fixed-size, m 1, k 3',
      'Fixed-size, m 1, k 5',
      'Tree search (UCT), m 1, K 5',
      'Tree search (UCT), m 2, K 3',
      'RRO (paper), m 1',
      'Recycled RRO (ours)',
    ])
    expect(armNames([{ method: 'rro', settings: {}, training: { beta: 0.5 } }])).toEqual(['RRO (paper), DPO beta 0.5'])
  })
  test('what differs between arms of a method is said of each', () => {
    expect(
      armNames([
        { method: 'rro', settings: {} },
        { method: 'rro', settings: { riseRule: '>', rollouts: 3 } },
        { method: 'rro', settings: {}, training: { beta: 0.5 } },
      ]),
    ).toEqual(['RRO (paper), m 5, rule ≥', 'RRO (paper), m 3, rule >', 'RRO (paper), m 5, rule ≥, DPO beta 0.5'])
  })
  test('labels at the ends of lines are shorter, and tell arms of a method apart', () => {
    expect(armLabels(STRONGEST_ARMS)).toEqual([
      'SFT',
      'ETO',
      'IPR',
      'Fixed k 2',
      'Fixed k 3',
      'Fixed k 5',
      'UCT',
      'RRO',
      'Ours',
    ])
    expect(
      armLabels([
        { method: 'rro', settings: {} },
        { method: 'rro', settings: { rollouts: 1 } },
      ]),
    ).toEqual(['RRO m 5', 'RRO m 1'])
  })
  test('policy gradients have names of their own, and say what is not as usual', () => {
    expect(armNames(GRADIENT_ARMS)).toEqual(['RLOO', 'GRPO', 'GiGPO', 'VinePPO, m 1'])
    const arms =
      'rloo:startRollouts=4:learningRate=0.5;grpo:normalise=0;gigpo:stateWeight=2:discount=0.9;vineppo:clip=0.1'
    expect(armNames(parseComparison({ arms }).comparison.arms)).toEqual([
      'RLOO, G 4, Learning rate 0.5',
      'GRPO, Normalise (1 or 0) 0',
      'GiGPO, State weight 2, Discount 0.9',
      'VinePPO, Clip 0.1',
    ])
  })
  test('a loss of its own is said', () => {
    const { comparison, corrections } = parseComparison({ arms: 'rro:loss=ipo;rro:loss=kto;rro', loss: 'kto' })
    expect(corrections).toEqual([])
    expect(armNames(comparison.arms)).toEqual(['RRO (paper), IPO', 'RRO (paper), KTO', 'RRO (paper)'])
    expect(comparison.training.loss).toBe('kto')
    const wrong = parseComparison({ arms: 'rro:loss=ppo;grpo:loss=dpo;rloo:epochs=3', loss: 'ppo' })
    expect(wrong.corrections).toHaveLength(4)
    expect(wrong.comparison.arms.map(formatArm)).toEqual(['rro', 'grpo', 'rloo'])
  })
  test('settings that a method does not read are not said', () => {
    expect(ownSettings({ method: 'eto', settings: { rollouts: 3 } })).toBe('')
    expect(ownSettings({ method: 'uct', settings: { candidates: 3, uctConstant: 1 } })).toBe('K 3, c 1')
  })
})

test('every ablation gives arms of its method that differ in one setting and in name', () => {
  for (const method of ABLATED_METHODS) {
    expect(ablationsOf(method).length).toBeGreaterThan(3)
    for (const ablation of ablationsOf(method)) {
      const arms = ablate(method, ablation)
      expect(new Set(arms.map(formatArm)).size).toBe(ablation.values.length)
      expect(new Set(armNames(arms)).size).toBe(ablation.values.length)
    }
  }
})
