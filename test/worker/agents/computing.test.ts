/** Who computes a training: chosen by two steps on both, held to the same losses, and gone on with where a device is lost. */
import { beforeAll, describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import { Kernel } from '../../../src/policies/transformer/kernel/kernel.ts'
import type { DescentState, DeviceEngine } from '../../../src/policies/transformer/text-engine.ts'
import { createMemoryStore } from '../../../src/store/memory-store.ts'
import { unfinishedTraining } from '../../../src/worker/agents/language/checkpoint.ts'
import { computing } from '../../../src/worker/agents/language/computing.ts'
import type { LanguageRequest } from '../../../src/worker/agents/language/train-language.ts'
import type { Computed, Computer, TrainedAgent } from '../../../src/worker/protocol/agents.ts'
import { taught } from './teaching.ts'

/** A device that is a kernel of its own, behind promises. */
class Device implements DeviceEngine {
  readonly config
  readonly opened
  closed = false
  /** Texts that it judges before it is lost. */
  lives = Number.POSITIVE_INFINITY
  /** States that can be read of it before one has a number that is none. */
  sound = Number.POSITIVE_INFINITY
  readonly #own: Kernel
  readonly #seen: Kernel

  constructor(own: Kernel, seen: Kernel, software = false) {
    ;[this.#own, this.#seen] = [own, seen]
    this.config = own.config
    this.opened = { name: 'a card', software }
  }

  static async of(kernel: Kernel): Promise<Device> {
    const own = await Kernel.open(kernel.config)
    own.parameters.set(kernel.parameters)
    return new Device(own, kernel)
  }

  begin(from?: DescentState): void {
    this.#own.begin(from)
  }

  *judging(...given: Parameters<Kernel['logProbabilities']>) {
    yield this.lives-- > 0 ? Promise.resolve() : Promise.reject(new Error('The graphics processor was lost (gone)'))
    return this.#own.logProbabilities(...given)
  }

  addGradient(...given: Parameters<Kernel['addGradient']>): void {
    this.#own.addGradient(...given)
  }

  step(...given: Parameters<Kernel['step']>): void {
    this.#own.step(...given)
  }

  *leaving(step: number) {
    yield Promise.resolve()
    if (this.sound-- <= 0) this.#own.parameters[7] = Number.NaN
    this.#seen.parameters.set(this.#own.parameters)
    return yield* this.#own.leaving(step)
  }

  close(): void {
    this.closed = true
  }
}

describe('chosen', () => {
  interface Case {
    readonly wish?: Computer
    readonly begun?: Computed
    readonly tokens?: number
    readonly software?: boolean
    /** Milliseconds of a step by WebGPU; by WASM it takes 10. */
    readonly ms?: number
    /** Losses of WebGPU; by WASM they are 2 and 1. */
    readonly losses?: readonly number[]
    readonly opens?: () => never
    readonly none?: boolean
    readonly ended?: boolean
  }

  async function chosen(given: Case) {
    const { wish, begun, tokens = 100_000, software = false, ms = 5, losses = [2, 1], opens, none, ended } = given
    let time = 0
    let tried = 0
    const state = { parameters: new Float32Array(1), moments: [new Float32Array(1), new Float32Array(1)] }
    // biome-ignore lint/correctness/useYield: it answers at once
    const leaving = function* (step: number) {
      return { step, ...state }
    }
    const kernel = { begin() {}, leaving, parameters: new Float32Array(1) } as unknown as Kernel
    const device = Object.assign(new Device(kernel, kernel, software), { begin() {}, leaving })
    const trial = function* (engine: unknown) {
      tried++
      for (const step of [1, 2]) {
        time += engine === kernel ? 10 : ms
        const loss = engine === kernel ? 3 - step : (losses[step - 1] as number)
        yield { share: step / 2, step, steps: 2, loss, accuracy: 0, tokens: 300 }
      }
    }
    const lesson = { tokens, trial, model: { parameters: new Float32Array(1) } } as unknown as Parameters<
      typeof computing
    >[1]
    const webgpu = async (): Promise<DeviceEngine> => opens?.() ?? device
    const ports = { now: () => time, webgpu: none === true ? undefined : webgpu }
    const found = await computing(ports, lesson, kernel, { wish, begun }, async () => ended === true)
    return { computed: found?.computed, onDevice: found?.engine === device, closed: device.closed, tried }
  }

  const speeds = { wasm: 30_000, webgpu: 60_000 }

  test('is WebGPU where it is faster, and both speeds are told', async () => {
    const found = await chosen({})
    expect(found).toEqual({
      computed: { by: 'webgpu', device: 'a card', speeds },
      onDevice: true,
      closed: false,
      tried: 2,
    })
  })

  test.each([
    [
      'where it is slower',
      { ms: 11 },
      { by: 'wasm', device: 'a card', speeds: { wasm: 30_000, webgpu: 300_000 / 11 } },
    ],
    ['where it is as fast', { ms: 10 }, { by: 'wasm', device: 'a card', speeds: { wasm: 30_000, webgpu: 30_000 } }],
    ['where WebGPU is software', { software: true }, { by: 'wasm' }],
    ['where the training is over in seconds', { tokens: 49_999 }, { by: 'wasm' }],
    ['where there is no WebGPU', { none: true }, { by: 'wasm' }],
    ['where it is wished', { wish: 'wasm' }, { by: 'wasm' }],
    ['where it has begun', { begun: { by: 'wasm', speeds } }, { by: 'wasm', speeds }],
    [
      'where WebGPU finds other losses',
      { losses: [2, 1.01] },
      {
        by: 'wasm',
        device: 'a card',
        trouble: 'WebGPU finds other losses here than WebAssembly does. WebAssembly trains.',
      },
    ],
    [
      'where WebGPU finds none, also when it is wished',
      { wish: 'webgpu', losses: [2, Number.NaN] },
      {
        by: 'wasm',
        device: 'a card',
        trouble: 'WebGPU finds other losses here than WebAssembly does. WebAssembly trains.',
      },
    ],
  ] as const satisfies readonly (readonly [string, Case, Computed])[])(
    'is WebAssembly %s',
    async (_, given, computed) => {
      const found = await chosen(given)
      expect(found.computed).toEqual(computed)
      expect(found.onDevice).toBe(false)
    },
  )

  test('is WebGPU that is slow, or software, where it is wished; it is held to the losses all the same', async () => {
    const found = await chosen({ wish: 'webgpu', ms: 100, software: true, tokens: 10 })
    expect(found).toMatchObject({ computed: { by: 'webgpu', speeds: { webgpu: 3_000 } }, onDevice: true, tried: 2 })
  })

  test('says why it is not WebGPU where it is wished, and goes on by WebAssembly what WebGPU began', async () => {
    const opens = (): never => {
      throw new Error('The browser offers no graphics processor')
    }
    expect((await chosen({ opens })).computed).toEqual({ by: 'wasm' })
    expect((await chosen({ opens, wish: 'webgpu' })).computed).toEqual({
      ...{ by: 'wasm', trouble: 'The browser offers no graphics processor. WebAssembly trains.' },
    })
    const begun = { by: 'webgpu', device: 'a card', speeds } as const
    expect(await chosen({ begun, tokens: 10 })).toMatchObject({ computed: begun, onDevice: true, tried: 0 })
    expect((await chosen({ begun, opens })).computed).toEqual({
      ...{ by: 'wasm', begunBy: 'webgpu', device: 'a card', speeds },
      trouble: 'The browser offers no graphics processor. WebAssembly goes on.',
    })
  })

  test('is nobody where it ends meanwhile, and the device is given back', async () => {
    expect(await chosen({ ended: true })).toMatchObject({ computed: undefined, closed: true, tried: 1 })
  })
})

describe('a training on a device', () => {
  /** Two steps: of twelve texts, and of one. */
  const request = (by: Computer): LanguageRequest => ({
    ...{ environment: 'webshop', name: 'Taught', by },
    language: { from: { model: 'tiny' }, demonstrations: 13, epochs: 1 },
  })

  let wasm: TrainedAgent
  beforeAll(async () => {
    wasm = unwrap(await taught(request('wasm'), { dev: 1 }))
  })

  test('comes to what it comes to by WebAssembly, paused or not, and says who computed it', async () => {
    expect(wasm.agent.trained.computedBy).toBe('WebAssembly')
    const devices: Device[] = []
    const webgpu = async (kernel: Kernel): Promise<Device> => {
      const device = await Device.of(kernel)
      devices.push(device)
      return device
    }
    const whole = unwrap(await taught(request('webgpu'), { dev: 1, webgpu }))
    expect(whole.agent).toMatchObject({ model: wasm.agent.model, trained: { computedBy: 'WebGPU' } })
    expect(whole.learning).toMatchObject({ losses: wasm.learning?.losses, computed: { by: 'webgpu' } })
    const store = createMemoryStore()
    let answer = await taught(request('webgpu'), {
      ...{ store, dev: 1, webgpu },
      breathed: (count) => (count === 80 ? 'pause' : undefined),
    })
    expect(answer).toMatchObject({ ok: false, failure: { code: 'training-paused' } })
    expect(unwrap(await unfinishedTraining(store))).toMatchObject({
      ...{ phase: 'fitting', learning: { computed: { by: 'webgpu', device: 'a card' } } },
    })
    answer = await taught(request('webgpu'), { store, dev: 1, webgpu }, true)
    expect(unwrap(answer).agent.model).toBe(wasm.agent.model)
    expect(devices.map(({ closed }) => closed)).toEqual([true, true, true])
  })

  test('that is lost goes on by WebAssembly from the last whole step, and says so', async () => {
    // The trial judges twice 12 texts; then it is lost in the first step, and in the second.
    for (const lives of [24 + 5, 24 + 12]) {
      const webgpu = async (kernel: Kernel) => Object.assign(await Device.of(kernel), { lives })
      const { agent, learning } = unwrap(await taught(request('webgpu'), { dev: 1, webgpu }))
      expect(agent).toMatchObject({ model: wasm.agent.model, trained: { computedBy: 'WebGPU, then WebAssembly' } })
      expect(learning?.losses).toEqual(wasm.learning?.losses)
      expect(learning?.computed).toMatchObject({
        ...{ by: 'wasm', begunBy: 'webgpu' },
        trouble: 'The graphics processor was lost (gone). WebAssembly goes on.',
      })
    }
  })

  test.each([0, 1])(
    'that finds no numbers after %i steps is not gone on from: WebAssembly has the last whole one',
    async (steps) => {
      // Two steps are tried.
      const webgpu = async (kernel: Kernel) => Object.assign(await Device.of(kernel), { sound: 2 + steps })
      const { agent, learning } = unwrap(await taught(request('webgpu'), { dev: 1, webgpu }))
      expect(agent).toMatchObject({ model: wasm.agent.model, trained: { computedBy: 'WebGPU, then WebAssembly' } })
      expect(learning?.losses).toEqual(wasm.learning?.losses)
      expect(learning?.computed?.trouble).toBe('WebGPU finds no numbers any more. WebAssembly goes on.')
    },
  )
})
