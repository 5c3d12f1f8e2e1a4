/** The tab of the browser's own model: whether there is one, what it cannot do, the download, and what it cost. */
import { html, nothing, type TemplateResult } from 'lit'
import type { ModelChooser } from '../model-chooser.ts'
import { ABSENT, countsWords, LIMITS, loadWords, progressWords, STANDING } from './browser-words.ts'

/** @param toPage opens the tab of models in the page, `toEndpoint` that of endpoints */
export function browserTab(models: ModelChooser, toPage: () => void, toEndpoint: () => void): TemplateResult {
  const { availability } = models.browser
  if (availability === undefined) return html`<p role="status">Asking this browser…</p>`
  const missing = availability === 'absent' || availability === 'unavailable'
  return html`<p>${availability === 'absent' ? ABSENT : STANDING[availability]}</p>
    ${
      missing
        ? html`<div class="acts"><button class="go" @click=${toPage}>Use a model in this page</button> <button @click=${toEndpoint}>Use an endpoint</button></div>`
        : html`<h3>Before you choose it</h3><ul class="limits">${LIMITS.map((words) => html`<li>${words}</li>`)}</ul>${loading(models)}`
    }`
}

function loading(models: ModelChooser): TemplateResult {
  const { browser, state } = models
  const { loading, loaded, failure, availability, constrained } = browser
  if (loading !== undefined)
    return html`<div class="under-way">
      <progress max="1" value=${loading.share ?? nothing} aria-label="Progress of the browser’s own model"></progress>
      <span role="status">${progressWords(loading.share)}</span>
      <button @click=${() => browser.unload()}>Cancel</button>
    </div>`
  if (loaded !== undefined)
    return html`<p role="status"><b>Loaded.</b> ${loaded.constrained ? 'Replies are kept to the form of an action.' : 'Replies are free.'} ${state?.browser && countsWords(state.browser)}</p>
      <div class="acts">
        <button class="go" @click=${() => models.use('browser-model', '')}>Use it in the next run</button>
        <button @click=${() => models.startSmall('browser-model', '')}>Start a small run: 1 task, m 2, K 3</button>
        <button @click=${() => browser.unload()}>Unload it</button>
      </div>`
  return html`
    ${failure === undefined ? nothing : html`<p class="problem" role="alert">${failure}</p>`}
    <label class="check"><input type="checkbox" name="browser-constrained" .checked=${constrained}
      @change=${(event: Event) => browser.constrain((event.target as HTMLInputElement).checked)} />
      Keep every reply to the form of an action (small models need it; without, it is another agent)</label>
    <button class="go" @click=${() => browser.load()}>${availability === 'absent' || availability === undefined ? nothing : loadWords(availability)}</button>`
}
