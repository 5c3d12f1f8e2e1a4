import { expect, test } from 'vitest'
import { Turns } from '../../../src/core/turns.ts'
import { Intentions } from '../../../src/ui/state/intentions.ts'
import { Newest } from '../../../src/ui/state/newest.ts'
import { rested } from '../slow-lab.ts'

/** Work that ends when it is told to. */
function slow(done: string[], words: string) {
  let end = (): void => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { end: () => end(), work: () => ended.then(() => done.push(words)) }
}

test('a wish counts from when it is made, however long it takes to come to its turn', async () => {
  const intentions = new Intentions()
  const file = intentions.wish()
  const press = intentions.wish()
  expect(await intentions.take(press, async () => 'press')).toBe('press')
  expect([intentions.stands(file), intentions.stands(press)]).toEqual([false, true])
  expect(await intentions.take(file, async () => 'file')).toBeUndefined()
})

test('a wish that still reads its file leaves the ones before it alone', async () => {
  const intentions = new Intentions()
  const press = intentions.wish()
  const file = intentions.wish()
  expect(await intentions.take(press, async () => 'press')).toBe('press')
  expect(await intentions.take(file, async () => 'file')).toBe('file')
})

test('what is begun waits for what was begun before it, and is not done where something newer has been begun', async () => {
  const intentions = new Intentions()
  const done: string[] = []
  const first = slow(done, 'first')
  void intentions.take(intentions.wish(), first.work)
  await rested()
  void intentions.take(intentions.wish(), async () => done.push('second'))
  void intentions.take(intentions.wish(), async () => done.push('third'))
  await rested()
  expect(done).toEqual([])
  first.end()
  await intentions.idle()
  expect(done).toEqual(['first', 'third'])
})

test('the page by itself waits for every wish, and any wish overtakes it', async () => {
  const intentions = new Intentions()
  const done: string[] = []
  const wish = slow(done, 'wish')
  void intentions.take(intentions.wish(), wish.work)
  const own = intentions.byItself(async (own) => {
    done.push('own')
    const stood = intentions.stands(own)
    void intentions.take(intentions.wish(), async () => undefined)
    return [stood, intentions.stands(own)]
  })
  await rested()
  expect(done).toEqual([])
  wish.end()
  expect(await own).toEqual([true, false])
  expect(done).toEqual(['wish', 'own'])
})

test('work that fails does not hold up the next', async () => {
  const turns = new Turns()
  await expect(turns.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await turns.take(() => 'yes')).toBe('yes')
  await turns.idle()
})

test('only the newest stands', () => {
  const asked = new Newest()
  const before = asked.now()
  const first = asked.next()
  const second = asked.next()
  expect([before(), first(), second(), asked.now()()]).toEqual([false, false, true, true])
})
