/** Learn, from the first chapter to the last: by keyboard alone, left and come back to, by a link, and what it leaves behind. */
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { holdStoreOnce } from './held-store.ts'
import { faultsOnOpposites, frames, PHONE, sideways, violations, violationsDayAndNight } from './looks.ts'
import { nodeExport } from './node-run.ts'
import { ownShop } from './own-shop.ts'
import {
  atTask,
  drop,
  exported,
  finished,
  newPage,
  newVisitor,
  runToTheEnd,
  startFresh,
  textOf,
  visit,
} from './visit.ts'

const heading = (page: Page) => page.getByRole('article').getByRole('heading', { level: 2 })

/** Resolves when the example stands there. */
async function begun(page: Page): Promise<void> {
  await page.locator('.learn-keys .go:enabled').waitFor()
}

async function wanted(page: Page): Promise<string> {
  return (await page.locator('.learn-keys .go').textContent())?.trim() ?? ''
}

/** What came of an answer. */
async function answered(page: Page): Promise<string> {
  const heard = page.locator('.heard > *').first()
  await heard.waitFor()
  return ((await heard.textContent()) ?? '').replace(/\s+/g, ' ').trim()
}

/** Words that nobody can follow a chapter without, as they stand in its text. */
const FIELD_WORDS = [
  ['process reward', /process reward/i],
  ['bar', /\bbar\b/],
  ['rollout', /\brollouts?\b/],
  ['m', /\bm\b/],
  ['candidate', /\bcandidates?\b/],
  ['pair', /\bpairs?\b/],
  ['DPO', /Direct Preference Optimization/],
  ['policy', /\bpolicy\b(?! call)/],
] as const

/** What a beat tells, asks and answers, and which of its words are explained there. */
function marked(page: Page): Promise<{ words: string; terms: string[] }> {
  return page.locator('.beat').evaluate((beat) => ({
    words: [...beat.querySelectorAll('.tell, .ask > p, .heard')].map(({ textContent }) => textContent).join(' '),
    terms: [...beat.querySelectorAll<HTMLElement>('.word')].map(({ dataset }) => dataset.term ?? ''),
  }))
}

/** From now on the lab is not asked to open any run. @returns asks it for all that were to be opened */
async function holdOpening(page: Page): Promise<() => Promise<void>> {
  const held = await page.evaluateHandle(() => {
    const calls: (() => void)[] = []
    const { prototype } = Worker
    const { postMessage } = prototype
    prototype.postMessage = function (this: Worker, ...given: unknown[]) {
      const call = (): void => Reflect.apply(postMessage, this, given)
      if ((given[0] as { readonly path?: readonly string[] }).path?.[0] === 'open') calls.push(call)
      else call()
    }
    return {
      release: () => {
        prototype.postMessage = postMessage
        for (const call of calls) call()
      },
    }
  })
  return () => held.evaluate(({ release }) => release())
}

// What moves is another test's: here each part comes at once to its end.
test('a first visit goes through the whole of Learn by one key, and each question gets its answer', async () => {
  const { page, complaints } = await visit('', { reducedMotion: 'reduce' })
  expect(await page.getByRole('navigation', { name: 'Workspaces' }).getByRole('link').allTextContents()).toEqual([
    'Learn',
    'Explore',
    'Compare',
    'Data',
  ])
  await page.keyboard.press('3')
  await begun(page)
  const titles = new Set<string>()
  const answers: string[] = []
  const found: string[] = []
  const told = new Map<string, { words: string; terms: string[] }>()
  for (;;) {
    const title = (await heading(page).textContent()) ?? ''
    const name = title.replace(/\d+ of \d+\s*$/, '').trim()
    if (!titles.has(name)) {
      titles.add(name)
      found.push(...(await violationsDayAndNight(page)).map((line) => `${name}: ${line}`))
    }
    if ((await wanted(page)) === 'Show me') {
      await page.keyboard.press('Space')
      answers.push(await answered(page))
      // The language model was trained: what moved stands beside its tokens.
      if (answers.at(-1)?.startsWith('It went from'))
        await page
          .locator('rro-spoken .tokens sup')
          .filter({ hasText: /^[+−]\d+$/ })
          .nth(1)
          .waitFor()
    }
    const { words, terms } = await marked(page)
    const before = told.get(name) ?? { words: '', terms: [] }
    told.set(name, { words: `${before.words} ${words}`, terms: [...before.terms, ...terms] })
    if ((await wanted(page)) === 'The end') break
    await page.keyboard.press('Space')
    await expect.poll(() => heading(page).textContent()).not.toBe(title)
  }
  for (const [name, { words, terms }] of told) {
    expect(new Set(terms).size, `${name} marks each word once: ${terms.join(', ')}`).toBe(terms.length)
    const said = FIELD_WORDS.filter(([, pattern]) => pattern.test(words)).map(([term]) => term)
    expect(terms, name).toEqual(expect.arrayContaining(said))
  }
  expect([...titles]).toHaveLength(11)
  expect(answers.length).toBeGreaterThan(10)
  expect(answers.some((answer) => answer.startsWith('It went from'))).toBe(true)
  expect(answers.join('\n')).toMatch(
    /^Its mean reward on 255 tasks went from 0\.\d{3} to 0\.\d{3}: [+−]0\.\d{3} ± 0\.\d{3} /m,
  )
  expect(found).toEqual([])
  expect(complaints).toEqual([])
})

test('what the visitor does is noticed and answered', async () => {
  const { page, complaints } = await visit('#learn&chapter=rule')
  await begun(page)
  await page.getByRole('button', { name: 'It rises' }).click()
  expect(await answered(page)).toMatch(/^No: .* it falls short\.$/)
  await page.keyboard.press('Space')
  await heading(page).getByText('2 of 3').waitFor()
  await page.getByRole('button', { name: 'It rises' }).click()
  expect(await answered(page)).toMatch(/^Right: /)
  await page.getByRole('button', { name: 'Go on' }).click()
  await heading(page).getByText('3 of 3').waitFor()
  await page.getByRole('slider', { name: 'Bar' }).press('End')
  expect(await answered(page)).toMatch(/^With the bar at 1\.00 it would have to draw on/)
  await page.getByRole('link', { name: /^Chapter 6/ }).click()
  await page.getByRole('button', { name: /^Step 1, candidate 1/ }).click()
  expect(await answered(page)).toMatch(/is in no pair/)
  await page.getByRole('button', { name: /^Step 2, candidate 1/ }).click()
  await expect.poll(() => answered(page)).toMatch(/^Yes\. Chosen/)
  expect(complaints).toEqual([])
})

test('whoever wants no motion sees at once what it comes to', async () => {
  const { page } = await visit('#learn&chapter=process-reward', { reducedMotion: 'reduce' })
  await begun(page)
  const frames = await page.evaluate(async () => {
    const seen = new Set<string>()
    const watch = new MutationObserver(() =>
      seen.add(document.querySelector('.card[aria-current=true]')?.textContent ?? ''),
    )
    watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
    document.querySelector<HTMLButtonElement>('.learn-keys .go')?.click()
    const heard = () => document.querySelector('.heard')?.textContent?.trim() !== ''
    while (!heard()) await new Promise(requestAnimationFrame)
    watch.disconnect()
    return [...seen].filter((words) => /rollout \d of/.test(words))
  })
  expect(frames).toEqual([])
  expect(await answered(page)).toMatch(/^It is /)
})

test('Learn goes on where it was left, and Explore is as it was', async () => {
  const { page } = await visit('#seed=5&tasks=2')
  await startFresh(page)
  await page.getByText(/^Your run, seed 5/).waitFor()
  await page.keyboard.press('3')
  await begun(page)
  await page.getByRole('link', { name: /^Chapter 3/ }).click()
  await heading(page).getByText('A process reward by rollouts').waitFor()
  await page.keyboard.press('Space')
  await answered(page)
  await page.keyboard.press('Space')
  await heading(page).getByText('2 of 3').waitFor()
  await page.keyboard.press('1')
  await page.getByText(/^Your run, seed 5/).waitFor()
  await page.goto('about:blank')
  await page.goBack()
  await page.keyboard.press('3')
  await begun(page)
  expect(await heading(page).textContent()).toMatch(/A process reward by rollouts\s*2 of 3/)
})

test('a key that is pressed while the page begins is heard', async () => {
  const page = await newPage(await newVisitor())
  await page.addInitScript(() => {
    // The page's code has just run for the first time.
    addEventListener('DOMContentLoaded', () =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '3', code: 'Digit3', bubbles: true })),
    )
  })
  await page.goto(inject('site'))
  await begun(page)
})

test('Learn leaves the run and the place as they were, however soon it is left', async () => {
  const { page, complaints } = await visit('#seed=5&tasks=2')
  await startFresh(page)
  await runToTheEnd(page, 2)
  await atTask(page, 2)
  await page.keyboard.press('p')
  await atTask(page, 1)
  await page.keyboard.press('h')
  const place = page.locator('rro-scrubber .place')
  const [run, where] = [await exported(page, 'run'), await place.textContent()]
  const asItWas = async (): Promise<void> => {
    await page.getByText(/^Your run, seed 5/).waitFor()
    await expect.poll(() => place.textContent()).toBe(where)
    expect(await exported(page, 'run')).toBe(run)
    await atTask(page, 1)
    expect(await place.textContent()).toBe(where)
  }
  const leaveAtOnce = async (): Promise<void> => {
    for (const key of ['3', '1', '3', '1']) await page.keyboard.press(key)
  }
  await leaveAtOnce() // its code is not here yet
  await asItWas()
  await page.keyboard.press('3')
  await begun(page)
  await page.keyboard.press('1')
  await asItWas()
  await leaveAtOnce()
  await asItWas()
  const release = await holdOpening(page)
  await page.keyboard.press('3')
  await page.getByText('Opening the example…').waitFor()
  for (const key of ['1', '3', '1']) await page.keyboard.press(key)
  await page.getByText(/^Your run, seed 5/).waitFor()
  await release()
  await asItWas()
  expect(complaints).toEqual([])
})

test('a menu that was shut is not open for who comes back at once, and opens at once for who wants it again', async () => {
  const { page } = await visit()
  const item = page.getByRole('button', { name: /The run itself/ })
  /** Quicker than the browser tells the page that a menu was shut. @returns how many menus stand open */
  const press = (...keys: string[]): Promise<number> =>
    page.evaluate(async (keys) => {
      for (const key of keys) {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
        for (let turn = 0; turn < 40; turn++) await Promise.resolve()
        if ((document.querySelector('rro-export-menu') === null) !== (key === '3')) throw new Error(`not drawn: ${key}`)
      }
      return document.querySelectorAll('details.menu[open]').length
    }, keys)
  await page.keyboard.press('e')
  await item.waitFor()
  expect(await press('Escape', '3', '1')).toBe(0)
  await page.getByText('Export', { exact: true }).waitFor()
  await frames(page, 3)
  expect(await item.isVisible()).toBe(false)
  await page.keyboard.press('e')
  await item.waitFor()
  expect(await press('Escape', 'e')).toBe(1)
  await frames(page, 3)
  expect(await item.isVisible()).toBe(true)
  expect(await press('3', '1')).toBe(0) // left open
})

test('a run at full speed waits while Learn is open, and goes on when it is left', async () => {
  const { page } = await visit('#seed=5&tasks=500&rollouts=3')
  await startFresh(page)
  await page.getByText(/^Your run, seed 5/).waitFor()
  const release = await holdStoreOnce(page, /saved [\d,]{5,} events/)
  await page.getByRole('button', { name: 'Run all' }).click()
  await page.getByText(/saved [\d,]{5,} events/).waitFor()
  const pause = page.getByRole('button', { name: 'Pause', exact: true })
  await pause.waitFor()
  await page.keyboard.press('3')
  await release()
  await begun(page)
  const explored = async (): Promise<string> => {
    await page.getByRole('button', { name: 'Runs' }).click()
    const newest = page.getByRole('dialog').getByRole('button', { name: 'Export run' }).first()
    const [download] = await Promise.all([page.waitForEvent('download'), newest.click()])
    await page.keyboard.press('Escape')
    return textOf(download)
  }
  const before = await explored()
  await page.getByRole('button', { name: 'Show me' }).click()
  await answered(page)
  expect(await explored()).toBe(before)
  await page.keyboard.press('1')
  await finished(page, 500) // by itself, maybe before “Pause” could be seen
  const whole = await exported(page, 'run')
  expect(before.split('\n').length).toBeLessThan(whole.split('\n').length)
  expect(whole).toBe(await nodeExport({ seed: 5, tasks: 500, rollouts: 3 }, 'run'))
})

test('a run that is dropped on Learn stands in Explore, and stays', async () => {
  const { page } = await visit('#seed=5&tasks=2')
  await startFresh(page)
  await page.getByText(/^Your run, seed 5/).waitFor()
  await page.keyboard.press('3')
  await begun(page)
  const text = await nodeExport({ seed: 7, tasks: 2 }, 'run')
  await drop(page, [{ name: 'theirs.jsonl', text }])
  const theirs = page.getByText(/^Imported run, seed 7/)
  await theirs.waitFor()
  expect(await exported(page, 'run')).toBe(text)
  await page.keyboard.press('3')
  await begun(page)
  await page.keyboard.press('1')
  await theirs.waitFor()
  expect(await exported(page, 'run')).toBe(text)
})

test('where files of one’s own are in the place of the shipped shop, Learn says so and takes it back', async () => {
  const { page, complaints } = await visit('#learn&chapter=episode')
  await begun(page)
  const said = page.getByRole('alert').getByText(/^Learn is told with the shop that ships with the page/)
  const other = page.getByRole('region', { name: 'The world' }).getByText(/made with other data/)
  expect([await said.count(), await other.count()]).toEqual([0, 0])
  await drop(page, ownShop('a pair of shoes'))
  await said.waitFor()
  await other.waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Use the shipped shop' }).click()
  await said.waitFor({ state: 'hidden' })
  await other.waitFor({ state: 'hidden' })
  await page.keyboard.press('Space')
  expect(await answered(page)).toMatch(/^Bought\./)
  expect(complaints).toEqual([])
})

test('a chapter has an address, Back goes to the one before, and one that is none is said', async () => {
  const { page } = await visit('#learn&chapter=pair')
  await begun(page)
  await heading(page).getByText('What a pair is').waitFor()
  await page.getByRole('link', { name: /^Chapter 7/ }).click()
  await heading(page).getByText('DPO moves the policy').waitFor()
  await page.goBack()
  await heading(page).getByText('What a pair is').waitFor()
  await page.evaluate(() => {
    location.hash = '#learn&chapter=magic'
  })
  await page
    .getByRole('alert')
    .getByText(/"magic" is none of episode/)
    .waitFor()
})

test('the language model is fetched at a press, explores, is found again after a reload, and its training can be stopped', async () => {
  const { page, context, complaints } = await visit('#learn&chapter=language-model')
  const asked: string[] = []
  const files = /models\/tiny\//
  await context.route(files, (route) => {
    asked.push(route.request().url())
    return route.abort()
  })
  await begun(page)
  expect(asked).toEqual([])
  const press = (name: string) => page.getByRole('article').getByRole('button', { name, exact: true }).click()
  await press('Fetch it (0.4 MB)')
  await page
    .getByRole('article')
    .getByRole('alert')
    .getByText(/^It could not be fetched\. Check the connection/)
    .waitFor()
  expect(asked.length).toBeGreaterThan(0)
  await context.unroute(files)
  await press('Fetch it (0.4 MB)')
  expect(await answered(page)).toMatch(/^It is here\./)
  await page.keyboard.press('Space')
  await press('less than 1 in 1,000')
  const whole = page.getByText(/^The whole action has a probability of/)
  await whole.waitFor()
  expect(await answered(page)).toMatch(/^(Right|Not so)\. It is .*, 1 in [\d,]+: the product over its \d+ tokens/)
  await page.keyboard.press('Space')
  await press('Explore')
  expect(await answered(page)).toMatch(/^40 tasks: .* and \d+ pairs to learn from\.$/)
  await page.keyboard.press('Space')
  await heading(page).getByText('4 of 7').waitFor()
  await page.reload()
  await begun(page)
  const pair = page.getByRole('region', { name: /^Pair with candidate/ })
  await page.getByRole('button', { name: 'Show me' }).click()
  expect(await answered(page)).toMatch(/ has a process reward of /)
  await pair.getByText(/They part at token \d+/).waitFor()
  await page.keyboard.press('Space')
  await press('Train')
  await page.getByRole('region', { name: 'The training' }).getByRole('button', { name: 'Stop' }).click()
  await page.getByText('The training was stopped; no agent was saved.').waitFor()
  expect(await page.locator('.heard > *').count()).toBe(0)
  expect(await faultsOnOpposites(page)).toEqual([])
  await page.getByRole('button', { name: 'Runs' }).click()
  const kept = page.getByRole('dialog').getByText('The tiny language model, explored in Learn')
  await kept.first().waitFor()
  expect(await kept.count()).toBe(1)
  expect(complaints.filter((line) => !/ERR_FAILED/.test(line))).toEqual([])
})

test('what the agent did next is not told while the visitor is asked for it', async () => {
  const { page } = await visit('#learn&chapter=key-step')
  await begun(page)
  const world = page.getByRole('region', { name: 'The world' })
  await world.getByText('Buy Now', { exact: true }).waitFor()
  expect(await world.locator('.next-line').textContent()).toBe('')
  expect(await world.locator('.target').count()).toBe(0)
  await page.getByRole('button', { name: 'click[lavender]' }).click()
  expect(await answered(page)).toMatch(/^Well chosen\./)
})

test('for a lecturer one key goes on, and nothing but the text and the parts stands there', async () => {
  const { page, complaints } = await visit('#learn&chapter=pair&present=1')
  const beat = page.getByRole('article')
  await beat.getByText('Press a card on the path').waitFor()
  expect(await page.locator('.narration').getByRole('button').count()).toBe(0)
  expect(await page.locator('.narration').getByRole('link').count()).toBe(0)
  expect(await page.getByRole('navigation', { name: 'Workspaces' }).count()).toBe(0)
  await page.keyboard.press('PageDown')
  expect(await answered(page)).toMatch(/^Yes\. Chosen/)
  await page.keyboard.press('PageDown')
  await heading(page).getByText('2 of 2').waitFor()
  expect(new URL(page.url()).hash).toContain('present=1')
  await page.keyboard.press('PageDown')
  await heading(page).getByText('DPO moves the policy').waitFor()
  expect(new URL(page.url()).hash).toBe('#learn&chapter=dpo&present=1')
  expect(await sideways(page)).toBe(0)
  expect(complaints).toEqual([])
})

test('inside another page a chapter stands alone, with a way to the whole page', async () => {
  const { page } = await visit('#learn&chapter=pair&embed=1', { viewport: { width: 800, height: 600 } })
  await begun(page)
  expect(await page.getByRole('navigation').count()).toBe(0)
  const whole = page.getByRole('link', { name: 'Open in RRO Lab' })
  expect(new URL((await whole.getAttribute('href')) ?? '', page.url()).hash).toBe('#learn&chapter=pair')
  expect(await sideways(page)).toBe(0)
  expect(await violations(page)).toEqual([])
})

test('on a phone nothing sticks out sideways, and the way on is in sight', async () => {
  const { page } = await visit('#learn&chapter=process-reward', { viewport: PHONE })
  await begun(page)
  expect(await sideways(page)).toBe(0)
  const box = await page.locator('.learn-keys .go').boundingBox()
  expect((box?.y ?? 1e9) + (box?.height ?? 0)).toBeLessThanOrEqual(PHONE.height)
  // Nothing of the path lies over it.
  const over = await page.locator('.learn-keys .go').evaluate((way) => {
    const { x, y, width, height } = way.getBoundingClientRect()
    return document.elementFromPoint(x + width / 2, y + height / 2) === way
  })
  expect(over).toBe(true)
  expect(await violations(page)).toEqual([])
})
