/**
 * Conversations under way with a model, several at a time. What was read is kept (keys and values, a slot for each
 * conversation), so that a conversation that goes on, or branches off from one that was read, reads only what is new.
 * What is sampled does not depend on what is kept, nor on what else is read in the same batch.
 */
import type { RandomStream } from '../../core/random.ts'
import type { Kernel } from './kernel/kernel.ts'

/** How much was read and written, and what branching saved. */
export interface TokenCounts {
  /** Tokens that went through the model. */
  readonly read: number
  /** Tokens of conversations that were held already, by this slot or another. */
  readonly saved: number
  /** Of those read: tokens that were sampled. */
  readonly written: number
}

/** A conversation in which the model is to speak. */
export interface Speaker {
  /** Everything so far; grows as the model writes. */
  readonly tokens: number[]
  readonly random: RandomStream
  /**
   * Called with what the model has written once it ended (its last token is `end`, unless there was no more room).
   * @returns what it reads next, upon which it writes again; undefined where the conversation is over
   */
  said(written: readonly number[]): readonly number[] | undefined
}

export interface Speech {
  /** 0 takes the likeliest token each time. */
  readonly temperature: number
  /** The token after which the model has said what it wanted to say. */
  readonly end: number
  /** Most tokens of one utterance. */
  readonly most: number
}

export class Reader {
  /** After its parameters change, `forget`. */
  readonly kernel: Kernel
  /** What each slot holds. */
  readonly #held: number[][]
  /** When each slot was used last. */
  readonly #used: number[]
  #clock = 0
  #counts = { read: 0, saved: 0, written: 0 }

  constructor(kernel: Kernel, slots: number) {
    kernel.openCache(slots)
    this.kernel = kernel
    this.#held = Array.from({ length: slots }, () => [])
    this.#used = Array.from({ length: slots }, () => 0)
  }

  get counts(): TokenCounts {
    return { ...this.#counts }
  }

  /** Forgets all conversations: the parameters have changed. */
  forget(): void {
    for (const held of this.#held) held.length = 0
  }

  /** Lets all of them speak until each conversation is over; as many at a time as there are slots. */
  converse(speakers: readonly Speaker[], speech: Speech): void {
    for (let from = 0; from < speakers.length; from += this.#held.length)
      this.#converse(speakers.slice(from, from + this.#held.length), speech)
  }

  /**
   * Logits of what stands in a conversation from the token `from` on (at least 1), a copy for each token. Tokens of which the
   * conversation has no more count: the last logits are those of the token after its end.
   */
  foretell(tokens: readonly number[], from: number): Float32Array[] {
    const slot = this.#slotFor(tokens.slice(0, from), new Set())
    const held = this.#held[slot] as number[]
    const rows = tokens.slice(held.length)
    const positions = rows.map((_, i) => held.length + i)
    const wanted = rows.flatMap((_, i) => (held.length + i >= from - 1 ? [i] : []))
    this.kernel.read({ tokens: rows, slots: rows.map(() => slot), positions, wanted })
    held.push(...rows)
    this.#counts.read += rows.length
    return wanted.map((_, i) => this.kernel.logits(i).slice())
  }

  #converse(speakers: readonly Speaker[], speech: Speech): void {
    const taken = new Set<number>()
    let active = speakers.map((speaker) => {
      const slot = this.#slotFor(speaker.tokens, taken)
      taken.add(slot)
      return { speaker, slot, written: [] as number[] }
    })
    while (active.length > 0) {
      this.#read(active)
      active = active.filter((one, i) => this.#speak(one, i, speech))
    }
  }

  /** The slot that holds most of a conversation, or else a copy of that in the one that was used longest ago. */
  #slotFor(tokens: readonly number[], taken: ReadonlySet<number>): number {
    let best = 0
    let most = -1
    let oldest: number | undefined
    for (const [slot, held] of this.#held.entries()) {
      const common = commonLength(held, tokens)
      if (common > most) [best, most] = [slot, common]
      const older = oldest === undefined || (this.#used[slot] as number) < (this.#used[oldest] as number)
      if (!taken.has(slot) && older) oldest = slot
    }
    // The last token is always read again: what follows it is not kept.
    const length = Math.min(most, tokens.length - 1)
    const ends = (this.#held[best] as number[]).length === most
    const slot = ends && !taken.has(best) ? best : (oldest as number) // there are as many slots as speakers
    this.kernel.copyPrefix(best, slot, length)
    this.#held[slot] = tokens.slice(0, length)
    this.#used[slot] = ++this.#clock
    this.#counts.saved += length
    return slot
  }

  /** Reads whatever is new in each conversation. */
  #read(active: readonly { readonly speaker: Speaker; readonly slot: number }[]): void {
    const tokens: number[] = []
    const slots: number[] = []
    const positions: number[] = []
    const wanted: number[] = []
    for (const { speaker, slot } of active) {
      const held = this.#held[slot] as number[] // a slot of this reader
      for (let at = held.length; at < speaker.tokens.length; at++) {
        const token = speaker.tokens[at] as number // below the length
        tokens.push(token)
        slots.push(slot)
        positions.push(at)
        held.push(token)
      }
      wanted.push(tokens.length - 1)
    }
    this.#counts.read += tokens.length
    this.kernel.read({ tokens, slots, positions, wanted })
  }

  /** One more token of a conversation; whether it goes on. */
  #speak({ speaker, written }: { readonly speaker: Speaker; written: number[] }, i: number, speech: Speech): boolean {
    const { temperature, end, most } = speech
    const token = this.kernel.sample(i, temperature, temperature === 0 ? 0 : speaker.random.next())
    this.#counts.written++
    speaker.tokens.push(token)
    written.push(token)
    const { context } = this.kernel.config
    if (token !== end && written.length < most && speaker.tokens.length < context) return true
    const next = speaker.said(written.splice(0))
    if (next === undefined || speaker.tokens.length + next.length >= context) return false
    speaker.tokens.push(...next)
    return true
  }
}

function commonLength(a: readonly number[], b: readonly number[]): number {
  const most = Math.min(a.length, b.length)
  let length = 0
  while (length < most && a[length] === b[length]) length++
  return length
}
