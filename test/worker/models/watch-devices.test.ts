import { expect, test } from 'vitest'
import { watchDevices } from '../../../src/worker/models/watch-devices.ts'

test('a device that somebody else asked for is heard when it is lost, and is theirs as before', async () => {
  let lose: () => void = () => {}
  const device = {
    lost: new Promise<void>((resolve) => {
      lose = resolve
    }),
  }
  class Adapter {
    readonly own = 'limits'
    async requestDevice(wanted: string): Promise<typeof device> {
      expect([this.own, wanted]).toEqual(['limits', 'features'])
      return device
    }
  }
  let lost = 0
  watchDevices(Adapter as never, () => lost++) // its argument is of a narrower type than the class says
  expect(await new Adapter().requestDevice('features')).toBe(device)
  await Promise.resolve()
  expect(lost).toBe(0)
  lose()
  await new Promise(setImmediate)
  expect(lost).toBe(1)
})
