/** What a language model's pair, its training and what is under way are told with. */
import { html, nothing } from 'lit'
import type { Interval } from '../../worker/protocol/lab-api.ts'
import { alike, shifts } from '../explore/inspector/spelled-words.ts'
import { countText } from '../words/format.ts'
import { type ModelLesson, modelLessonOf, TASKS } from './model-lesson.ts'
import type { Scene } from './scene.ts'
import type { ToldPair } from './told-pair.ts'

/** What is going on, or why nothing does. */
export function underWay({ page }: Scene): unknown {
  const lesson = modelLessonOf(page)
  if (lesson.failure !== undefined) return html`<p role="alert">${lesson.failure}</p>`
  if (lesson.fetching) return html`<p role="status">Fetching the model… <progress aria-label="Fetching"></progress></p>`
  if (!lesson.exploring) return nothing
  const done = page.explorer.progress?.info.tasksFinished ?? 0
  return html`<p><span role="status">Exploring…</span> <progress aria-label="Tasks explored" max=${TASKS} value=${done}></progress> ${done} of ${TASKS} tasks
    <button @click=${(event: Event) => stop(event, lesson)}>Stop</button></p>`
}

/** What was pressed goes away: next to it stands the way to go on. */
function stop({ currentTarget }: Event, lesson: ModelLesson): void {
  const beat = currentTarget instanceof Element ? currentTarget.closest('.beat') : null
  beat?.querySelector<HTMLElement>('.answer')?.focus()
  void lesson.stop()
}

export function partWords({ chosen, rejected }: ToldPair): unknown {
  const at = alike(chosen.spelled, rejected.spelled)
  const [here, there] = [chosen.spelled.tokens[at]?.text, rejected.spelled.tokens[at]?.text]
  if (here === undefined || there === undefined) return 'They are the same, token for token.'
  return html`They part at token ${at + 1}: <code>${here}</code>, <code>${there}</code>. Before it both are the same, and cancel: the pair
    teaches from there on.`
}

/** The token of the two replies that moved most. */
export function movedWords({ chosen, rejected }: ToldPair): unknown {
  const moved = [chosen, rejected].flatMap(({ spelled, after }, which) =>
    after === undefined
      ? []
      : shifts(spelled, after).map((shift, i) => ({ shift, which, token: spelled.tokens[i], now: after.tokens[i] })),
  )
  const most = moved.toSorted((a, b) => Math.abs(b.shift) - Math.abs(a.shift))[0]
  if (most?.token === undefined || most.now === undefined) return nothing
  return html`<p>The token that moved most is <code>${most.token.text}</code> of the ${most.which === 0 ? 'chosen' : 'rejected'} one, from
    ${percent(most.token.probability)} to ${percent(most.now.probability)}. The small numbers beside the tokens say how far each moved.</p>`
}

export function percent(share: number): string {
  const hundred = 100 * share
  if (hundred >= 9.95) return `${Math.round(hundred)} %`
  if (hundred >= 0.05) return `${hundred.toFixed(1)} %`
  return hundred > 0 ? `1 in ${countText(Math.round(1 / share))}` : '0 %'
}

/** To three decimals: gains are small here. */
export function gainWords({ mean, halfWidth }: Interval): string {
  const sign = mean < 0 ? '−' : '+'
  return `${sign}${Math.abs(mean).toFixed(3)}${halfWidth === undefined ? '' : ` ± ${halfWidth.toFixed(3)}`}`
}

export function nats(log: number): string {
  return log.toFixed(2).replace('-', '−')
}
