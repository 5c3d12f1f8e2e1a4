import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { STYLES } from '../../../src/policies/chat/styles.ts'
import { actionPart, MOST_READ, writeReply } from '../../../src/policies/reply.ts'

const shop = STYLES.webshop.read.tolerant
const sql = STYLES['intercode-sql'].read.tolerant

describe('WebShop', () => {
  test.each([
    ['Thought: so.\nAction: click[buy now]', 'click[buy now]'],
    ['Action: search[red shoes]', 'search[red shoes]'],
    ['action : Search[red shoes]', 'search[red shoes]'],
    ['**Thought:** so.\n**Action:** `click[Buy Now]`', 'click[Buy Now]'],
    ['Thought 3: so.\nAction 3: click[< Prev]', 'click[< Prev]'],
    ['Thought: so.\n\nACTION:\nsearch[red shoes]', 'search[red shoes]'],
    ['Action:\n```\nsearch[red shoes]\n```', 'search[red shoes]'],
    ['Action: search["red shoes"]', 'search[red shoes]'],
    ['Action: search [red shoes].', 'search[red shoes]'],
    ['Action: I will click[Buy Now] and then wait.', 'click[Buy Now]'],
    ['Action: click(Buy Now)', 'click[Buy Now]'],
    ['Action: click[52"w x 84"l]', 'click[52"w x 84"l]'],
    ['Action: search[a]\nObservation: made up\nAction: click[b]', 'search[a]'],
    ['Action: search[a]\nThought: next\nAction: click[b]', 'search[a]'],
    ['Action:\nAction: click[b]', 'click[b]'],
    ['<think>Action: click[wrong]</think>\nAction: click[right]', 'click[right]'],
    ['{"thought": "so", "action": "click[Buy Now]"}', 'click[Buy Now]'],
    ['search[red shoes]', 'search[red shoes]'],
    ['I look for shoes.\n- search[red shoes]', 'search[red shoes]'],
    // No action: what stands there is passed on, and nothing happens in the shop.
    ['Action: buy it', 'buy it'],
    ['Action: search[shoes', 'search[shoes'],
    ['Action: search[]', 'search[]'],
    ['Action: click["[big] size"]', 'click["[big]'],
    // Nothing at all.
    ['Action: ', ''],
    ['', ''],
    ['I should search[red shoes] next, or not.', ''],
    ['<think>I could click[this]', ''],
    ['No idea.', ''],
  ])('%j does %j', (reply, action) => {
    expect(shop(reply)).toBe(action)
  })

  test('a name with brackets in it is read to the bracket with which it can be clicked', () => {
    const takes = (action: string) => ['click[a] b]', 'click[[big] size]', 'click[x]'].includes(action)
    expect(shop('Action: click[a] b]', takes)).toBe('click[a] b]')
    expect(shop('Action: click[a] b] and [more]', takes)).toBe('click[a] b]')
    expect(shop('Action: click["[big] size"]', takes)).toBe('click[[big] size]')
    expect(shop('Action: click[x] or click[y]', takes)).toBe('click[x]')
    expect(shop('Action: click[nothing] b]', takes)).toBe('click[nothing]')
  })

  test('what upstream would read is read the same where the form is kept', () => {
    for (const reply of ['Thought: a.\nAction: search[b c]', 'Thought: a.\nAction: click[< prev]'])
      expect(shop(reply)).toBe(STYLES.webshop.read['as-ipr'](reply))
  })
})

describe('InterCode-SQL', () => {
  test.each([
    ['Thought: so.\nAction: \n```sql\nSHOW TABLES\n```', 'SHOW TABLES'],
    ['Action:\n```\nSELECT 1\n```', 'SELECT 1'],
    ['Action: ```sql SELECT 1```', 'SELECT 1'],
    ['Action: ```MySQL\nSELECT 1;\n```', 'SELECT 1;'],
    ['Action:\n```sql\nSELECT a\nFROM b\n```', 'SELECT a\nFROM b'],
    ['Action:\n```sql\nSELECT 1', 'SELECT 1'],
    ['Action: SELECT 1\n\nThis counts.', 'SELECT 1'],
    ['Action: execute[SELECT a FROM b WHERE c = "x]"]', 'SELECT a FROM b WHERE c = "x]"'],
    ['Action: `select 1`', 'select 1'],
    ['Action: Submit.', 'submit'],
    ['Action: submit', 'submit'],
    ['Action: ```sql\nsubmit\n```', 'submit'],
    ['submit', 'submit'],
    ['```sql\nSELECT 1\n```', 'SELECT 1'],
    ['```sql\nSELECT 1\n```\n```sql\nSELECT 2\n```', 'SELECT 1'],
    ['SELECT 1', 'SELECT 1'],
    ['Action: ```sql\nCALL me()\n```', '```sql\nCALL me()\n```'],
    ['Action: I submit now', 'I submit now'],
    ['Action: ```sql\n```', ''],
    ['Submit the answer? I am not sure.', ''],
    ['The tables are unknown.', ''],
    ['', ''],
  ])('%j does %j', (reply, action) => {
    expect(sql(reply)).toBe(action)
  })
})

test('what the embedded policy writes is read back', () => {
  const word = fc.stringMatching(/^[a-z0-9][a-z0-9 .%&'"-]{0,20}[a-z0-9]$/)
  fc.assert(
    fc.property(fc.constantFrom('search', 'click'), word, (name, argument) => {
      expect(shop(writeReply('A thought.', `${name}[${argument}]`))).toBe(`${name}[${argument}]`)
      expect(sql(writeReply('A thought.', `SELECT ${argument}`))).toBe(`SELECT ${argument}`)
    }),
  )
})

test('any text is read, whatever is in it, and huge ones at once', () => {
  const pieces = fc.constantFrom(
    ...[
      'Action',
      ':',
      'Thought:',
      '\n',
      ' ',
      '```',
      'sql',
      'search[',
      'click[',
      ']',
      '[',
      '"',
      "'",
      '`',
      '*',
      '<think>',
    ],
    ...['</think>', '{', '"action"', 'submit', 'SELECT', '\u0000', '\uD800', '\u202E', '　', 'Observation:', '1'],
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 60 }), (texts) => {
      const reply = texts.join('')
      expect(typeof shop(reply) + typeof sql(reply)).toBe('stringstring')
    }),
    { numRuns: 500 },
  )
  for (const piece of [
    'Action:',
    'Action:\n',
    ' ',
    '\n',
    '> ',
    '*',
    '`',
    '[',
    'search[',
    'search[a',
    '{"a":',
    'a\n\n',
    '<think>',
  ]) {
    const huge = piece.repeat(1_000_000)
    expect(shop(huge).length + sql(huge).length).toBeLessThanOrEqual(2 * MOST_READ)
  }
})

test('an action is looked for where it is marked, at the start of a line first', () => {
  expect(actionPart('The action: a.\nAction: b')).toEqual({ marked: true, text: 'b' })
  expect(actionPart('My action: a')).toEqual({ marked: true, text: 'a' })
  expect(actionPart('nothing')).toEqual({ marked: false, text: 'nothing' })
})
