/**
 * What a word means, beside it and over everything else: a popover, so that Escape or a press elsewhere shuts it, before
 * any dialog. It stays while the pointer is on it, for it may hold a link.
 */
import { html, nothing, render } from 'lit'
import { GLOSSARY, type Meaning, type Term } from '../words/glossary.ts'
import { adoptStyle } from './adopt-style.ts'
import css from './word-meaning.css?inline'

adoptStyle(css)

/** Between the word and what it means, and at the window's edges. */
const GAP = 6
/** How long the pointer may take from one to the other. */
const GRACE_MS = 250

const box = document.createElement('div')
box.id = 'word-meaning'
box.popover = 'auto'

let at: HTMLElement | undefined
/** It was asked for by focus or a press, so that the pointer may leave. */
let held = false
let leaving: ReturnType<typeof setTimeout> | undefined

/** @param hold whether it stays when the pointer leaves */
export function explain(met: HTMLElement, hold: boolean): void {
  if (!met.isConnected) return
  clearTimeout(leaving)
  if (at === met && box.matches(':popover-open')) {
    held ||= hold
    return
  }
  const term = met.dataset.term as Term | undefined // `word` takes no others
  if (term === undefined) return
  shut()
  const { means, source }: Meaning = GLOSSARY[term]
  render(
    html`<p><b>${term}</b> ${means}</p>
      ${source === undefined ? nothing : html`<p class="soft"><a href=${source.address} target="_blank" rel="noreferrer">${source.name}</a></p>`}`,
    box,
  )
  // In the same landmark; and what is outside an open dialog cannot be reached.
  const home = met.closest('dialog, main, header') ?? document.body
  if (box.parentElement !== home) home.append(box)
  at = met
  held = hold
  met.setAttribute('aria-describedby', box.id)
  const show = box.showPopover as (options?: { source: HTMLElement }) => void // where known, Tab goes from the word into it
  show.call(box, { source: met })
  place()
}

function shut(): void {
  if (box.matches(':popover-open')) box.hidePopover()
  forget()
}

function forget(): void {
  at?.removeAttribute('aria-describedby')
  at = undefined
  held = false
}

function place(): void {
  if (at === undefined) return
  const word = at.getBoundingClientRect()
  if (!at.isConnected || word.bottom < 0 || word.top > innerHeight) {
    shut()
    return
  }
  const { offsetWidth: width, offsetHeight: height } = box
  const left = Math.max(GAP, Math.min(word.left, innerWidth - width - GAP))
  const below = word.bottom + GAP
  const top = below + height + GAP <= innerHeight ? below : Math.max(GAP, word.top - height - GAP)
  Object.assign(box.style, { left: `${left}px`, top: `${top}px` })
}

function isIn(target: EventTarget | null): boolean {
  return target instanceof Node && (box.contains(target) || at?.contains(target) === true)
}

// Before it: else a word would be said to be described by what stands there no more.
box.addEventListener('beforetoggle', (event) => {
  if ((event as ToggleEvent).newState === 'closed') forget()
})
document.addEventListener('pointerover', ({ target }) => {
  clearTimeout(leaving)
  if (at !== undefined && !held && !isIn(target)) leaving = setTimeout(shut, GRACE_MS)
})
document.addEventListener('focusout', ({ relatedTarget }) => {
  if (at !== undefined && relatedTarget !== null && !isIn(relatedTarget)) shut()
})
// The browser shuts it; what else Escape does on the page is not meant.
document.addEventListener(
  'keydown',
  (event) => {
    if (event.key === 'Escape' && box.matches(':popover-open')) event.stopPropagation()
  },
  { capture: true },
)
addEventListener('scroll', place, { capture: true, passive: true })
addEventListener('resize', place)
