/**
 * Who computes a training of a small language model: WebAssembly, or WebGPU where it is faster here, which is found out by two steps of
 * this very training on both. What WebGPU computes is held to the losses that WebAssembly finds before it is trusted.
 */
import { messageOf } from '../../../core/failure.ts'
import { fetched } from '../../../core/fetched.ts'
import type { Kernel } from '../../../policies/transformer/kernel/kernel.ts'
import type { DescentState, DeviceEngine, TextEngine } from '../../../policies/transformer/text-engine.ts'
import type { TextStep } from '../../../training/texts/text-descent.ts'
import type { Computed, Computer } from '../../protocol/agents.ts'
import type { Descending, Lesson } from './lessons.ts'

type Wait = Promise<unknown>

export interface ComputingPorts {
  /** Milliseconds from any origin. */
  now(): number
  /** WebGPU with the kernel's parameters; undefined where the browser has none. What it rejects with says why it does not work. */
  readonly webgpu?: ((kernel: Kernel) => Promise<DeviceEngine>) | undefined
}

export interface Computing {
  readonly computed: Computed
  readonly engine: TextEngine<Wait>
  /** Gives back what it holds. */
  close(): void
}

/** Of a training by demonstrations or pairs that is worth a trial: fewer are over in seconds. */
const WORTH = 50_000
/** How far losses of WebGPU may be from those of WebAssembly. */
const NEAR = 1e-3

/** Of this browser. */
export const browsersWebGpu: ComputingPorts['webgpu'] =
  (globalThis.navigator as Partial<Navigator> | undefined)?.gpu === undefined
    ? undefined
    : async (kernel) => {
        const code = await fetched(() => import('../../../policies/transformer/webgpu/gpu-engine.ts'))
        if (!code.ok) throw new Error(code.failure.message)
        return code.value.GpuEngine.open(kernel)
      }

const byWasm = (kernel: Kernel, computed: Partial<Computed> = {}): Computing => ({
  ...{ computed: { ...computed, by: 'wasm' }, engine: kernel, close: () => {} },
})

/** For the record of an agent. */
export function computedWords({ by, begunBy }: Computed): string {
  const words = { wasm: 'WebAssembly', webgpu: 'WebGPU' } as const
  return begunBy === undefined ? words[by] : `${words[begunBy]}, then ${words[by]}`
}

/** What goes on with a training that WebGPU has begun, where that does not work any more. */
export function goingOnByWasm(kernel: Kernel, { computed }: Computing, thrown: unknown): Computing {
  return byWasm(kernel, { ...computed, begunBy: 'webgpu', trouble: `${sentenceOf(thrown)} WebAssembly goes on.` })
}

const sentenceOf = (thrown: unknown): string => messageOf(thrown).replace(/[^.]$/, '$&.')

/**
 * @param kernel has the parameters that the lesson begins with, also afterwards
 * @param wish of the visitor
 * @param begun who computed it until it was left
 * @param breathe lets others have their turn @returns whether to end
 * @returns undefined where it is to end
 */
export async function computing(
  { now, webgpu }: ComputingPorts,
  lesson: Pick<Lesson, 'model' | 'tokens' | 'trial'>,
  kernel: Kernel,
  { wish, begun }: { readonly wish: Computer | undefined; readonly begun: Computed | undefined },
  breathe: (share: number) => Promise<boolean>,
): Promise<Computing | undefined> {
  if ((begun?.by ?? wish) === 'wasm') return byWasm(kernel, begun)
  const wanted = begun?.by === 'webgpu' || wish === 'webgpu'
  if (!wanted && (webgpu === undefined || lesson.tokens < WORTH)) return byWasm(kernel)
  let device: DeviceEngine | undefined
  /** @param trouble that is worth to be told */
  const without = (trouble?: string, known: Partial<Computed> = {}): Computing => {
    device?.close()
    kernel.parameters.set(lesson.model.parameters)
    const told =
      trouble === undefined ? {} : { trouble: `${trouble} WebAssembly ${begun === undefined ? 'trains' : 'goes on'}.` }
    return byWasm(kernel, { ...known, ...(begun && { ...begun, begunBy: 'webgpu' as const }), ...told })
  }
  if (webgpu === undefined) return without('This browser gives pages no access to a graphics processor (WebGPU).')
  try {
    device = await webgpu(kernel)
    const { name, software } = device.opened
    const named = software ? `${name}, in software` : name
    if (software && !wanted) return without()
    const chosen: Computing = {
      computed: { by: 'webgpu', device: named },
      engine: device,
      close: device.close.bind(device),
    }
    if (begun !== undefined) return { ...chosen, computed: begun }
    const wasm = await trial(lesson, kernel, now, breathe, 0)
    const other = wasm && (await trial(lesson, device, now, breathe, 0.5))
    kernel.parameters.set(lesson.model.parameters)
    if (wasm === undefined || other === undefined) {
      device.close()
      return undefined
    }
    if (!near(wasm.losses, other.losses))
      return without('WebGPU finds other losses here than WebAssembly does.', { device: named })
    const speeds = { wasm: wasm.speed, webgpu: other.speed }
    if (!wanted && speeds.webgpu <= speeds.wasm) return without(undefined, { device: named, speeds })
    return { ...chosen, computed: { ...chosen.computed, speeds } }
  } catch (thrown) {
    return without(wanted ? sentenceOf(thrown) : undefined)
  }
}

/** Also false where one is no number. */
function near(losses: readonly number[], others: readonly number[]): boolean {
  return losses.every((loss, i) => Math.abs(loss - (others[i] ?? Number.NaN)) <= NEAR * Math.max(1, Math.abs(loss)))
}

interface Tried {
  readonly losses: readonly number[]
  /** Tokens a second of the second step, with what comes of it. */
  readonly speed: number
}

/** Two steps; the engine is as before after them. */
async function trial(
  { trial, model }: Pick<Lesson, 'trial' | 'model'>,
  engine: TextEngine<Wait>,
  now: () => number,
  breathe: (share: number) => Promise<boolean>,
  share: number,
): Promise<Tried | undefined> {
  const losses: number[] = []
  let [since, speed] = [0, 0]
  const ended = await descend(trial, engine, undefined, {
    async learnt({ loss, tokens }) {
      losses.push(loss)
      const atMs = now()
      speed = (1000 * tokens) / Math.max(atMs - since, 1e-3)
      since = atMs
    },
    breathe: (part) => breathe(share + part / 2),
  })
  const zeros = (): Float32Array => new Float32Array(model.parameters.length)
  engine.begin({ step: 0, parameters: model.parameters, moments: [zeros(), zeros()] })
  return ended ? undefined : { losses, speed }
}

/**
 * A descent by an engine, one that lets one wait included.
 * @returns whether it was ended. Rejects where the engine does
 */
export async function descend(
  descent: Descending,
  engine: TextEngine<Wait>,
  from: DescentState | undefined,
  {
    learnt,
    breathe,
  }: {
    learnt(step: TextStep, state: DescentState): Promise<void>
    /** @param share that is done @returns whether to end: between two steps, it can be gone on with from the last one */
    breathe(share: number): Promise<boolean>
  },
): Promise<boolean> {
  let share = 0
  for (const step of descent(engine, from)) {
    if (step instanceof Promise) {
      await step
      continue
    }
    if (step !== undefined) {
      share = step.share
      await learnt(step, await come(engine.leaving(step.step)))
    }
    if (await breathe(share)) return true
  }
  return false
}

async function come<T>(work: Generator<Wait, T, void>): Promise<T> {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
    await value
  }
}
