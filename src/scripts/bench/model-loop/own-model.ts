/** Our own small language model at work: the time in its kernel and of everything else, and the tokens that it reads. */
import { unwrap } from '../../../core/failure.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../../core/settings/settings.ts'
import { diskLoader } from '../../../node/disk-loader.ts'
import type { Reader, Speaker } from '../../../policies/transformer/reader.ts'
import { shippedSource } from '../../../worker/worlds/world-source.ts'
import { rounded } from '../measure.ts'
import { explored } from './said.ts'

export async function openOwnModel(settings: Partial<RunConfig>) {
  const config: RunConfig = { ...DEFAULT_CONFIG, ...settings, policy: 'transformer' }
  const source = shippedSource(diskLoader(), config.environment)
  const { environment } = unwrap(await source.loadedEnvironment(config))
  const world = unwrap(await source.world(config))
  if (world.language === undefined) throw new Error('Our own model is not there.')
  return { config, environment, world, reader: world.language.reader }
}

export interface LoopTimes {
  /** In the kernel: reading, drawing, copying what is held. */
  readonly engineMs: number
  /** In the environment: what an action does, and how a task begins. */
  readonly environmentMs: number
  readonly wholeMs: number
}

export async function ownLoopTimes(settings: Partial<RunConfig>): Promise<LoopTimes> {
  const { config, environment, world, reader } = await openOwnModel(settings)
  const kernel = stopwatch(reader.kernel, ['read', 'sample', 'copyPrefix'])
  const shop = stopwatch(environment, ['reset', 'step'])
  try {
    const begun = performance.now()
    await explored(config, world)
    return { engineMs: kernel.ms(), environmentMs: shop.ms(), wholeMs: performance.now() - begun }
  } finally {
    kernel.remove()
    shop.remove()
  }
}

/**
 * Sums up the time in methods of an object, which do not call one another, until it is removed. What it takes itself is in what is
 * measured: there are thirty thousand of these calls.
 */
function stopwatch<T extends object>(object: T, names: readonly (keyof T & string)[]) {
  const clock = performance
  const sum = new Float64Array(1)
  const before = Object.getOwnPropertyDescriptors(object)
  for (const name of names) {
    const method = object[name] as (...words: unknown[]) => unknown
    const timed = (...words: unknown[]): unknown => {
      const begun = clock.now()
      try {
        return method.apply(object, words)
      } finally {
        sum[0] = (sum[0] as number) + clock.now() - begun
      }
    }
    Object.defineProperty(object, name, { value: timed, configurable: true })
  }
  return {
    ms: () => sum[0] as number,
    remove() {
      for (const name of names) {
        const own = before[name]
        if (own === undefined) Reflect.deleteProperty(object, name)
        else Object.defineProperty(object, name, own)
      }
    },
  }
}

export interface OwnTokens {
  readonly calls: number
  /** Of all prompts: what is read where nothing is kept. */
  readonly prompt: number
  /** Written by the model, the ends of actions included. */
  readonly written: number
  /** Read by an engine that keeps what the last call left it, as far as the next prompt begins so; rollouts take turns. */
  readonly oneConversationInTurns: number
  /** Read in fact, by as many slots as there are. */
  readonly read: number
}

export async function ownTokens(settings: Partial<RunConfig>): Promise<OwnTokens> {
  const { config, world, reader } = await openOwnModel(settings)
  reader.forget()
  const before = reader.counts
  const listener = listening(reader)
  try {
    await explored(config, world)
  } finally {
    listener.remove()
  }
  const { calls, prompt, written, inTurns, fedWhileWriting } = listener.told()
  return {
    calls,
    prompt,
    written,
    oneConversationInTurns: inTurns,
    read: reader.counts.read - before.read - fedWhileWriting,
  }
}

interface Call {
  readonly position: number
  readonly prompt: readonly number[]
  readonly written: readonly number[]
}

/** Hears each call of the reader: what it was asked with, and what it wrote. */
function listening(reader: Reader) {
  const told = { calls: 0, prompt: 0, written: 0, inTurns: 0, fedWhileWriting: 0 }
  const converse = reader.converse
  let held: readonly number[] = []
  reader.converse = (speakers, speech) => {
    const calls: Call[] = []
    const heard = speakers.map((speaker): Speaker => {
      let position = 0
      let prompt = [...speaker.tokens]
      return {
        ...speaker,
        said(written) {
          calls.push({ position: position++, prompt, written: [...written] })
          const next = speaker.said(written)
          prompt = [...prompt, ...written, ...(next ?? [])]
          return next
        },
      }
    })
    converse.call(reader, heard, speech)
    for (const { prompt, written } of calls.toSorted((a, b) => a.position - b.position)) {
      told.calls++
      told.prompt += prompt.length
      told.written += written.length
      told.fedWhileWriting += written.length - 1 // the last one is read with what comes next
      told.inTurns += prompt.length - Math.min(common(held, prompt), prompt.length - 1)
      held = [...prompt, ...written]
    }
  }
  return {
    told: () => told,
    remove() {
      reader.converse = converse
    },
  }
}

function common(a: readonly number[], b: readonly number[]): number {
  let length = 0
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length++
  return length
}

export function ownSavings({ calls, prompt, written, oneConversationInTurns, read }: OwnTokens) {
  const saved = (fed: number): number => rounded(100 * (1 - fed / prompt))
  return {
    ...{ calls, prompt, written },
    oneConversationInTurns: { read: oneConversationInTurns, savedPercent: saved(oneConversationInTurns) },
    slots: { read, savedPercent: saved(read) },
  }
}
