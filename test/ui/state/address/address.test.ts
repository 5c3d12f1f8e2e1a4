import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../../../src/core/settings/parse-config.ts'
import { DEFAULT_CONFIG, SETTING_NAMES, SETTINGS, type Setting } from '../../../../src/core/settings/settings.ts'
import { formatAddress, formatSettings, withFrame } from '../../../../src/ui/state/address/format.ts'
import { parseAddress } from '../../../../src/ui/state/address/parse.ts'
import { CONTROLS, type PageAddress, type Spot, WHOLE_PAGE } from '../../../../src/ui/state/address/table.ts'
import { SPEEDS } from '../../../../src/ui/state/playhead.ts'

/** Any value that a setting may have. */
function anyOf(setting: Setting): fc.Arbitrary<string | number> {
  switch (setting.kind) {
    case 'choice':
      return fc.constantFrom(...setting.values, ...(setting.imported ?? []))
    case 'text':
      return fc.string({ maxLength: Math.min(setting.most, 30) })
    case 'integer':
      return fc.integer({ min: setting.least, max: setting.most })
    case 'number':
      // An address has no negative zero.
      return fc.double({ min: setting.least, max: setting.most, noNaN: true }).map((value) => value + 0)
  }
}

const config = fc
  .record(Object.fromEntries(SETTING_NAMES.map((name) => [name, anyOf(SETTINGS[name])])))
  .map((some) => parseConfig(some).config)

const spot: fc.Arbitrary<Spot> = fc.record(
  {
    task: fc.integer({ min: 1, max: 100_000 }),
    event: fc.integer({ min: 1, max: 1_000_000 }),
    at: fc.oneof(
      fc.constant({ step: 0, candidate: 0 }),
      fc.record({ step: fc.integer({ min: 1, max: 30 }), candidate: fc.integer({ min: 1, max: 99 }) }),
    ),
  },
  { requiredKeys: [] },
)

const frame = fc.record({
  hide: fc.subarray([...CONTROLS]),
  embed: fc.boolean(),
  present: fc.boolean(),
})

const address: fc.Arbitrary<PageAddress> = fc.oneof(
  fc.record({
    ...{ workspace: fc.constant('explore' as const), config, spot, frame },
    data: fc.constantFrom('', 'c33b87d1310111c9'),
    textual: fc.boolean(),
    speed: fc.constantFrom(...SPEEDS),
    chapter: fc.constant(''),
  }),
  fc.record({
    ...{ workspace: fc.constantFrom('compare' as const), config: fc.constant(DEFAULT_CONFIG), frame },
    ...{ spot: fc.constant({}), data: fc.constant(''), textual: fc.constant(false), speed: fc.constant(1 as const) },
    chapter: fc.constant(''),
  }),
  fc.record({
    ...{ workspace: fc.constantFrom('learn' as const), config: fc.constant(DEFAULT_CONFIG), frame },
    ...{ spot: fc.constant({}), data: fc.constant(''), textual: fc.constant(false), speed: fc.constant(1 as const) },
    chapter: fc.string({ maxLength: 60 }),
  }),
)

test('every address comes back as it went, without a word of correction', () => {
  fc.assert(
    fc.property(address, (given) => {
      const { meansRun, corrections, ...back } = parseAddress(formatAddress(given))
      expect(corrections).toEqual([])
      expect(back).toEqual(given)
      const { environment: _, ...others } = given.config
      const named = Object.entries(others).some(
        ([name, value]) => value !== Object.entries(DEFAULT_CONFIG).find(([key]) => key === name)?.[1],
      )
      expect(meansRun).toBe(named || given.data !== '' || Object.keys(given.spot).length > 0)
    }),
  )
})

test('what is not the default stands there by name, and nothing else', () => {
  expect(formatAddress({ config: DEFAULT_CONFIG })).toBe('')
  expect(formatSettings({ ...DEFAULT_CONFIG, seed: 12, rollouts: 3 })).toBe('#seed=12&rollouts=3')
  const spot = { task: 2, event: 9, at: { step: 1, candidate: 2 } }
  expect(formatAddress({ config: { ...DEFAULT_CONFIG, seed: 12 }, spot, textual: true, speed: 4 })).toBe(
    '#seed=12&task=2&event=9&at=1.2&view=text&speed=4',
  )
})

test('the example is meant where nothing but its environment is named', () => {
  for (const hash of ['', '#', '#explore', '#environment=intercode-sql', '#view=text&speed=2&hide=runs&embed=1'])
    expect([hash, parseAddress(hash).meansRun]).toEqual([hash, false])
  for (const hash of ['#seed=3', '#task=2', '#event=4', '#at=1.1', '#seed=7'])
    expect([hash, parseAddress(hash).meansRun]).toEqual([hash, true])
})

describe('what is not as it should be', () => {
  test.each([
    ['#rollouts=900', 'Rollouts m: "900" is above the largest value 64. Using 64.'],
    ['#colour=red', 'There is no setting called "colour"; it was ignored.'],
    ['#chapter=rule', 'There is no setting called "chapter"; it was ignored.'],
    ['#task=0', 'Task: "0" is below the least value 1. Using 1.'],
    ['#task=two', 'Task: "two" is not a number. Using 1.'],
    ['#event=1.5', 'Event: "1.5" is not a whole number. Using 2.'],
    ['#at=first', 'Candidate: "first" is not a step and a candidate, as in 2.1. Showing what the event is about.'],
    ['#at=0.3', 'Candidate: "0.3" is not a step and a candidate, as in 2.1. Showing what the event is about.'],
    ['#view=tree', 'View: "tree" is none of cards, text. Using cards.'],
    ['#speed=3', 'Speed: "3" is none of 0.5, 1, 2, 4, 8, 16. Using 1.'],
    ['#embed=yes', 'Embed: "yes" is none of 0, 1. Using 0.'],
  ])('%s is said', (hash, sentence) => {
    expect(parseAddress(hash).corrections.map(({ message }) => message)).toEqual([sentence])
  })

  test('names that cannot be hidden are said, the others are hidden', () => {
    const { frame, corrections } = parseAddress('#hide=runs,everything,act,<b>')
    expect(frame.hide).toEqual(['runs', 'act'])
    expect(corrections.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Hide: there is nothing called "everything", "<b>" to hide\. These can be: learn, /),
    ])
  })

  test('of any kind never throws, and gives an address that comes back', () => {
    const hash = fc.oneof(
      fc.string(),
      fc
        .array(fc.tuple(fc.constantFrom('task', 'at', 'hide', '__proto__', 'seed', 'embed'), fc.string()))
        .map((words) => words.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')),
    )
    fc.assert(
      fc.property(hash, (words) => {
        const { corrections: _, meansRun: __, ...read } = parseAddress(`#${words}`)
        const { corrections, meansRun, ...again } = parseAddress(formatAddress(read))
        expect(corrections).toEqual([])
        expect(again).toEqual(read)
      }),
    )
  })
})

test('an address of another part keeps as much of the page', () => {
  const frame = { hide: ['runs', 'act'], embed: true, present: false } as const
  expect(withFrame('#compare&start=weak', frame)).toBe('#compare&start=weak&hide=runs,act&embed=1')
  expect(withFrame('', frame)).toBe('#hide=runs,act&embed=1')
  expect(withFrame('#seed=3', WHOLE_PAGE)).toBe('#seed=3')
  expect(parseAddress(withFrame('#compare&start=weak', frame)).frame).toEqual(frame)
})
