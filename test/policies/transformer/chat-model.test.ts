/** The way of the language models, end to end, on a real one: prompts, replies token by token, the parser, the log, its pairs. */
import { describe, expect, test } from 'vitest'
import { exploreRun } from '../../../src/core/exploration/explore-run.ts'
import { drawTasks, runHeader } from '../../../src/core/exploration/run-plan.ts'
import { unwrap } from '../../../src/core/failure.ts'
import type { CandidateProposed, RunEvent } from '../../../src/core/log/events.ts'
import { foldTask, type TaskState } from '../../../src/core/log/fold-task.ts'
import { messagesIn } from '../../../src/datasets/cells.ts'
import { dpoRows } from '../../../src/datasets/preferences.ts'
import type { Environment } from '../../../src/environments/environment.ts'
import { readWholeRunFile } from '../../../src/formats/run-file.ts'
import { diskLoader } from '../../../src/node/disk-loader.ts'
import { type ChatActor, createChatActor } from '../../../src/policies/chat/chat-actor.ts'
import { CANCELLED, type ChatRequest, CONTEXT_FULL } from '../../../src/policies/chat/model.ts'
import { rawPrompts } from '../../../src/policies/chat/raw-prompts.ts'
import { originOf } from '../../../src/policies/origin.ts'
import { createTransformerChat, type ReplyForm } from '../../../src/policies/transformer/chat-model.ts'
import { READ_FILES } from '../../../src/policies/transformer/hugging-face/folder.ts'
import { languageModelOf, openReader } from '../../../src/policies/transformer/language-model.ts'
import { collect, toyConfig } from '../../core/toy.ts'
import { createSmallShop } from '../small-shop.ts'
import { createSmallSql } from '../small-sql.ts'

const model = unwrap(languageModelOf(unwrap(await diskLoader().model(Object.keys(READ_FILES)))))
const { tokenizer } = model
const CONTEXT = 4096

/** One action, without a thought. */
const FORM: ReplyForm = {
  name: 'an action',
  begins: (text) => ['Action: search[', 'Action: click['].some((start) => begins(start, text)),
  whole: (text) => /^Action: (search|click)\[[^[\]\n]+\]$/.test(text),
}

function begins(start: string, text: string): boolean {
  if (text.length <= start.length) return start.startsWith(text)
  return text.startsWith(start) && /^[^[\]\n]{0,40}\]?$/.test(text.slice(start.length)) && text[start.length] !== ']'
}

const chat = (form?: ReplyForm) =>
  createTransformerChat(model, { name: 'small', contextTokens: CONTEXT, ...(form && { form }) })

function request(content: string, given: Partial<ChatRequest> = {}): ChatRequest {
  return { messages: [{ role: 'user', content }], temperature: 1, seed: 7, stop: [], maxTokens: 24, ...given }
}

describe('a reply', () => {
  const opening = 'task : floor lamp , black under $60 ; 3 words'

  test('is what the model writes after the same tokens, greedily as its reader foretells it', async () => {
    const asked = await chat()
    const { text, promptTokens, completionTokens, finish } = unwrap(
      await asked.complete(request(opening, { temperature: 0 })),
    )
    const reader = unwrap(await openReader(model))
    const { begin, act, end } = tokenizer.special
    const tokens = [begin, ...tokenizer.encode(opening), act]
    expect(promptTokens).toBe(tokens.length)
    for (let i = 0; i < 24 && tokens.at(-1) !== end; i++) {
      const logits = reader.foretell(tokens, tokens.length).at(-1) ?? new Float32Array()
      tokens.push(logits.indexOf(Math.max(...logits)))
    }
    expect(finish).toBe('stop')
    expect(completionTokens).toBe(tokens.length - (promptTokens ?? 0))
    expect(text).toBe(tokenizer.decode(tokens.slice(promptTokens ?? 0)))
    expect(text).toMatch(/^search floor lamp/)
  })

  test('is the same for the same seed, whatever was asked before, and another one for another', async () => {
    const [one, other] = [await chat(), await chat()]
    const first = await one.complete(request(opening))
    await other.complete(request('something else', { seed: 3 }))
    expect(await other.complete(request(opening))).toEqual(first)
    const texts = await Promise.all([1, 2, 3, 4].map((seed) => one.complete(request(opening, { seed }))))
    expect(new Set(texts.map((reply) => unwrap(reply).text)).size).toBeGreaterThan(1)
  })

  test('ends before a stop text, at its last token, when it is cancelled, and where there is no room', async () => {
    const asked = await chat()
    const whole = unwrap(await asked.complete(request(opening, { temperature: 0 })))
    const stopped = unwrap(await asked.complete(request(opening, { temperature: 0, stop: [' lamp', 'floor'] })))
    expect(whole.text.startsWith(stopped.text)).toBe(true)
    expect(stopped).toMatchObject({ text: 'search ', finish: 'stop' })
    const cut = unwrap(await asked.complete(request(opening, { temperature: 0, maxTokens: 2 })))
    expect(cut).toMatchObject({ completionTokens: 2, finish: 'length' })
    expect(await asked.complete(request(opening, { signal: AbortSignal.abort() }))).toMatchObject({
      failure: { code: CANCELLED },
    })
    expect(await asked.complete(request('word '.repeat(5000)))).toMatchObject({ failure: { code: CONTEXT_FULL } })
  })

  test('reads only what is new where a conversation goes on', async () => {
    const asked = await chat()
    const first = unwrap(await asked.complete(request(opening, { temperature: 0 })))
    const before = asked.counts.read
    const messages = [
      { role: 'user' as const, content: opening },
      { role: 'assistant' as const, content: first.text },
      { role: 'user' as const, content: 'results' },
    ]
    const second = unwrap(await asked.complete({ ...request(''), messages, maxTokens: 1 }))
    expect(asked.counts.read - before).toBeLessThan((second.promptTokens ?? 0) - (first.promptTokens ?? 0) + 2)
    expect(await (await chat()).complete({ ...request(''), messages, maxTokens: 1 })).toEqual({
      ok: true,
      value: second,
    })
  })

  test('kept to a form has it, or is cut off amid it', async () => {
    const asked = await chat(FORM)
    for (let seed = 1; seed <= 6; seed++) {
      const { text, finish } = unwrap(await asked.complete(request(opening, { seed, maxTokens: 60 })))
      expect(finish === 'stop' ? FORM.whole(text) : FORM.begins(text)).toBe(true)
    }
  })
})

/** By its template: what is read in turn with what was written, each with its mark. */
function tokensOf(messages: readonly { readonly role: string; readonly content: string }[]): number {
  const said = messages.map(({ role, content }) => (role === 'assistant' ? `\0${content}\0` : content)).join('\n\n')
  const parts = said.replaceAll('\n\n\0', '\0').replaceAll('\0\n\n', '\0').split('\0')
  return 1 + parts.reduce((sum, part) => sum + tokenizer.encode(part).length + 1, 0)
}

const callsOf = (events: readonly RunEvent[]): number =>
  events.reduce((sum, event) => {
    if (event.type === 'candidate-proposed') return sum + 1
    return event.type === 'rollout-finished' ? sum + event.actions.length : sum
  }, 0)

const proposals = (events: readonly RunEvent[]): CandidateProposed[] =>
  events.filter((event): event is CandidateProposed => event.type === 'candidate-proposed')

interface Explored<S> {
  readonly world: Environment<S>
  readonly asked: Awaited<ReturnType<typeof chat>>
  readonly actor: ChatActor<S>
  readonly events: readonly RunEvent[]
}

/** @param changed the agent that explores instead */
async function explored<S>(
  world: Environment<S>,
  settings: Parameters<typeof toyConfig>[0],
  form?: ReplyForm,
  changed: (actor: ChatActor<S>) => ChatActor<S> = (actor) => actor,
): Promise<Explored<S>> {
  const asked = await chat(form)
  const options = { contextTokens: CONTEXT, maxTokens: 48, example: false, timings: false }
  const actor = changed(createChatActor(world, asked, options))
  const config = toyConfig({ policy: 'openai', environment: world.id, method: 'fixed-size', ...settings })
  const header = runHeader(config, { ...originOf(world, actor), conversation: actor.conversation })
  const tasks = drawTasks(header.config, world.tasks('train'))
  return { world, asked, actor, events: await collect(exploreRun({ header, actor, tasks })) }
}

/** That prompts, token counts, exports and the log are what they are with any language model. */
async function expectTheVeryWay<S>({ world, asked, actor, events }: Explored<S>): Promise<void> {
  const [header, ...rest] = unwrap(
    await readWholeRunFile([events.map((event) => `${JSON.stringify(event)}\n`).join('')]),
  )
  expect([header, ...rest]).toEqual(events)
  if (header?.type !== 'run-started') throw new Error('no head')
  const tasks = Array.from({ length: header.config.tasks }, (_, task) =>
    rest.filter((event) => 'task' in event && event.task === task),
  )
  const calls = tasks.flatMap((task) => [...rawPrompts(world, header, task)])
  expect(calls.length).toBe(callsOf(rest))
  for (const { messages, recorded, verified } of calls) {
    expect(verified).toBe(true)
    expect(recorded.promptTokens).toBe(tokensOf(messages))
  }
  const rows = tasks.flatMap((task) => dpoRows(header, foldTask(task) as TaskState, {}))
  expect(rows.length).toBeGreaterThan(0)
  for (const { row } of rows) expect(messagesIn(row.prompt)[0]).toEqual({ role: 'system', content: actor.systemPrompt })
  for (const { usage } of proposals(events)) {
    expect(usage?.completionTokens).toBeLessThanOrEqual(48)
    expect(usage?.promptTokens).toBeGreaterThan(150)
  }
  expect(asked.counts.saved).toBeGreaterThan(asked.counts.read)
}

describe('a run in the shop', () => {
  const settings = { tasks: 2, rollouts: 2, candidates: 2, stepLimit: 3 }
  // It earns nothing here: so that there are pairs, a reward that follows from what was said takes the place of the shop's.
  const run = (form?: ReplyForm) =>
    explored(createSmallShop(), settings, form, (chatting) => ({
      ...chatting,
      rollouts: async (...given) =>
        (await chatting.rollouts(...given)).map((one) => ({ ...one, reward: (one.texts?.join('').length ?? 0) % 2 })),
    }))

  let made: ReturnType<typeof run> | undefined
  const first = () => (made ??= run(FORM))

  test('asks with the very prompts, counts tokens as the tokenizer does, and reads replies by the very parser', async () => {
    const found = await first()
    await expectTheVeryWay(found)
    for (const { text, action, usage } of proposals(found.events)) {
      // The parser leaves out spaces at the edges of what is searched for.
      if (FORM.whole(text)) expect(`Action: ${action}`).toBe(text.replace(/\[\s+/, '[').replace(/\s+\]$/, ']'))
      else expect(usage?.nothing).toBe(true)
    }
  })

  test('is the same log for the same seed, and one that the page would take', async () => {
    const [one, again] = [await first(), await run(FORM)]
    expect(again.events).toEqual(one.events)
    expect(one.events.at(-1)?.type).toBe('run-finished')
  })

  test('goes on where what the model says is no action: it is counted, and changes nothing', async () => {
    const { events } = await run()
    const said = proposals(events)
    expect(said.some(({ usage }) => usage?.nothing === true)).toBe(true)
    for (const { action, usage } of said) expect(usage?.nothing === true).toBe(action === '')
  })
})

test('a run in InterCode-SQL goes the same way, to statements that are run and to rewards that are earned', async () => {
  const said = ['SELECT count(*) FROM book', 'submit']
  const replies = said.map((action) => `Action: ${action}`)
  const form: ReplyForm = {
    name: 'one of two',
    begins: (text) => replies.some((reply) => reply.startsWith(text)),
    whole: (text) => replies.includes(text),
  }
  // So warm that it submits at times: it seldom does behind a prompt.
  const settings = { tasks: 1, rollouts: 2, candidates: 3, stepLimit: 2, temperature: 2, seed: 4 }
  const found = await explored(await createSmallSql(), settings, form)
  await expectTheVeryWay(found)
  for (const { text, action } of proposals(found.events)) {
    expect(said).toContain(action)
    expect(text).toBe(`Action: ${action}`)
  }
  const rewards = found.events.flatMap((event) => (event.type === 'rollout-finished' ? [event.reward] : []))
  expect(rewards).toContain(0)
  expect(rewards).toContain(1)
})
