/** Files that are too large for a page are refused with a sentence, and nothing of them is read. */
import { expect, test } from 'vitest'
import { MOST_DATA, MOST_RUN } from '../../../src/worker/machine/file-limits.ts'
import { openTestLab } from '../labs.ts'

/** Of a size, with nothing in it that could be read. */
function sized(name: string, size: number): File {
  const file = new File([], name)
  const unread = () => expect.fail('read')
  return Object.assign(Object.defineProperty(file, 'size', { value: size }), {
    ...{ text: unread, stream: unread, arrayBuffer: unread, slice: unread },
  })
}

test.each([
  ['a run', 'importRun', sized('run.jsonl', MOST_RUN + 1), /^run\.jsonl is too large .* 2,001 MB, and 2,000 MB/],
  ['a data file', 'loadData', [sized('items.json', MOST_DATA + 1)], /^items\.json is too large .* 201 MB, and 200 MB/],
  [
    ...['data files together', 'loadData'],
    Array.from({ length: 3 }, (_, i) => sized(`${i}.sqlite`, 80_000_000)),
    /^These 3 files are together too large for a page: 240 MB, and 200 MB can be read\. Nothing was read\./,
  ],
] as const)('%s', async (_, call, files, sentence) => {
  const lab = openTestLab()
  const answer = await lab[call as 'loadData'](files as File[])
  expect(answer).toMatchObject({ failure: { code: 'file-too-large', message: expect.stringMatching(sentence) } })
  await lab.close()
})
