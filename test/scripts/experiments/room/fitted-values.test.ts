import { expect, test } from 'vitest'
import { stream } from '../../../../src/core/random.ts'
import { fittedValues, risesAhead, solved } from '../../../../src/scripts/experiments/room/fitted-values.ts'

const random = stream(11)
const vector = (...values: number[]): Float64Array => Float64Array.from(values)

test('what is solved solves', () => {
  const width = 6
  const root = Float64Array.from({ length: width * width }, () => random.next() - 0.5)
  const cell = (i: number, j: number): number => {
    let sum = i === j ? 1 : 0
    for (let k = 0; k < width; k++) sum += (root[i * width + k] as number) * (root[j * width + k] as number)
    return sum
  }
  const matrix = Float64Array.from({ length: width * width }, (_, at) => cell(Math.floor(at / width), at % width))
  const right = Float64Array.from({ length: width }, () => random.next())
  const x = solved(matrix.slice(), right)
  for (let i = 0; i < width; i++) {
    const row = matrix.subarray(i * width, (i + 1) * width)
    expect(row.reduce((sum, a, j) => sum + a * (x[j] as number), 0)).toBeCloseTo(right[i] as number, 12)
  }
})

test('one feature: the ridge estimate in closed form, the older examples counting less', () => {
  const values = fittedValues(1, { ridge: 2, forget: 0.5 })
  expect(values.at(vector(1))).toBeUndefined()
  values.learn([
    { features: vector(1), outcome: 3 },
    { features: vector(2), outcome: 5 },
  ])
  expect(values.at(vector(1))).toBeCloseTo((3 + 10) / (5 + 2), 12)
  values.learn([{ features: vector(3), outcome: 1 }])
  expect(values.at(vector(2))).toBeCloseTo((2 * (0.5 * 13 + 3)) / (0.5 * 5 + 9 + 2), 12)
})

test('values that are linear in the features are found', () => {
  const truth = [0.3, -0.2, 0.5]
  const value = (features: Float64Array): number => features.reduce((sum, x, k) => sum + x * (truth[k] as number), 0)
  const examples = Array.from({ length: 200 }, () => {
    const features = vector(1, random.next(), random.next())
    return { features, outcome: value(features) }
  })
  const values = fittedValues(3, { ridge: 1e-9, forget: 1 })
  values.learn(examples)
  expect(values.at(vector(1, 0.25, 0.75))).toBeCloseTo(value(vector(1, 0.25, 0.75)), 6)
})

test('rises ahead: with lambda 0 the step’s own, with 1 all that is left to come, between them the sum by its definition', () => {
  const values = [0.4, 0.1, 0.7, 0.6, 1]
  const rises = values.slice(1).map((value, step) => value - (values[step] as number))
  risesAhead(values, 0).forEach((rise, step) => {
    expect(rise).toBeCloseTo(rises[step] as number, 12)
  })
  risesAhead(values, 1).forEach((rise, step) => {
    expect(rise).toBeCloseTo(1 - (values[step] as number), 12)
  })
  risesAhead(values, 0.7).forEach((ahead, step) => {
    const sum = rises.slice(step).reduce((all, rise, further) => all + 0.7 ** further * rise, 0)
    expect(ahead).toBeCloseTo(sum, 12)
  })
  expect(risesAhead([0.5], 0.7)).toEqual([])
})
