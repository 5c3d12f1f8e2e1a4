/** A word of the glossary in a text: underlined with dots, explained on focus, under the pointer, and when it is touched. */
import { html, type TemplateResult } from 'lit'
import type { Term } from '../words/glossary.ts'

/** @param shown as it stands in its sentence: `Bar`, `rollouts` */
export function word(term: Term, shown: string = term): TemplateResult {
  return html`<button type="button" class="word" data-term=${term}>${shown}</button>`
}

/** What a word means is fetched when the first one is met. */
export function explainWords(): void {
  for (const type of ['pointerover', 'focusin', 'click'])
    document.addEventListener(type, (event) => {
      const met = event.target instanceof Element ? event.target.closest<HTMLElement>('.word') : null
      if (met === null || (event as PointerEvent).pointerType === 'touch') return // a touch is a click, too
      import('./word-meaning.ts').then(
        ({ explain }) => explain(met, type !== 'pointerover'),
        () => {}, // the help has them all, and says where it cannot be fetched
      )
    })
}
