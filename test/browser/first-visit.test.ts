/** What meets a first visitor: on a desk, on a phone, in the dark, by keyboard, through a link. */
import { describe, expect, test } from 'vitest'
import { PHONE, SCREENS, sideways, violations, violationsByNight, violationsDayAndNight } from './looks.ts'
import { atTask, drop, exported, startFresh, visit } from './visit.ts'

test('a recorded run stands at its first question, and asks nothing of any other host', async () => {
  const { page, complaints } = await visit()
  await page.getByText(/^Recorded run, seed/).waitFor()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('RRO Lab')
  const card = page.getByRole('button', { name: /^Step \d+, candidate \d+/ })
  expect(await card.count()).toBe(1)
  expect(await card.textContent()).toContain('proposed') // no rollout shows its worth yet
  await page.getByRole('region', { name: /world/i }).getByText(/\$\d/).first().waitFor()
  expect(complaints).toEqual([])
})

test('with the other environment chosen, its recorded run stands there; choosing again brings the first one back', async () => {
  const { page, complaints } = await visit('#environment=intercode-sql')
  await page.getByText(/^Recorded run, seed/).waitFor()
  await page
    .getByRole('button', { name: /^Step 1, candidate 1/ })
    .getByText('SHOW TABLES')
    .waitFor()
  await page.getByRole('combobox', { name: 'Environment' }).selectOption('webshop')
  await page
    .getByRole('button', { name: /^Step 1, candidate 1/ })
    .getByText(/search\[/)
    .waitFor()
  expect(complaints).toEqual([])
})

test('Play, Space and Replay are one, and play what stands there', async () => {
  const { page } = await visit()
  const play = page.locator('.transport .play')
  expect([await play.textContent(), await play.getAttribute('title')]).toEqual([
    expect.stringContaining('Play'),
    'Play (Space)',
  ])
  // So slow that it does not come to its end in the meantime.
  await page.getByLabel('Speed').selectOption('0.5')
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Pause playing' }).waitFor()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await page.getByRole('button', { name: 'Pause playing' }).click()
  await page.getByLabel('Speed').selectOption('16')
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: /^Step 2, candidate 1/ }).waitFor()
  await page.getByText(/^Recorded run, seed/).waitFor() // still

  await page.getByRole('slider', { name: 'Events of the task' }).press('End')
  await page.getByRole('button', { name: 'Replay this task' }).waitFor()
  expect([await play.textContent(), await play.getAttribute('title')]).toEqual([
    expect.stringContaining('Replay'),
    'Replay this task (Space)',
  ])
  const task = await page.getByRole('heading', { name: /^Task \d+ of/ }).textContent()
  await page.getByLabel('Speed').selectOption('0.5')
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Pause playing' }).click()
  await page.getByText(/^[1-9] \/ \d+$/).waitFor()
  expect(await page.getByRole('heading', { name: /^Task \d+ of/ }).textContent()).toBe(task)
  await page.getByText(/^Recorded run, seed/).waitFor()
})

test('the example is never lost from sight: one press leads back to where it was left', async () => {
  const { page } = await visit()
  await page.getByText(/^Recorded run, seed/).waitFor()
  for (const key of ['l', 'l', 'l']) await page.keyboard.press(key)
  const place = await page.locator('rro-scrubber .place').textContent()
  const back = page.getByRole('button', { name: 'Back to the example' })
  expect(await back.count()).toBe(0)
  await startFresh(page)
  await page.getByText(/^Your run, seed 7/).waitFor()
  await back.click()
  await page.getByText(/^Recorded run, seed/).waitFor()
  expect(await page.locator('rro-scrubber .place').textContent()).toBe(place)
  await back.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Resume your last run' }).click()
  await page.getByText(/^Your run, seed 7/).waitFor()
  await back.waitFor()
})

test('settings in the address that are out of range are said and corrected', async () => {
  const { page } = await visit('#seed=5&rollouts=1000&method=magic&colour=red')
  const alert = page.getByRole('alert')
  await alert.getByText('Rollouts m: "1000" is above the largest value 64. Using 64.').waitFor()
  await alert.getByText(/Method: "magic" is none of/).waitFor()
  await alert.getByText(/no setting called "colour"/).waitFor()
  await startFresh(page)
  await page.keyboard.press('n')
  await atTask(page, 1)
  expect(JSON.parse((await exported(page, 'run')).split('\n')[0] ?? '').config).toMatchObject({
    rollouts: 64,
    method: 'rro',
    seed: 5,
  })
})

test('a setting typed out of range is said beside its field, and the run takes the corrected one', async () => {
  const { page } = await visit('#tasks=2')
  await page.getByRole('button', { name: 'Settings' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Rollouts m/).fill('900')
  await dialog.getByLabel(/^Rollouts m/).press('Tab')
  await dialog.getByText(/above the largest value 64/).waitFor()
  await dialog.getByRole('button', { name: /^Start with these/ }).click()
  await page.getByText(/^Your run/).waitFor()
  expect(JSON.parse((await exported(page, 'run')).split('\n')[0] ?? '').config.rollouts).toBe(64)
  await expect.poll(() => new URL(page.url()).hash).toContain('rollouts=64')
})

test('a run file comes back as if it had been run here; a damaged one gets a sentence with its line', async () => {
  const { page } = await visit('#seed=9&tasks=2')
  await startFresh(page)
  await page.keyboard.press('n')
  await page.getByText(/^Your run, seed 9: [12] of 2 tasks/).waitFor()
  const text = await exported(page, 'run')
  await drop(page, [{ name: 'mine.jsonl', text }])
  await page.getByText(/^Imported run, seed 9/).waitFor()
  expect(await exported(page, 'run')).toBe(text)
  const lines = text.split('\n')
  lines[12] = lines[12]?.replace('"', "'") ?? ''
  await drop(page, [{ name: 'damaged.jsonl', text: lines.join('\n') }])
  await page
    .getByRole('alert')
    .getByText(/[Ll]ine 13 /)
    .waitFor()
  await drop(page, [{ name: 'other.jsonl', text: '<!doctype html><title>404</title>' }])
  await page
    .getByRole('alert')
    .getByText(/Line 1: this is a web page/)
    .waitFor()
  await page.getByRole('button', { name: 'Runs' }).click()
  const runs = page.getByRole('dialog').getByRole('heading', { level: 3 })
  await runs.nth(4).waitFor() // two recorded ones, that of the link, the fresh one, the imported one
  expect(await runs.count()).toBe(5)
})

test.each([
  ['a projector at 150 %', { width: 911, height: 512 }],
  ['a projector at 200 %', { width: 683, height: 384 }],
  ['a small window', { width: 1024, height: 640 }],
])('on %s the card that is told about is in view, under two rows of the header', async (_name, viewport) => {
  const { page } = await visit('', { viewport })
  await page.getByText(/^Recorded run, seed/).waitFor({ state: 'attached' })
  const card = page.getByRole('button', { name: /^Step \d+, candidate \d+/ }).and(page.locator('[aria-current=true]'))
  await card.waitFor()
  const box = async (of: typeof card) => (await of.boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 }
  const [shown, top, bottom] = [
    await box(card),
    await box(page.locator('header')),
    await box(page.locator('.transport')),
  ]
  expect(top.height).toBeLessThan(90)
  // Nothing that scrolls, and no picture below, covers a part of it.
  const path = await box(page.locator('rro-path .scroller'))
  const picture = page.locator('rro-path .curve') // none where there is no room for it
  const curve = (await picture.count()) === 0 ? null : await picture.boundingBox()
  expect(shown.y).toBeGreaterThanOrEqual(path.y)
  expect(shown.y + shown.height).toBeLessThanOrEqual(curve?.y ?? path.y + path.height)
  expect(shown.y + shown.height).toBeLessThan(bottom.y)
  expect(shown.x + shown.width).toBeLessThanOrEqual(viewport.width)
  expect(await sideways(page)).toBe(0)
})

test('on projectors and phones the tables of Theory scroll in their boxes, and Compare is no wider than the window', async () => {
  const { page } = await visit('#compare&view=theory')
  await page.getByText(/^\d+ next actions?, [\d,]+ rollouts\.$/).waitFor()
  for (const summary of await page.locator('.theory summary').all()) await summary.click()
  const screens = [
    ['a projector at 150 %', { width: 911, height: 512 }],
    ['a projector at 200 %', { width: 683, height: 384 }],
    ['a phone', PHONE],
  ] as const
  for (const [name, viewport] of screens) {
    await page.setViewportSize(viewport)
    const clipped = await page.locator('.theory table').evaluateAll((tables) =>
      tables.flatMap((table) => {
        const box = table.closest('.scrolled') ?? table
        const { left, right } = box.getBoundingClientRect()
        const scrolls = getComputedStyle(box).overflowX === 'auto' || table.scrollWidth <= box.clientWidth
        return left >= 0 && right <= innerWidth && scrolls ? [] : [box.ariaLabel ?? table.textContent.slice(0, 60)]
      }),
    )
    expect(clipped, name).toEqual([])
    expect(await sideways(page), name).toBe(0)
  }
  await page.getByRole('tab', { name: 'Results' }).click()
  for (const [name, viewport] of screens) {
    await page.setViewportSize(viewport)
    expect(await sideways(page), name).toBe(0)
  }
})

test('every candidate can be reached and read as a tree, by keyboard alone', async () => {
  const { page } = await visit()
  await page.keyboard.press('n') // to the end of the task
  await page.getByRole('button', { name: 'Replay this task' }).waitFor()
  await page.keyboard.press('t')
  const tree = page.getByRole('tree')
  await tree.waitFor()
  await tree.getByRole('treeitem').first().focus()
  await page.keyboard.press('Home')
  const seen = new Set<string>()
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press('ArrowDown')
    seen.add((await page.evaluate(() => document.activeElement?.textContent)) ?? '')
  }
  expect(seen.size).toBeGreaterThan(3)
  expect([...seen].join(' ')).toMatch(/rises|falls short|holds/)
})

describe.each(SCREENS)('%s', (_name, options) => {
  test('axe finds nothing, and nothing sticks out sideways', async () => {
    const { page } = await visit('', options)
    expect(await violationsDayAndNight(page)).toEqual([])
    await page.keyboard.press('n') // to the end of the task
    await page.getByRole('button', { name: 'Replay this task' }).waitFor()
    expect(await violationsDayAndNight(page)).toEqual([])
    for (const key of ['s', 'o', '?']) {
      await page.keyboard.press(key)
      await page.getByRole('dialog').waitFor()
      expect(await violationsDayAndNight(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    }
    await page.keyboard.press('t')
    expect(await violationsDayAndNight(page)).toEqual([])
    expect(await sideways(page)).toBeLessThanOrEqual(0)
  })
})

test('axe finds nothing by night in what opens on the way, nor by day where no other test looks', async () => {
  const { page } = await visit()
  const found: string[] = []
  const look = async (name: string): Promise<void> => {
    found.push(...(await violationsByNight(page)).map((line) => `${name}: ${line}`))
  }
  const toTheEnd = async (): Promise<void> => {
    await page.keyboard.press('n')
    await page.getByRole('button', { name: 'Replay this task' }).waitFor()
  }
  await page.keyboard.press('e')
  await page.getByRole('button', { name: /^Preference pairs/ }).waitFor()
  found.push(...(await violations(page)))
  await look('export')
  await page.keyboard.press('Escape')
  await page.keyboard.press('a')
  await page.getByRole('group', { name: 'Act in this task?' }).waitFor()
  await look('asked to act')
  await page.keyboard.press('Escape')
  await toTheEnd()
  await page.keyboard.press('w')
  await page.getByText(/^Asked (in|before|at) /).waitFor()
  await page.getByRole('button', { name: /^What if the rule/ }).click()
  await page.getByRole('region', { name: 'What if the rule were different' }).waitFor()
  await page.getByRole('button', { name: 'Edit this world' }).click()
  const form = page.getByRole('form', { name: 'Edit this world' })
  await form.waitFor()
  await look('what if, knobs and edit')
  await form.getByLabel('Instruction').fill('a lavender body wash')
  await form.getByRole('button', { name: 'Explore again' }).click()
  const mark = page.getByRole('group', { name: 'Edited world' })
  await mark.getByText(/^Before: /).waitFor()
  await look('edited')
  await mark.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('The edit is undone.').waitFor()

  await page.getByRole('combobox', { name: 'Environment' }).selectOption('intercode-sql')
  await page.getByText('SHOW TABLES').first().waitFor()
  await toTheEnd()
  await page.getByText(/^Gold result/).waitFor()
  await page.keyboard.press('u')
  await page.keyboard.press('x')
  await page.getByLabel(/^Row/).waitFor()
  found.push(...(await violations(page)))
  await look('SQL, knobs and edit')
  await page.evaluate(() => {
    location.hash = '#present=1'
  })
  await page.getByRole('button', { name: /^(Play|Replay this task)$/ }).waitFor()
  await page.getByRole('banner').getByRole('button').first().waitFor({ state: 'hidden' })
  await look('present')
  expect(found).toEqual([])
})
