/** What our own language model wrote, token by token, of the open run. */
import { expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import { foldTask } from '../../../src/core/log/fold-task.ts'
import { fileOf, openTestLab } from '../labs.ts'

const SETTINGS = { policy: 'transformer', environment: 'intercode-sql', tasks: 1, rollouts: 1, candidates: 2, seed: 5 }

async function explored(settings: Record<string, unknown> = SETTINGS) {
  const lab = openTestLab()
  const { id } = unwrap(await lab.create(settings)).progress.info
  unwrap(await lab.advance('task'))
  return { lab, id }
}

test('each step is spelled upon all that was done before, as it was drawn', async () => {
  const { lab } = await explored()
  const task = foldTask(await lab.taskEvents(0))
  expect(task?.steps.length).toBeGreaterThan(2)
  let before = '<|begin|>'
  for (const { step, candidates } of task?.steps ?? [])
    for (const [i] of candidates.entries()) {
      const { read, tokens } = unwrap(await lab.visit('spoken', 0, step, i + 1))
      // What was read at a step goes on from what was read at the one before, the action that was taken in between.
      expect(read.startsWith(before)).toBe(true)
      expect(read.endsWith('<|act|>')).toBe(true)
      expect(read.split('<|act|>')).toHaveLength(step + 1)
      expect(tokens.at(-1)?.text).toBe('<|end|>')
      for (const { probability } of tokens) expect(probability).toBeGreaterThan(1e-9)
      if (i === 0) before = read
    }
  const last = task?.steps.at(-1)
  expect(last?.candidates[0]?.proposed.action).toBe('submit')
  const { tokens } = unwrap(await lab.visit('spoken', 0, last?.step ?? 0, 1))
  expect(tokens.map(({ text }) => text)).toEqual([' submit', '<|end|>'])
})

test('what cannot be spelled says why', async () => {
  const { lab, id } = await explored()
  for (const [task, step, candidate] of [
    [0, 99, 1],
    [0, 0, 1],
    [0, 1, 99],
    [7, 1, 1],
    [0, Number.NaN, 1],
  ] as const)
    expect(await lab.visit('spoken', task, step, candidate)).toMatchObject({
      ok: false,
      failure: { code: 'step-unknown' },
    })
  // Of a run that another version made.
  const text = (await fileOf(lab, id)).replace(/("agent":\{[^}]*"fingerprint":")[0-9a-f]{4}/, '$10000')
  const other = openTestLab()
  unwrap(await other.open(unwrap(await other.importRun(new File([text], 'other.jsonl'))).id))
  expect(await other.visit('spoken', 0, 1, 1)).toMatchObject({ ok: false, failure: { code: 'agent-elsewhere' } })
  const { lab: linear } = await explored({ ...SETTINGS, policy: 'linear' })
  expect(await linear.visit('spoken', 0, 1, 1)).toMatchObject({ ok: false, failure: { code: 'spoken-agent' } })
})
