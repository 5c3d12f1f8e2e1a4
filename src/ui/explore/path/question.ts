/** "Will this one rise?" beside a candidate that is not scored yet; then what the visitor said, and whether it was right. */
import { html, nothing, type TemplateResult } from 'lit'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { askedNow, guessable } from '../../state/asked-now.ts'
import { COMMANDS, runCommand } from '../../state/commands.ts'
import type { Guess } from '../../state/guesses.ts'
import type { PageState } from '../../state/page-state.ts'
import { risingWord } from '../verdict/rise-words.ts'
import { questionPlace } from './beside-cards.ts'
import { guessWords } from './guess-words.ts'
import type { PathSizes } from './path-layout.ts'
import css from './question.css?inline'

adoptStyle(css)

export function question(page: PageState, sizes: PathSizes): TemplateResult | typeof nothing {
  const about = guessable(page)
  if (about === undefined) return nothing
  const { place, candidate, bar } = about
  const { scored } = candidate
  if (scored !== undefined) page.guesses.settle(place, scored.rises)
  const guess = page.guesses.of(place)
  const asked = askedNow(page) !== undefined
  if (!asked && guess === undefined) return nothing
  const { left, top } = questionPlace(place.step, place.candidate, sizes)
  const came = scored === undefined ? undefined : scored.rises ? risingWord(scored.reward, bar) : 'falls short'
  return html`<div class="question" role="group" aria-label="Your guess" .style=${`left:${left}px;top:${top}px;width:${sizes.card.width}px`}>
    ${asked && guess?.came === undefined ? ask(page, guess) : nothing}
    <p class="guessed" role="status">${guess === undefined ? nothing : guessWords(guess, came, page.guesses.score)}</p>
  </div>`
}

function ask(page: PageState, guess: Guess | undefined): TemplateResult {
  const button = (name: 'guessRises' | 'guessFalls', rises: boolean, words: string): TemplateResult =>
    html`<button aria-pressed=${guess?.rises === rises} title="${COMMANDS[name].label} (${COMMANDS[name].keys[0]})" @click=${() => runCommand(page, name)}>${words} <kbd class="by-key">${COMMANDS[name].keys[0]}</kbd></button>`
  return html`<p class="asked">Will this one rise?</p>
    <p class="answers">${button('guessRises', true, '▲ It rises')} ${button('guessFalls', false, '▽ It falls short')}</p>`
}
