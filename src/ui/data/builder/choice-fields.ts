/** The form of a data set: format, filters, how rows are written. */
import { html, nothing, type TemplateResult } from 'lit'
import type { FileKind, RowSystemPlace } from '../../../worker/protocol/lab-api.ts'
import { enteredIn, select } from '../../parts/fields.ts'
import { countText } from '../../words/format.ts'
import type { Builder } from './builder.ts'
import { kindOf } from './kinds.ts'

export const PLACE_WORDS: Readonly<Record<RowSystemPlace, string>> = {
  'own-message': 'own message',
  'first-user-message': 'in the first user message',
  none: 'left out',
}
const PLACES = Object.keys(PLACE_WORDS) as RowSystemPlace[]
export const FILE_WORDS: Readonly<Record<FileKind, string>> = {
  jsonl: 'JSON Lines: one row a line',
  parquet: 'Parquet: typed columns, smaller',
  json: 'JSON: one array of all rows',
  csv: 'CSV: a table for spreadsheets',
}
const PATHS = { rising: 'all that rise to their end', best: 'the best of each task' }
const FORMS = {
  'first-difference': 'the first turns that differ',
  whole: 'all of both, for trainers that mask observations',
}
const SHARES = [0, 0.05, 0.1, 0.2, 0.3, 0.5]

export function formatFields(builder: Builder): TemplateResult {
  const { order, formats, preview } = builder
  const { choices, format } = order
  const kind = kindOf(format)
  const kinds = formats.find(({ name }) => name === format)?.files ?? []
  const usual = preview?.places.map((place) => PLACE_WORDS[place]).join(', or ')
  return html`<fieldset>
    <legend>Rows</legend>
    <label><span>Format</span>
      ${select(
        'format',
        formats.map(({ name, label }) => [name, label] as const),
        format,
        (event) => {
          const named = formats.find(({ name }) => name === enteredIn(event))
          if (named !== undefined) builder.change({ format: named.name, file: named.files[0] ?? 'jsonl' })
        },
      )}
    </label>
    <label><span>Kind of file</span>
      ${select(
        'file',
        kinds.map((kind) => [kind, FILE_WORDS[kind]] as const),
        order.file ?? kinds[0] ?? '',
        (event) => builder.change({ file: kinds.find((kind) => kind === enteredIn(event)) ?? 'jsonl' }),
      )}
    </label>
    <label><span>Instructions (system prompt)</span>
      ${select(
        'system',
        [
          ['', `as the model was asked${usual ? ` (${usual})` : ''}`],
          ...PLACES.map((place) => [place, PLACE_WORDS[place]] as const),
        ],
        choices.system ?? '',
        (event) => builder.choose({ system: PLACES.find((place) => place === enteredIn(event)) }),
      )}
      <span class="about soft">Gemma’s chat template, and some others, take no system message.</span>
    </label>
    ${kind === 'trajectories' ? oneOf(builder, 'paths', 'Trajectories', PATHS) : nothing}
    ${kind === 'pairs' ? oneOf(builder, 'trajectories', 'Pairs of whole trajectories (ETO)', FORMS) : nothing}
    ${kind === 'steps' ? number(builder, 'rightFrom', 'Steps are right from this process reward on', 'where they rise', { step: 'any' }) : nothing}
    <label><span>Kept apart for tests</span>
      ${select(
        'test-share',
        SHARES.map(
          (share) => [String(share), share === 0 ? 'nothing' : `about ${share * 100} % of the tasks`] as const,
        ),
        String(order.testShare),
        (event) => builder.change({ testShare: Number(enteredIn(event)) }),
      )}
      <span class="about soft">Whole tasks, so that nothing of them leaks.</span>
    </label>
    ${tick(builder, 'example', 'The worked example in every row')}
    <label class="tick">
      <input type="checkbox" name="archive" .checked=${order.archive === true} @change=${({ target }: Event) => builder.change({ archive: (target as HTMLInputElement).checked })} />
      <span>One archive (zip) with a card, ready for a hub</span>
    </label>
  </fieldset>`
}

export function filterFields(builder: Builder): TemplateResult {
  const kind = kindOf(builder.order.format)
  const limit = builder.formats.find(({ name }) => name === builder.order.format)?.limit
  return html`<fieldset>
    <legend>Left out</legend>
    ${
      kind === 'pairs'
        ? html`${number(builder, 'minGap', 'Rewards differ by less than', 'any', { min: '0', step: 'any' })}
          ${number(builder, 'maxError', 'Standard error of it is above', 'any', { min: '0', step: 'any' })}`
        : nothing
    }
    ${number(builder, 'maxTokens', 'Row has more tokens than', 'any', { min: '1', step: '1' })}
    ${limit === undefined ? nothing : html`<span class="about soft">${limit.trainer}: ${countText(limit.tokens)} unless told otherwise; what is longer is ${limit.otherwise}.</span>`}
    ${number(builder, 'perTask', 'Task has more rows than', 'any', { min: '1', step: '1' })}
    ${kind === 'pairs' || kind === 'trajectories' ? tick(builder, 'risesOnly', 'What was not seen to rise, by rollouts of its own') : nothing}
    ${tick(builder, 'duplicates', 'Rows that say the same again', true)}
    ${tick(builder, 'unusable', 'Replies without an action', true)}
  </fieldset>`
}

/** @param words of each value, of which the first stands unless another is chosen */
function oneOf(
  builder: Builder,
  name: 'paths' | 'trajectories',
  label: string,
  words: Readonly<Record<string, string>>,
): TemplateResult {
  const [usual, ...others] = Object.keys(words)
  return html`<label><span>${label}</span>
    ${select(name, Object.entries(words), builder.order.choices[name] ?? usual ?? '', (event) => builder.choose({ [name]: others.find((value) => value === enteredIn(event)) }))}
  </label>`
}

type NumberChoice = 'minGap' | 'maxError' | 'maxTokens' | 'perTask' | 'rightFrom'
type TickChoice = 'risesOnly' | 'duplicates' | 'unusable' | 'example'

function number(
  builder: Builder,
  name: NumberChoice,
  label: string,
  otherwise: string,
  { min, step }: { readonly min?: string; readonly step: string },
): TemplateResult {
  const entered = ({ target }: Event): void => {
    const input = target as HTMLInputElement
    if (!input.reportValidity()) return
    builder.choose({ [name]: input.value === '' ? undefined : input.valueAsNumber })
  }
  return html`<label class="beside"><span>${label}</span>
    <input type="number" name=${name} min=${min ?? nothing} step=${step} placeholder=${otherwise} .value=${String(builder.order.choices[name] ?? '')} @change=${entered} />
  </label>`
}

/** @param opposite whether the box says what is left out, and the choice what is kept */
function tick(builder: Builder, name: TickChoice, label: string, opposite = false): TemplateResult {
  const chosen = builder.order.choices[name] === true
  const entered = ({ target }: Event): void => {
    const { checked } = target as HTMLInputElement
    builder.choose({ [name]: checked !== opposite ? true : undefined })
  }
  return html`<label class="tick">
    <input type="checkbox" name=${name} .checked=${chosen !== opposite} @change=${entered} /> <span>${label}</span>
  </label>`
}
