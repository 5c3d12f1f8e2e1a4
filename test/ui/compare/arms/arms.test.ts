import { describe, expect, test } from 'vitest'
import { formatArm } from '../../../../src/core/comparison/arm-address.ts'
import { MOST_ARMS } from '../../../../src/core/comparison/comparison-numbers.ts'
import { DEFAULT_ARMS, ONE_ROLLOUT_ARMS } from '../../../../src/core/comparison/default-comparison.ts'
import { armSign, plotSymbol, symbolPath } from '../../../../src/ui/compare/arms/arm-signs.ts'
import { armNames, ownSettings } from '../../../../src/ui/compare/arms/arm-words.ts'
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

describe('signs', () => {
  const signs = Array.from({ length: MOST_ARMS }, (_, arm) => armSign(arm))
  test('no two arms share symbol and colour, nor symbol and dash', () => {
    expect(new Set(signs.map(({ symbol, light }) => symbol + light)).size).toBe(MOST_ARMS)
    expect(new Set(signs.map(({ symbol, dash }) => symbol + dash)).size).toBe(MOST_ARMS)
  })
  test('neighbours differ in colour, symbol and dash', () => {
    signs.slice(1).forEach((sign, place) => {
      const before = signs[place]
      expect(sign.light).not.toBe(before?.light)
      expect(sign.symbol).not.toBe(before?.symbol)
      expect(sign.dash).not.toBe(before?.dash)
    })
  })
  test('every colour stands out from its ground', () => {
    for (const { light, dark } of signs) {
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
