/** The form of a reply, as a grammar of WebLLM's own engine reads it, as a regular expression, and as the parser takes it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ENVIRONMENT_NAMES } from '../../../src/core/settings/settings.ts'
import { FORMS } from '../../../src/policies/browser-model/form.ts'
import { STYLES } from '../../../src/policies/chat/styles.ts'
import { GRAMMARS } from '../../../src/policies/webllm/grammar.ts'
import { openGrammarEngine } from './grammar-engine.ts'

/** A character of a reply is replaced, left out or doubled, or something is put before it. */
const edit = fc.record({
  at: fc.nat(700),
  without: fc.nat(2),
  put: fc.constantFrom('', '\n', '[', ']', '`', 'é', 'x', ' ', 'Thought: ', '\nAction: ', 'submit'),
})

const { Grammar, Testings } = openGrammarEngine()

describe.each(ENVIRONMENT_NAMES)('the form of a reply in %s', (environment) => {
  const form = FORMS[environment]
  // Asked for when it is needed: two at once would make two engines, each a stranger to the other's grammars.
  let grammar: ReturnType<typeof Grammar.fromEBNF> | undefined
  async function allows(reply: string): Promise<boolean> {
    grammar ??= Grammar.fromEBNF(GRAMMARS[environment])
    return Testings.isGrammarAcceptString(await grammar, reply)
  }

  test('is kept by the engine to what the parser reads as an action', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(form), async (reply) => {
        expect(await allows(reply)).toBe(true)
        expect(STYLES[environment].read.tolerant(reply)).not.toBe('')
      }),
      { numRuns: 40 },
    )
  })

  test('is one, as a grammar and as a regular expression', async () => {
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(form), edit, async (reply, { at, without, put }) => {
        const place = at % reply.length
        const edited = reply.slice(0, place) + put + reply.slice(place + without)
        const allowed = form.test(edited)
        if (!allowed) refused++
        expect(await allows(edited)).toBe(allowed)
      }),
      { numRuns: 120 },
    )
    expect(refused).toBeGreaterThan(10)
  })
})
