/** The tab of an OpenAI-compatible server: address, key, model, and how much it may be asked. */
import { html, nothing, type TemplateResult } from 'lit'
import { SYSTEM_PLACES } from '../../core/log/conversation.ts'
import type { ModelChooser } from './model-chooser.ts'
import { endpointWords } from './model-words.ts'

export function endpointTab(models: ModelChooser): TemplateResult {
  const { listed, busy, state } = models
  const endpoint = state?.endpoint
  return html`<p>Any server that speaks OpenAI’s chat API: vLLM, SGLang, llama.cpp, Ollama, LM Studio, or a Ray Serve cluster behind one address.</p>
    ${
      endpoint === undefined
        ? nothing
        : html`<div class="connected"><p role="status">${endpointWords(endpoint)}</p><div class="acts">
      <button class="go" @click=${() => models.use('openai', endpoint.model)}>Use it in the next run</button>
      <button @click=${() => models.startSmall('openai', endpoint.model)}>Start a small run: 1 task, m 2, K 3</button>
      <button @click=${() => models.disconnect()}>Disconnect, and forget the key</button></div></div>`
    }
    <form class="endpoint" @submit=${(event: Event) => connect(models, event)}>
      <label>Address <input name="address" inputmode="url" autocomplete="off" placeholder="http://localhost:8000/v1" /></label>
      <label>Key <input name="key" type="password" autocomplete="off" placeholder="if it wants one" title="As it is, or with the header that it goes under: api-key: ..." /></label>
      <button type="button" ?disabled=${busy === 'asking'} @click=${(event: Event) => list(models, event)}>List its models</button>
      <label>Model <input name="model" list="endpoint-models" autocomplete="off" @change=${(event: Event) => fillWindow(models, event)} />
        <datalist id="endpoint-models">${listed?.map(({ id }) => html`<option value=${id}></option>`) ?? nothing}</datalist></label>
      ${listed === undefined ? nothing : html`<p class="soft" role="status">It has ${listed.map(({ id }) => id).join(', ') || 'no models'}.</p>`}
      <div class="numbers">
        <label>Context, tokens <input name="contextTokens" inputmode="numeric" value="4096" autocomplete="off" /></label>
        <label>Reply, tokens at most <input name="maxTokens" inputmode="numeric" value="256" autocomplete="off" /></label>
        <label>Requests at once <input name="concurrency" inputmode="numeric" value="6" autocomplete="off" /></label>
        <label>Budget, requests <input name="mostRequests" inputmode="numeric" placeholder="no limit" autocomplete="off" /></label>
        <label>Budget, tokens <input name="mostTokens" inputmode="numeric" placeholder="no limit" autocomplete="off" /></label>
        <label>Instructions <select name="system" title="Some models refuse a system message">
          <option value="">by the model’s name</option><option value="own-message">a system message</option>
          <option value="first-user-message">in the first user message</option></select></label>
        <label class="check"><input name="noThinking" type="checkbox" /> Without thinking aloud</label>
      </div>
      <button class="go">Connect</button>
    </form>
    <p class="soft">The key stays in this tab’s memory: it is in no run, link, log or export, and gone when the page is left. The server must allow this page
      (CORS): vLLM by --allowed-origins, Ollama by OLLAMA_ORIGINS, LM Studio by a switch. A page that came by https can ask by http only this very machine.
      A browser sends six requests at once to a host; for more, collect in Node (npm run collect, see the README).</p>`
}

function formOf(event: Event): HTMLFormElement | null {
  return (event.target as Element).closest('form')
}

function valuesOf(form: HTMLFormElement): Readonly<Record<string, string>> {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]))
}

async function list(models: ModelChooser, event: Event): Promise<void> {
  const form = formOf(event)
  if (form === null) return
  const { address = '', key = '' } = valuesOf(form)
  await models.list({ address, key })
  const [only] = models.listed ?? []
  const field = form.elements.namedItem('model')
  if (only === undefined || !(field instanceof HTMLInputElement) || field.value !== '') return
  field.value = only.id
  setWindow(form, only.contextTokens)
}

function fillWindow(models: ModelChooser, event: Event): void {
  const form = formOf(event)
  const name = (event.target as HTMLInputElement).value
  if (form !== null) setWindow(form, models.listed?.find(({ id }) => id === name)?.contextTokens)
}

function setWindow(form: HTMLFormElement, tokens: number | undefined): void {
  const field = form.elements.namedItem('contextTokens')
  if (tokens !== undefined && field instanceof HTMLInputElement) field.value = String(tokens)
}

function connect(models: ModelChooser, event: Event): void {
  event.preventDefault()
  const form = event.target as HTMLFormElement
  const { address = '', key = '', model = '', system, noThinking, ...numbers } = valuesOf(form)
  const place = SYSTEM_PLACES.find((known) => known === system)
  const number = (name: string): number => Number(numbers[name] || Number.NaN)
  const limit = (name: string): number | undefined => (numbers[name] ? Number(numbers[name]) : undefined)
  void models.connect({
    ...{ address, key, model, noThinking: noThinking !== undefined },
    ...(place !== undefined && { system: place }),
    ...{ contextTokens: number('contextTokens'), maxTokens: number('maxTokens'), concurrency: number('concurrency') },
    ...{ mostRequests: limit('mostRequests'), mostTokens: limit('mostTokens') },
  })
}
