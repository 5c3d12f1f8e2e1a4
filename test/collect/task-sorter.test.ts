import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { createTaskSorter, type TaskLines } from '../../src/collect/task-sorter.ts'

const folder = await mkdtemp(join(tmpdir(), 'sorter-'))
const path = join(folder, 'run.sorting')
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Put {
  readonly source: number
  readonly task: number
  readonly line: string
}

/** The plain way. */
function sorted(puts: readonly Put[]): readonly TaskLines[] {
  const ascending = (numbers: readonly number[]) => [...new Set(numbers)].sort((a, b) => a - b)
  return ascending(puts.map(({ task }) => task)).map((task) => {
    const own = puts.filter((put) => put.task === task)
    const linesOf = (from: number) => own.filter(({ source }) => source === from).map(({ line }) => line)
    return { task, sources: ascending(own.map(({ source }) => source)).map(linesOf) }
  })
}

/** @param mostHeld characters in memory, @param width tasks of a shelf */
async function sortedBySorter(puts: readonly Put[], mostHeld: number, width: number) {
  const sorter = createTaskSorter(path, mostHeld, width)
  try {
    for (const { source, task, line } of puts) {
      sorter.put(source, task, line)
      await sorter.settle()
    }
    const found: TaskLines[] = []
    for await (const lines of sorter.tasks()) found.push(lines)
    return found
  } finally {
    await sorter.close()
  }
}

// Lines break at line feeds alone: JSON may hold what breaks lines elsewhere.
const line = fc.string({ unit: fc.constantFrom('a', ' ', '1', '\u2028', '\u2029', '\r', '\u0085', 'ü', '🙂') })
const put = fc.record({ source: fc.nat(2), task: fc.oneof(fc.nat(30), fc.nat(2 ** 40)), line })

test('lines in any order come task by task, of each source as they were put, in memory or from the disk', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(put), fc.nat(40), fc.integer({ min: 1, max: 9 }), async (puts, most, width) => {
      expect(await sortedBySorter(puts, most, width)).toEqual(sorted(puts))
      expect(await readdir(folder)).toEqual([])
    }),
    { numRuns: 60 },
  )
})

const FEW: readonly Put[] = [3, 1, 2].map((task) => ({ source: 0, task, line: `{"task":${task}}` }))

test('a file that stands in its place is nobody’s, and goes', async () => {
  await writeFile(path, 'left by a process that was killed as it made it')
  expect(await sortedBySorter(FEW, 0, 1)).toEqual(sorted(FEW))
  expect(await readdir(folder)).toEqual([])
})

test('a process that is killed in the middle leaves nothing on the disk', async () => {
  const code = `
    import { createTaskSorter } from ${JSON.stringify(new URL('../../src/collect/task-sorter.ts', import.meta.url).href)}
    const sorter = createTaskSorter(${JSON.stringify(path)}, 0, 1)
    for (let task = 0; task < 100; task++) {
      sorter.put(0, task, 'x'.repeat(10_000))
      await sorter.settle()
    }
    console.log('sorting')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code])
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'close')
  expect(await readdir(folder)).toEqual([])
})
