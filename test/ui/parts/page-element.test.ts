/** Elements draw themselves anew when what they show has changed. */
import { expect, test, vi } from 'vitest'
import { PageElement } from '../../../src/ui/parts/page-element.ts'
import { type Change, Changes } from '../../../src/ui/state/changes.ts'
import type { PageState } from '../../../src/ui/state/page-state.ts'
import { stubBrowser } from '../browser-stubs.ts'
import { rested } from '../slow-lab.ts'

class Numbers extends PageElement {
  asked = 0
  override requestUpdate(): void {
    this.asked++
  }
  protected override createRenderRoot(): HTMLElement {
    return this // without a page, there is nothing in it
  }
}
class Picture extends Numbers {
  protected override shows(change: Change): boolean {
    return change === 'anything' || change === 'motion'
  }
}
class World extends Numbers {
  protected override shows(): boolean {
    return true
  }
}
class Later extends Numbers {
  drawn = 0
  protected override readonly framesLater = 2
  protected override performUpdate(): void {
    this.drawn++
  }
  draw(): void {
    void this.scheduleUpdate()
  }
}
customElements.define('test-later', Later)
customElements.define('test-numbers', Numbers)
customElements.define('test-picture', Picture)
customElements.define('test-world', World)

test('an element is drawn anew by what it shows', () => {
  const changes = new Changes()
  const page = { changes } as PageState // all that an element asks of it
  const elements = [new Numbers(), new Picture(), new World()]
  for (const element of elements) {
    element.page = page
    element.connectedCallback()
  }
  const askedBy = (change?: Change): number[] => {
    for (const element of elements) element.asked = 0
    changes.say(change)
    return elements.map(({ asked }) => asked)
  }
  expect(askedBy('progress')).toEqual([1, 0, 1])
  expect(askedBy('motion')).toEqual([1, 1, 1])
  expect(askedBy('sight')).toEqual([0, 0, 1])
  expect(askedBy()).toEqual([1, 1, 1])
})

test('while the page hurries, an element waits for its frame; else it is drawn at once', async () => {
  stubBrowser()
  vi.stubGlobal('setTimeout', (act: () => void) => act())
  const frames: (() => void)[] = []
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  let hurries = true
  const element = new Later()
  element.page = {
    get hurries() {
      return hurries
    },
    player: { playing: false },
  } as PageState // all that it asks of it
  element.draw()
  expect(element.drawn).toBe(0)
  for (const drawn of [0, 1]) {
    frames.shift()?.()
    await rested()
    expect(element.drawn).toBe(drawn)
  }
  hurries = false
  element.draw()
  expect([element.drawn, frames.length]).toEqual([2, 0])
})

test('while it plays fast, an element is drawn in the frame that is its turn, with what else changes in it', async () => {
  stubBrowser()
  vi.stubGlobal('document', { hidden: false })
  const frames: ((began: number) => void)[] = []
  vi.stubGlobal('requestAnimationFrame', (frame: (began: number) => void) => frames.push(frame))
  const element = new Later()
  const page = { hurries: true, player: { playing: true } }
  element.page = page as PageState // all that it asks of it
  const turns: number[] = []
  for (let frame = 1; frame <= 12; frame++) {
    if (frames.length === 0) element.draw()
    const before = element.drawn
    frames.shift()?.(frame)
    await rested()
    if (element.drawn > before) turns.push(frame)
  }
  expect(turns.length).toBeGreaterThanOrEqual(5)
  expect(new Set(turns.map((frame) => frame % 2)).size).toBe(1) // its part's number is even
  element.draw()
  page.hurries = false
  const before = element.drawn
  for (const frame of frames.splice(0)) frame(13)
  await rested()
  expect(element.drawn).toBe(before + 1)
})

class Told extends Later {
  override isUpdatePending = false
  override requestUpdate(): void {
    if (this.page === undefined || this.isUpdatePending) return
    this.isUpdatePending = true
    this.draw()
  }
  protected override performUpdate(): void {
    this.isUpdatePending = false
    super.performUpdate()
  }
}
customElements.define('test-told', Told)

test('how far something has come is drawn at once, also while the page hurries; what has changed besides has its frame', async () => {
  stubBrowser()
  vi.stubGlobal('setTimeout', (act: () => void) => act())
  const frames: (() => void)[] = []
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  const changes = new Changes()
  const element = new Told()
  element.page = { changes, hurries: true, player: { playing: false } } as PageState // all that it asks of it
  element.connectedCallback()
  const after = (...said: Change[]): number[] => {
    const before = element.drawn
    for (const change of said) changes.say(change)
    return [element.drawn - before, frames.length]
  }
  const pass = async (): Promise<void> => {
    while (frames.length > 0) {
      frames.shift()?.()
      await rested()
    }
  }
  await pass()
  expect(after('progress')).toEqual([1, 0])
  expect(after('anything', 'progress')).toEqual([0, 1])
  await pass()
  expect(after('progress', 'progress')).toEqual([2, 0])
})
