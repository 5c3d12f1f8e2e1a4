/**
 * What the calls of a language model cost in tokens, and what the order of the calls saves. An engine in a page (WebLLM)
 * keeps one conversation: a call that continues exactly this one reads only what is new; any other, and one after a
 * reply that was cut off, reads its whole prompt again. A server with a prefix cache (vLLM, SGLang) reads each
 * beginning once. A pure function of the log.
 */
import type { ModelCall } from './conversation.ts'
import type { RunEvent } from './events.ts'

export interface TokenCost {
  readonly calls: number
  /** Calls whose tokens nobody counted; they are in no other number. */
  readonly uncounted: number
  /** Of all prompts: what is read where nothing is kept. */
  readonly prompt: number
  /** Written by the model. */
  readonly decoded: number
  /** Read by an engine that keeps one conversation, asked in the order of the log: each rollout to its end. */
  readonly prefilled: number
  /** Read by the same engine if the rollouts of a candidate took turns, one action each. */
  readonly interleaved: number
  /** Read by a server that keeps everything within a task. */
  readonly shared: number
}

export const NO_TOKENS: TokenCost = {
  ...{ calls: 0, uncounted: 0, prompt: 0, decoded: 0 },
  ...{ prefilled: 0, interleaved: 0, shared: 0 },
}

/** Of two logs together. */
export function addTokens(a: TokenCost, b: TokenCost): TokenCost {
  const names = Object.keys(NO_TOKENS) as (keyof TokenCost)[]
  return { ...a, ...Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) }
}

interface Call {
  /** The conversation that is continued, and the one with the reply. Equal numbers are equal texts. */
  readonly before: number
  readonly after: number
  /** Rollout, from 1, and action in it; 0 and 0 for a proposal. */
  readonly lane: number
  readonly position: number
  readonly tokens: { readonly prompt: number; readonly decoded: number } | undefined
  /** Whether the engine can go on after the reply. */
  readonly whole: boolean
  /** What was left out of the prompt; another choice changes its beginning. */
  readonly fit: string
}

/** @param events of one task or of many, whole tasks in order */
export function tokenCost(events: Iterable<RunEvent>): TokenCost {
  const blocks = blocksOf(events)
  const depthFirst = blocks.flat()
  const breadthFirst = blocks.flatMap((calls) => calls.toSorted((a, b) => a.position - b.position || a.lane - b.lane))
  let [uncounted, prompt, decoded] = [0, 0, 0]
  for (const { tokens } of depthFirst) {
    if (tokens === undefined) uncounted++
    prompt += tokens?.prompt ?? 0
    decoded += tokens?.decoded ?? 0
  }
  return {
    ...{ calls: depthFirst.length, uncounted, prompt, decoded },
    prefilled: oneConversation(depthFirst),
    interleaved: oneConversation(breadthFirst),
    shared: everyPrefix(depthFirst),
  }
}

function oneConversation(calls: readonly Call[]): number {
  let read = 0
  let held: Call | undefined
  for (const call of calls) {
    if (call.tokens !== undefined) read += call.tokens.prompt - kept(held, call)
    held = call
  }
  return read
}

/** Tokens that need not be read again. */
function kept(held: Call | undefined, call: Call): number {
  if (held?.tokens === undefined || call.tokens === undefined) return 0
  if (!held.whole || held.after !== call.before || held.fit !== call.fit) return 0
  return Math.min(held.tokens.prompt + held.tokens.decoded, call.tokens.prompt)
}

function everyPrefix(calls: readonly Call[]): number {
  const read = new Set<string>()
  const replied = new Map<string, Call>()
  let sum = 0
  for (const call of calls) {
    const key = `${call.before} ${call.fit}`
    if (call.tokens !== undefined && !read.has(key)) {
      const parent = replied.get(key)
      sum += call.tokens.prompt - kept(parent && { ...parent, whole: true }, call)
      read.add(key)
    }
    replied.set(`${call.after} ${call.fit}`, call)
  }
  return sum
}

/** The calls of the log: proposals, and the rollouts of one candidate together. */
function blocksOf(events: Iterable<RunEvent>): Call[][] {
  const numbers = new Map<string, number>()
  let made = 0
  const blocks: Call[][] = []
  let path = 0
  let drawn: number[] = []
  const follow = (from: number, text: string): number => {
    const key = `${from} ${text}`
    let node = numbers.get(key)
    if (node === undefined) {
      node = ++made
      numbers.set(key, node)
    }
    return node
  }
  const asked = (before: number, after: number, call: ModelCall, lane: number, position: number): Call => {
    const { promptTokens, completionTokens, finish, fit } = call
    const counted = promptTokens !== null && completionTokens !== null
    const tokens = counted ? { prompt: promptTokens, decoded: completionTokens } : undefined
    return { before, after, lane, position, tokens, whole: finish === 'stop', fit: JSON.stringify(fit ?? null) }
  }
  for (const event of events) {
    if (event.type === 'task-started') {
      numbers.clear()
      path = ++made
    } else if (event.type === 'step-started') drawn = []
    else if (event.type === 'candidate-proposed') {
      const after = follow(path, event.text)
      drawn.push(after)
      if (event.usage) blocks.push([asked(path, after, event.usage, 0, 0)])
    } else if (event.type === 'rollout-finished') {
      if (event.rollout === 1 || blocks.length === 0) blocks.push([])
      let at = event.candidate === 0 ? path : (drawn[event.candidate - 1] ?? path)
      for (const [i, text] of (event.texts ?? []).entries()) {
        const after = follow(at, text)
        const usage = event.usages?.[i]
        if (usage) blocks.at(-1)?.push(asked(at, after, usage, event.rollout, i))
        at = after
      }
    } else if (event.type === 'step-decided') path = drawn[event.continued - 1] ?? path
  }
  return blocks
}
