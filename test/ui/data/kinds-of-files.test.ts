import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { isBackup, isTrajectories } from '../../../src/ui/data/kinds-of-files.ts'

const TURNS = '[{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}]'
const MESSAGES = '[{"role": "user", "content": "a"}]'

const THEIRS: readonly (readonly [name: string, text: string])[] = [
  ['sft.json', `[{"id": "a", "conversations": ${TURNS}}]`],
  ['run.jsonl', `{"conversations":${TURNS}}\n{"conversations":${TURNS}}`],
  ['pairs.json', `[{"id": 1, "prompt": ${TURNS}, "chosen": ${TURNS}, "rejected": ${TURNS}}]`],
  ['a.json', `\uFEFF {"messages": ${MESSAGES}}`],
  ['b.json', MESSAGES],
  ['sampled.json', `[{"id": 7, "iteration": 0, "agent_conversations": ${MESSAGES}}]`],
  ['7.json', `{"meta": {"steps": 3, "reward": 0.5},\n "conversations": ${TURNS}}`],
  ['c.jsonl', `${MESSAGES}\n${MESSAGES}`],
  ['log.txt', 'Question: what\nThought 1: hm\nAction 1: search[a]\nObservation 1: b'],
  ['notes.jsonl', 'Action: submit'],
]
test.each(THEIRS)('%s holds trajectories', async (name, text) => {
  expect(await isTrajectories(new File([text], name))).toBe(true)
})

const OTHERS: readonly (readonly [name: string, text: string])[] = [
  [
    'run.jsonl',
    '{"type":"run-started","version":1,"conversation":{"example":[{"role":"user","content":"Action: a"}]}}',
  ],
  ['rro-lab.backup.jsonl', '{"type":"library-started","version":1}'],
  ['pairs.jsonl', `{"prompt": ${MESSAGES}, "chosen": ${MESSAGES}, "rejected": ${MESSAGES}}`],
  ['items.json', '[{"name": "a", "asin": "b", "full_description": "\\"messages\\": [{\\"role\\": \\"x\\"}]"}]'],
  ['dump.sql', 'Action: submit'],
  ['empty.json', ''],
]
test.each(OTHERS)('%s holds none', async (name, text) => {
  expect(await isTrajectories(new File([text], name))).toBe(false)
})

test.each([
  'public/data/webshop/items_shuffle.json',
  'public/data/webshop/items_ins_v2.json',
  'public/data/webshop/items_human_ins.json',
  'public/data/webshop/demonstrations.jsonl',
  'public/data/webshop/policy-weak.json',
])('nor does %s, which ships with the page', async (path) => {
  const file = new File([await readFile(path)], path)
  expect([await isTrajectories(file), await isBackup(file)]).toEqual([false, false])
})
