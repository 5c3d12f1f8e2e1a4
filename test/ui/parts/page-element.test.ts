/** Elements draw themselves anew when what they show has changed. */
import { expect, test } from 'vitest'
import { PageElement } from '../../../src/ui/parts/page-element.ts'
import { Changes } from '../../../src/ui/state/changes.ts'
import type { PageState } from '../../../src/ui/state/page-state.ts'

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
