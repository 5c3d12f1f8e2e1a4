/**
 * A person as the agent: the visitor proposes, the policy behind finishes the rollouts. A proposal is a promise that
 * resolves when the visitor has said what to do. Nothing is drawn for it, so the log depends on the visitor alone.
 */
import type { Actor, Proposal } from '../core/exploration/actor.ts'
import { writeReply } from './reply.ts'

/** Where the visitor's actions come in. */
export interface Visitor {
  /** Whether an action is waited for. */
  readonly waiting: boolean
  /** Resolves as soon as one is waited for. */
  asked(): Promise<void>
  /** Gives it. @returns false where none is waited for, and then nothing happens */
  act(action: string): boolean
}

/** What the log says instead of a reason. */
const THOUGHT = 'Typed by hand.'

/** The visitor's action as every policy's reply has it. Spaces around it would not be read back. */
export function typed(action: string): Proposal {
  const said = action.trim()
  return { text: writeReply(THOUGHT, said), action: said }
}

/** The same actor with the visitor in the place of its proposals. One is asked for at a time. */
export function withVisitor(actor: Actor): { readonly actor: Actor; readonly visitor: Visitor } {
  let answer: ((proposal: Proposal) => void) | undefined
  let listeners: (() => void)[] = []

  function propose(_prefix: unknown, _temperature: number, _random: unknown, signal?: AbortSignal): Promise<Proposal> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const drop = (): void => {
        if (answer === take) answer = undefined
        reject(signal?.reason)
      }
      const take = (proposal: Proposal): void => {
        answer = undefined
        signal?.removeEventListener('abort', drop)
        resolve(proposal)
      }
      answer = take
      signal?.addEventListener('abort', drop, { once: true })
      const heard = listeners
      listeners = []
      for (const hear of heard) hear()
    })
  }

  const visitor: Visitor = {
    get waiting() {
      return answer !== undefined
    },
    asked: () => (answer === undefined ? new Promise((resolve) => listeners.push(resolve)) : Promise.resolve()),
    act(action) {
      const take = answer
      take?.(typed(action))
      return take !== undefined
    },
  }
  return { actor: { ...actor, propose }, visitor }
}
