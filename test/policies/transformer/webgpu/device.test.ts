/** What is said where there is no graphics processor, where it does not start, and where it gives out; by stand-ins for the browser's. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openDevice, watch } from '../../../../src/policies/transformer/webgpu/device.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A browser whose `requestAdapter` gives this. */
function browser(adapter: object | null): void {
  vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => adapter } })
}

const limits = { maxBufferSize: 2 ** 28, maxStorageBufferBindingSize: 2 ** 32 }
const card = { info: { vendor: 'a maker', architecture: 'x1', description: '', isFallbackAdapter: false }, limits }

describe('opened', () => {
  test('says what the browser tells of it, and asks for as much memory as there is, up to a gigabyte', async () => {
    const requestDevice = vi.fn(async (_: GPUDeviceDescriptor) => 'the device')
    browser({ ...card, requestDevice })
    expect(await openDevice()).toEqual({ device: 'the device', name: 'a maker, x1', software: false })
    const requiredLimits = { maxBufferSize: 2 ** 28, maxStorageBufferBindingSize: 2 ** 30 }
    expect(requestDevice).toHaveBeenCalledExactlyOnceWith({ requiredLimits })
  })

  test.each([
    ['where newer browsers say so', { info: { ...card.info, isFallbackAdapter: true } }, 'a maker, x1'],
    [
      'where older ones do',
      { info: { vendor: '', architecture: '' }, isFallbackAdapter: true },
      'a graphics processor',
    ],
    ['where nothing else is told', { info: undefined, isFallbackAdapter: true }, 'a graphics processor'],
  ])('is known as software %s', async (_, told, name) => {
    browser({ ...card, ...told, requestDevice: async () => ({}) })
    expect(await openDevice()).toMatchObject({ software: true, name })
  })

  test('says in a sentence why not', async () => {
    vi.stubGlobal('navigator', {})
    await expect(openDevice()).rejects.toThrow('This browser gives pages no access to a graphics processor (WebGPU).')
    browser(null)
    await expect(openDevice()).rejects.toThrow('The browser offers no graphics processor (WebGPU) on this computer.')
    vi.useFakeTimers()
    vi.stubGlobal('navigator', { gpu: { requestAdapter: () => new Promise(() => {}) } })
    const silent = expect(openDevice()).rejects.toThrow('The graphics processor has not answered for a minute.')
    await vi.advanceTimersByTimeAsync(60_000)
    await silent
    expect(vi.getTimerCount()).toBe(0)
    browser({ ...card, requestDevice: () => Promise.reject(new Error('too busy')) })
    await expect(openDevice()).rejects.toThrow('WebGPU could not be started (too busy).')
  })
})

describe('watched', () => {
  /** A device that can be lost, and complain. */
  function device() {
    let lose: (info: { message: string; reason: string }) => void = () => {}
    const lost = new Promise((resolve) => {
      lose = resolve
    })
    const events = new EventTarget()
    const made = Object.assign(events, { lost, queue: { onSubmittedWorkDone: () => Promise.resolve() } })
    const complain = (message: string): void => {
      events.dispatchEvent(Object.assign(new Event('uncapturederror'), { error: { message } }))
    }
    return { watched: watch(made as unknown as GPUDevice), lose, complain }
  }

  test('gives what was waited for, as long as nothing is the matter', async () => {
    expect(await device().watched.until(Promise.resolve(7))).toBe(7)
  })

  test('ends a wait that would have no end when the device is lost, and every later one', async () => {
    const { watched, lose } = device()
    const wait = watched.until(new Promise(() => {}))
    lose({ message: 'the driver began anew', reason: 'unknown' })
    await expect(wait).rejects.toThrow('The graphics processor was lost (the driver began anew).')
    await expect(watched.until(new Promise(() => {}))).rejects.toThrow('was lost')
  })

  test('ends a wait for a device that has fallen silent', async () => {
    vi.useFakeTimers()
    const { watched } = device()
    const wait = expect(watched.until(new Promise(() => {}))).rejects.toThrow(
      'The graphics processor has not answered for a minute.',
    )
    await vi.advanceTimersByTimeAsync(60_000)
    await wait
    expect(await watched.until(Promise.resolve(7))).toBe(7)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('says that the device was lost where a wait fails by it', async () => {
    const { watched, lose } = device()
    lose({ message: '', reason: 'destroyed' })
    await expect(watched.until(Promise.reject(new Error('unmapped')))).rejects.toThrow(
      'The graphics processor was lost (destroyed).',
    )
  })

  test('trusts nothing after a complaint', async () => {
    const { watched, complain } = device()
    complain('Out of memory.')
    await expect(watched.until(Promise.resolve(7))).rejects.toThrow('The graphics processor failed (Out of memory.).')
    await expect(device().watched.until(Promise.reject(new Error('no map')))).rejects.toThrow(
      'The graphics processor failed (no map).',
    )
  })
})
