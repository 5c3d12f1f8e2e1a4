/** Elements draw themselves anew when what they show has changed. */
import { expect, test, vi } from 'vitest'
import { PageElement } from '../../../src/ui/parts/page-element.ts'
import { Changes } from '../../../src/ui/state/changes.ts'
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
  protected override readonly showsProgress = false
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

test('what shows no progress is not drawn anew by it', () => {
  const changes = new Changes()
  const page = { changes } as PageState // all that an element asks of it
  const asked = [new Numbers(), new Picture()].map((element) => {
    element.page = page
    element.connectedCallback()
    element.asked = 0
    return element
  })
  for (let n = 0; n < 10; n++) changes.say('progress')
  expect(asked.map((element) => element.asked)).toEqual([10, 0])
  changes.say()
  expect(asked.map((element) => element.asked)).toEqual([11, 1])
})

test('while a run at full speed is followed, an element waits for its frame; else it is drawn at once', async () => {
  stubBrowser()
  vi.stubGlobal('setTimeout', (act: () => void) => act())
  const frames: (() => void)[] = []
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  const explorer = { following: true, running: true }
  const element = new Later()
  element.page = { explorer } as PageState // all that it asks of it
  element.draw()
  expect(element.drawn).toBe(0)
  for (const drawn of [0, 1]) {
    frames.shift()?.()
    await rested()
    expect(element.drawn).toBe(drawn)
  }
  explorer.running = false
  element.draw()
  expect([element.drawn, frames.length]).toEqual([2, 0])
})
