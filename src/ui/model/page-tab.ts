/** The tab of models that run in the page: what the machine can do, the list, the download, and what is loaded. */

import { html, nothing, type TemplateResult } from 'lit'
import { grouped } from '../../core/grouped.ts'
import type { PageModel } from '../../worker/protocol/lab-api.ts'
import type { ModelChooser } from './model-chooser.ts'
import { deviceWords, loadWords, optionWords, progressWords, shortName } from './model-words.ts'
import { forgetOwnModel } from './own-models.ts'

/** Megabytes of graphics memory that most machines have. */
const SUITED = 2048

/** @param toEndpoint opens the other tab */
export function pageTab(models: ModelChooser, toEndpoint: () => void): TemplateResult {
  const { device } = models
  if (device === undefined) return html`<p role="status">Looking at this machine…</p>`
  if (device.trouble !== undefined)
    return html`<p>${device.trouble.message}</p><button class="go" @click=${toEndpoint}>Use an endpoint</button>`
  return html`<p>${deviceWords(device)}</p>${list(models)}${customForm(models)}
    <p class="soft">A model runs in this page and nothing leaves this computer. It goes on in a background tab; a computer that sleeps
      makes it wait. One rollout after the other: a task with m = 5 takes about a hundred calls.</p>`
}

function list(models: ModelChooser): TemplateResult {
  const { models: all, chosen } = models
  if (all === undefined)
    return models.busy === 'listing'
      ? html`<p role="status">Fetching the list of models from this site…</p>`
      : html`<button @click=${() => models.refresh()}>Fetch the list of models from this site</button>`
  const model = all.find(({ id }) => id === chosen)
  const groups: readonly (readonly [string, readonly PageModel[]])[] = [
    ['Yours', all.filter(({ custom }) => custom)],
    ['On this disk', all.filter(({ custom, presence }) => !custom && presence !== 'none')],
    ['Up to 2 GB', rest(all).filter(({ megabytes, trouble }) => trouble === undefined && (megabytes ?? 0) <= SUITED)],
    ['Larger', rest(all).filter(({ megabytes, trouble }) => trouble === undefined && (megabytes ?? 0) > SUITED)],
    ['Not on this machine', rest(all).filter(({ trouble }) => trouble !== undefined)],
  ]
  return html`<label class="page-model">Model
      <select name="page-model" @change=${(event: Event) => models.choose((event.target as HTMLSelectElement).value)}>
        ${groups.map(([label, members]) => (members.length === 0 ? nothing : html`<optgroup label=${label}>${members.map((member) => html`<option value=${member.id} .selected=${member.id === chosen}>${optionWords(member)}</option>`)}</optgroup>`))}
      </select>
    </label>
    ${model === undefined ? nothing : about(models, model)}`
}

function rest(all: readonly PageModel[]): PageModel[] {
  return all.filter(({ custom, presence }) => !custom && presence === 'none')
}

function about(models: ModelChooser, model: PageModel): TemplateResult {
  const { megabytes, contextTokens, licence, thinks, trouble, roomTrouble, hosts, paper } = model
  const size = megabytes === undefined ? '' : `Up to ${grouped(Math.round(megabytes))} MB. `
  return html`<dl class="facts">
      <div><dt>Takes</dt><dd>${size}Context window ${grouped(contextTokens)} tokens.</dd></div>
      <div><dt>From</dt><dd>${hosts.join(' and ')} (<a href=${model.about} target="_blank" rel="noopener noreferrer">about it</a>)</dd></div>
      <div><dt>Licence</dt><dd>${licence}</dd></div>
      ${paper ? html`<div><dt>Paper</dt><dd>The base model of the paper, quantized to 4 bits.</dd></div>` : nothing}
      ${thinks ? html`<div><dt>Note</dt><dd>It thinks aloud before it acts; replies are cut off before it is done.</dd></div>` : nothing}
    </dl>
    ${roomTrouble === undefined || trouble !== undefined ? nothing : html`<p class="problem">${roomTrouble.message}</p>`}
    ${trouble === undefined ? loading(models, model) : html`<p class="problem">${trouble.message}</p>`}
    ${model.presence === 'none' || isBusy(models) ? nothing : html`<button @click=${() => models.remove(model.id)}>Delete it from this disk</button>`}
    ${model.custom ? html`<button @click=${() => forget(models, model)}>Take it off the list</button>` : nothing}`
}

function forget(models: ModelChooser, { id }: PageModel): void {
  forgetOwnModel(id.replace(/^custom\//, ''))
  models.models = models.models?.filter((model) => model.id !== id)
  models.choose(models.models?.[0]?.id ?? '')
}

function isBusy({ state }: ModelChooser): boolean {
  return state?.page.status === 'loading'
}

function loading(models: ModelChooser, model: PageModel): TemplateResult {
  const inPage = models.state?.page
  if (inPage?.status === 'loading') {
    const { progress, id } = inPage
    return html`<div class="under-way">
      <progress max="1" value=${progress === undefined || progress.phase === 'start' ? nothing : progress.share} aria-label="Progress of ${shortName(id ?? '')}"></progress>
      <span role="status">${id === model.id ? '' : `${shortName(id ?? '')}: `}${progressWords(progress)}</span>
      <button @click=${() => models.unload()}>Cancel</button>
    </div>
    <p class="soft">What has come is kept: after a break it goes on from there.${models.persisted === false ? ' The browser does not promise to keep it when the disk runs full.' : ''}</p>`
  }
  if (inPage?.status === 'ready' && inPage.id === model.id)
    return html`<p role="status"><b>Loaded.</b> ${inPage.constrained ? 'Replies are kept to the form of an action.' : 'Replies are free.'}</p>
      <div class="acts">
        <button class="go" @click=${() => models.use('webllm', model.id)}>Use it in the next run</button>
        <button @click=${() => models.startSmall('webllm', model.id)}>Start a small run: 1 task, m 2, K 3</button>
        <button @click=${() => models.unload()}>Unload it</button>
      </div>`
  return html`
    ${models.failure === undefined ? nothing : html`<p class="problem" role="alert">${models.failure}</p>`}
    <label class="check"><input type="checkbox" name="constrained" .checked=${models.constrained}
      @change=${(event: Event) => models.constrain((event.target as HTMLInputElement).checked)} />
      Keep every reply to the form of an action (small models need it; without, it is another agent)</label>
    <button class="go" @click=${() => models.load(model.id)}>${loadWords(model)}</button>`
}

function customForm(models: ModelChooser): TemplateResult {
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const { name, weights, library, contextTokens } = Object.fromEntries(new FormData(form)) as Record<string, string>
    const taken = await models.add({
      ...{ name: name ?? '', weights, library },
      contextTokens: Number(contextTokens),
    } as { name: string })
    if (taken) form.reset()
  }
  return html`<details class="custom"><summary>A model of your own, compiled by MLC</summary>
    <form @submit=${submit}>
      <label>Name <input name="name" autocomplete="off" /></label>
      <label>Address of the weights <input name="weights" inputmode="url" autocomplete="off" placeholder="https://huggingface.co/you/your-model-MLC" /></label>
      <label>Address of the model library <input name="library" inputmode="url" autocomplete="off" placeholder="https://…/your-model-webgpu.wasm" /></label>
      <label>Context window <input name="contextTokens" inputmode="numeric" value="4096" autocomplete="off" /></label>
      <button>Put it on the list</button>
    </form></details>`
}
