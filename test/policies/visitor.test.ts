import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Actor } from '../../src/core/exploration/actor.ts'
import { stream } from '../../src/core/random.ts'
import { parseReply } from '../../src/policies/reply.ts'
import { typed, withVisitor } from '../../src/policies/visitor.ts'

const policy: Actor = {
  begin: () => 'start',
  propose: () => expect.fail('the policy was asked'),
  execute: (prefix) => prefix,
  outcome: () => undefined,
  observe: () => '',
  rollouts: () => [],
}
const random = stream(1)

test('a proposal waits for the visitor, and is what they say', async () => {
  const { actor, visitor } = withVisitor(policy)
  expect(visitor.waiting).toBe(false)
  expect(visitor.act('too early')).toBe(false)
  const asked = visitor.asked()
  const proposal = actor.propose('start', 1, random)
  await asked
  await visitor.asked() // still
  expect(visitor.waiting).toBe(true)
  expect(visitor.act('  click[red] ')).toBe(true)
  expect(await proposal).toEqual({ action: 'click[red]', text: 'Thought: Typed by hand.\nAction: click[red]' })
  expect(visitor.waiting).toBe(false)
})

test('an aborted one rejects, and the next is another', async () => {
  const { actor, visitor } = withVisitor(policy)
  const stop = new AbortController()
  const dropped = actor.propose('start', 1, random, stop.signal)
  stop.abort(new Error('the run was closed'))
  await expect(dropped).rejects.toThrow('the run was closed')
  expect(visitor.waiting).toBe(false)
  await expect(actor.propose('start', 1, random, stop.signal)).rejects.toThrow('the run was closed')
  expect(visitor.waiting).toBe(false)
  const next = actor.propose('start', 1, random, new AbortController().signal)
  expect(visitor.act('again')).toBe(true)
  expect((await next).action).toBe('again')
})

test('an answered one does not mind a later abort', async () => {
  const { actor, visitor } = withVisitor(policy)
  const stop = new AbortController()
  const proposal = actor.propose('start', 1, random, stop.signal)
  visitor.act('now')
  stop.abort()
  expect((await proposal).action).toBe('now')
})

test('what is typed reads back from the reply, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (said) => {
      fc.pre(said.trim() !== '')
      expect(parseReply(typed(said).text)).toBe(said.trim())
    }),
  )
})
