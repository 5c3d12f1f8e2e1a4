/**
 * Conversations under way with a model, several at a time. What was read is kept (keys and values, a slot for each
 * conversation), so that a conversation that goes on, or branches off from one that was read, reads only what is new.
 * What is sampled does not depend on what is kept, nor on what else is read in the same batch.
 */
import type { RandomStream } from '../../core/random.ts'
import type { Kernel, Rows } from './kernel/kernel.ts'

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
  /** Everything before the model speaks. Those of one array are told to be the same conversation without being compared. */
  readonly tokens: readonly number[]
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

/** What a slot holds: the first `read` of `tokens` [context]. Behind them stands what is about to be read. */
interface Slot {
  readonly tokens: Int32Array
  read: number
  /** When it was used last. */
  used: number
}

/** A conversation that goes on in a slot: `length` tokens, of which the model has said those from `from` on just now. */
interface Active {
  readonly speaker: Speaker
  readonly slot: number
  readonly held: Slot
  length: number
  from: number
}

export class Reader {
  /** After its parameters change, `forget`. */
  readonly kernel: Kernel
  readonly #slots: readonly Slot[]
  /** Room for what is read at once. */
  readonly #rows: Readonly<Record<keyof Rows, Int32Array>>
  #clock = 0
  #counts = { read: 0, saved: 0, written: 0 }

  constructor(kernel: Kernel, slots: number) {
    kernel.openCache(slots)
    this.kernel = kernel
    const { context } = kernel.config
    this.#slots = Array.from({ length: slots }, () => ({ tokens: new Int32Array(context), read: 0, used: 0 }))
    const room = () => new Int32Array(slots * context)
    this.#rows = { tokens: room(), slots: room(), positions: room(), wanted: new Int32Array(slots) }
  }

  get counts(): TokenCounts {
    return { ...this.#counts }
  }

  /** Forgets all conversations: the parameters have changed. */
  forget(): void {
    for (const slot of this.#slots) slot.read = 0
  }

  /** Lets all of them speak until each conversation is over; as many at a time as there are slots. */
  converse(speakers: readonly Speaker[], speech: Speech): void {
    for (let from = 0; from < speakers.length; from += this.#slots.length)
      this.#converse(speakers.slice(from, from + this.#slots.length), speech)
  }

  /**
   * Logits of what stands in a conversation from the token `from` on (at least 1), a copy for each token. Tokens of which the
   * conversation has no more count: the last logits are those of the token after its end.
   */
  foretell(tokens: readonly number[], from: number): Float32Array[] {
    const before = tokens.slice(0, from)
    const place = this.#slotFor(before, this.#common(before), new Set())
    const slot = this.#slots[place] as Slot // its own place
    const rows = tokens.slice(slot.read)
    const positions = rows.map((_, i) => slot.read + i)
    const wanted = rows.flatMap((_, i) => (slot.read + i >= from - 1 ? [i] : []))
    this.kernel.read({ tokens: rows, slots: rows.map(() => place), positions, wanted })
    slot.tokens.set(rows, slot.read)
    slot.read += rows.length
    this.#counts.read += rows.length
    return wanted.map((_, i) => this.kernel.logits(i).slice())
  }

  #converse(speakers: readonly Speaker[], speech: Speech): void {
    const taken = new Set<number>()
    let of: readonly number[] | undefined
    let common: number[] = []
    const active = speakers.map((speaker): Active => {
      const { tokens } = speaker
      if (tokens !== of) common = this.#common(tokens)
      of = tokens
      const slot = this.#slotFor(tokens, common, taken)
      taken.add(slot)
      const { length } = tokens
      return { speaker, slot, held: this.#slots[slot] as Slot, length, from: length } // its own place
    })
    for (let going = active.length; going > 0; ) {
      this.#read(active, going)
      let left = 0
      for (let i = 0; i < going; i++) {
        const one = active[i] as Active // as many as go on
        if (this.#speak(one, i, speech)) active[left++] = one
      }
      going = left
    }
  }

  /** How many tokens of a conversation each slot holds. */
  #common(tokens: readonly number[]): number[] {
    return this.#slots.map((slot) => commonLength(slot, tokens))
  }

  /**
   * The slot that holds most of a conversation, or else a copy of that in the one that was used longest ago; the whole conversation
   * stands in it.
   * @param common what `#common` said of it, and is kept true
   */
  #slotFor(tokens: readonly number[], common: number[], taken: ReadonlySet<number>): number {
    let best = 0
    let most = -1
    let oldest: number | undefined
    for (let slot = 0; slot < common.length; slot++) {
      const length = common[slot] as number // one for each
      if (length > most) [best, most] = [slot, length]
      const older = oldest === undefined || this.#at(slot).used < this.#at(oldest).used
      if (!taken.has(slot) && older) oldest = slot
    }
    // The last token is always read again: what follows it is not kept.
    const length = Math.min(most, tokens.length - 1)
    const ends = this.#at(best).read === most
    const place = ends && !taken.has(best) ? best : (oldest as number) // there are as many slots as speakers
    this.kernel.copyPrefix(best, place, length)
    const slot = this.#at(place)
    if (place !== best) slot.tokens.set(this.#at(best).tokens.subarray(0, length))
    for (let at = length; at < tokens.length; at++) slot.tokens[at] = tokens[at] as number // below its length
    slot.read = length
    slot.used = ++this.#clock
    common[place] = length
    this.#counts.saved += length
    return place
  }

  #at(slot: number): Slot {
    return this.#slots[slot] as Slot // only asked for those that are there
  }

  /** Reads whatever is new in each conversation. */
  #read(active: readonly Active[], going: number): void {
    const { tokens, slots, positions, wanted } = this.#rows
    let count = 0
    for (let i = 0; i < going; i++) {
      const { slot, held, length } = active[i] as Active // as many as go on
      for (let at = held.read; at < length; at++, count++) {
        tokens[count] = held.tokens[at] as number // below the length
        slots[count] = slot
        positions[count] = at
      }
      held.read = length
      wanted[i] = count - 1
    }
    this.#counts.read += count
    this.kernel.read(this.#rows, count, going)
  }

  /** One more token of a conversation; whether it goes on. */
  #speak(one: Active, i: number, { temperature, end, most }: Speech): boolean {
    const { speaker, held, from } = one
    const { context } = this.kernel.config
    const token = this.kernel.sample(i, temperature, temperature === 0 ? 0 : speaker.random.next())
    this.#counts.written++
    held.tokens[one.length++] = token
    if (token !== end && one.length - from < most && one.length < context) return true
    const written: number[] = []
    for (let at = from; at < one.length; at++) written.push(held.tokens[at] as number) // below the length
    const next = speaker.said(written)
    if (next === undefined || one.length + next.length >= context) return false
    for (let i = 0; i < next.length; i++) held.tokens[one.length++] = next[i] as number // below its length
    one.from = one.length
    return true
  }
}

function commonLength({ tokens: held, read }: Slot, tokens: readonly number[]): number {
  const most = Math.min(read, tokens.length)
  let length = 0
  while (length < most && held[length] === tokens[length]) length++
  return length
}
