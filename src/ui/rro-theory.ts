/**
 * Theory, to play with: the tower property, the odds of a rise and the bias of an accepted estimate on the visitor's own
 * task, every formula with the live numbers in it. What is measured comes from the lab; the rule can be turned at will.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { ENVIRONMENT_NAMES, RISE_RULES, SETTINGS } from '../core/settings.ts'
import { exactMeanCandidates, expectedCandidates, harmonicNumber, noRiseProbability } from '../core/theory.ts'
import type { TheoryReport } from '../worker/protocol.ts'
import { actionWords } from './action-words.ts'
import { adoptStyle } from './adopt-style.ts'
import type { Desk } from './desk.ts'
import { DeskElement } from './desk-element.ts'
import { ENVIRONMENT_WORDS } from './environment-words.ts'
import { countText, plural, rewardText } from './format.ts'
import css from './style/theory.css?inline'
import { actionBars } from './theory/action-bars.ts'
import { countsPicture, linePicture } from './theory/curves.ts'
import { BARS, type Bar, MOST_ROLLOUTS, type Odds } from './theory/rise-odds.ts'
import { STEPS_DRAWN, TheoryBench } from './theory/theory-bench.ts'
import {
  barrenFormula,
  biasFormula,
  chanceFormula,
  closeText,
  countFormula,
  differenceFormula,
  differenceWords,
  falseFormula,
  guaranteeWords,
  harmonicFormula,
  shareText,
  symmetricFormula,
  towerFormula,
  valueFormula,
} from './theory/theory-words.ts'

adoptStyle(css)

/** What a desk asked stays when its tab is left. */
const BENCHES = new WeakMap<Desk, TheoryBench>()

const ERRORS = [0.05, 0.02, 0.01, 0.005] as const
const TABLE_OF = [1, 2, 3, 5, 8, 16, 32, 64] as const

const BAR_WORDS: Record<Bar, string> = {
  value: 'the value before (exact)',
  explored: 'as Explore had it',
  previous: 'a fresh estimate of m rollouts',
  zero: 'zero',
  own: 'my own',
}

export class RroTheory extends DeskElement {
  /** The environment whose agents were asked for. */
  #agentsOf: string | undefined

  get #bench(): TheoryBench {
    const known = BENCHES.get(this.desk)
    if (known !== undefined) return known
    const bench = new TheoryBench(this.desk)
    BENCHES.set(this.desk, bench)
    return bench
  }

  override willUpdate(): void {
    const { environment } = this.#bench.config
    if (this.#agentsOf === environment) return
    this.#agentsOf = environment
    // Without a list the agent that is chosen still stands there.
    this.desk.library.refreshAgents(environment).then(
      () => this.requestUpdate(),
      () => undefined,
    )
  }

  override render(): unknown {
    const bench = this.#bench
    const { report, odds, asking, failure } = bench
    return html`<section class="theory" aria-label="Theory" aria-busy=${asking}>
      ${this.#choices(bench)} ${this.#place(bench)}
      <p class="status" role="status">${asking ? 'Rolling out every next action…' : failure === undefined && report !== undefined ? `${plural(report.next.length, 'next action')}, ${countText(rolloutsOf(report))} rollouts.` : ''}</p>
      ${failure === undefined ? nothing : html`<p class="why" role="alert">${failure.message}</p>`}
      ${
        report === undefined || odds === undefined
          ? nothing
          : html`<div class="answers ${asking ? 'stale' : ''}">
              ${this.#next(bench, report, odds)}
              <div class="column">${this.#tower(report, odds)}${this.#rule(bench, report, odds)}</div>
              <div class="column">${this.#candidates(bench, report, odds)}</div>
              ${this.#bias(bench, odds)}
            </div>`
      }
    </section>`
  }

  #choices(bench: TheoryBench): TemplateResult {
    const { config, task, standardError } = bench
    const known = (this.desk.library.agents[config.environment] ?? []).map(({ model, name }) => [model, name] as const)
    const agents = known.some(([model]) => model === config.model)
      ? known
      : [...known, [config.model, 'Agent'] as const]
    const turn = (name: string) => (event: Event) => bench.turnTo({ [name]: enteredIn(event) }, bench.task)
    return html`<form class="choices" @submit=${(event: Event) => event.preventDefault()}>
      <label>Environment ${select(
        'environment',
        ENVIRONMENT_NAMES.map((name) => [name, ENVIRONMENT_WORDS[name]]),
        config.environment,
        turn('environment'),
      )}</label>
      <label>Agent ${select('model', agents, config.model, turn('model'))}</label>
      <label>Seed <input name="seed" inputmode="numeric" autocomplete="off" .value=${String(config.seed)} @change=${turn('seed')} /></label>
      <label>Task <input name="task" type="number" min="1" step="1" .value=${String(task + 1)} @change=${(event: Event) => bench.turnTo({}, Math.round(Number(enteredIn(event))) - 1)} /></label>
      <label>Error wanted ${select(
        'error',
        ERRORS.map((error) => [String(error), `± ${error}`]),
        String(standardError),
        (event) => bench.wantError(Number(enteredIn(event))),
      )}</label>
      <button type="button" ?disabled=${!bench.canAdopt} @click=${() => bench.adopt()}>Take the step selected in Explore</button>
    </form>`
  }

  #place(bench: TheoryBench): TemplateResult {
    const { report, actions } = bench
    return html`<p class="instruction">${report?.task.instruction ?? ''}</p>
      <nav aria-label="Actions so far"><ol class="prefix">
        <li><button aria-current=${actions.length === 0 ? 'step' : nothing} @click=${() => bench.walkBack(0)}>start</button></li>
        ${actions.map((action, i) => {
          const words = actionWords(action).replace(/\s+/g, ' ')
          return html`<li><button title=${words} aria-current=${i + 1 === actions.length ? 'step' : nothing} @click=${() => bench.walkBack(i + 1)}><code>${words}</code></button></li>`
        })}
      </ol></nav>`
  }

  #next(bench: TheoryBench, report: TheoryReport, odds: Odds): TemplateResult {
    return html`<section class="block wide" aria-label="Next actions">
      <h3>What may come in step ${report.actions.length + 1}</h3>
      <p class="soft">Bars: exact process rewards with one standard error. Dots: the outcomes they average, larger where likelier. Lines: V, the value before (solid), and the bar (dashed). Choose an action to walk on.</p>
      ${actionBars(report, odds, bench.asking, (action) => bench.walkOn(action))}
    </section>`
  }

  #tower(report: TheoryReport, odds: Odds): TemplateResult {
    return html`<section class="block" aria-label="Tower property">
      <h3>Tower property <small>the mean of what follows is the value before</small></h3>
      <p class="formula">${towerFormula(report)}</p>
      <p class="formula">${valueFormula(report)}</p>
      <p class="formula">${differenceFormula(odds)}</p>
      <p class="verdict ${odds.difference.within ? 'good' : ''}">${differenceWords(odds)}</p>
    </section>`
  }

  #rule(bench: TheoryBench, report: TheoryReport, odds: Odds): TemplateResult {
    const { rule } = bench
    const bars = BARS.filter((bar) => bar !== 'explored' || rule.explored !== undefined)
    return html`<section class="block" aria-label="The rule">
      <h3>The rule <small>turn it and watch</small></h3>
      <div class="controls">
        <label>Rises if ${select(
          'riseRule',
          RISE_RULES.map((name) => [name, name === '>=' ? 'r ≥ bar' : 'r > bar']),
          rule.riseRule,
          (event) => bench.change({ riseRule: enteredIn(event) === '>' ? '>' : '>=' }),
        )}</label>
        <label>Bar ${select(
          'bar',
          bars.map((bar) => [bar, barWords(bar, report, odds, rule.explored)]),
          rule.bar,
          (event) => bench.change({ bar: BARS.find((bar) => bar === enteredIn(event)) ?? 'value' }),
        )}</label>
        ${rule.bar === 'own' ? this.#slider('My bar', rule.own, report.minReward, report.maxReward, 0.01, (own) => bench.change({ own })) : nothing}
        ${this.#slider('Margin', rule.margin, SETTINGS.margin.least, 0.5, 0.01, (margin) => bench.change({ margin }))}
        ${this.#slider('K, most candidates', rule.candidates, SETTINGS.candidates.least, SETTINGS.candidates.most, 1, (candidates) => bench.change({ candidates }))}
        ${this.#slider('m, rollouts a candidate', rule.rollouts, 1, MOST_ROLLOUTS, 1, (rollouts) => bench.change({ rollouts }))}
      </div>
      <p class="formula">${chanceFormula(report, odds)}</p>
      <p>${guaranteeWords(report, odds, rule)}</p>
    </section>`
  }

  #slider(
    label: string,
    value: number,
    least: number,
    most: number,
    step: number,
    change: (value: number) => void,
  ): TemplateResult {
    return html`<label class="slider">${label} <b>${step < 1 ? value.toFixed(2) : value}</b>
      <input type="range" min=${least} max=${most} step=${step} .value=${String(value)} @input=${(event: Event) => change(Number(enteredIn(event)))} />
    </label>`
  }

  #candidates(bench: TheoryBench, report: TheoryReport, odds: Odds): TemplateResult {
    const { candidates: K, rollouts: m } = bench.rule
    const { draws } = bench
    const kinds = [
      { name: 'exact rewards', p: odds.p, drawn: draws?.exact },
      { name: `m = ${m} rollouts`, p: odds.estimated.probability, drawn: draws?.estimated },
    ]
    return html`<section class="block" aria-label="Candidates">
      <h3>Candidates a step <small>draw until one rises, K at most</small></h3>
      <p class="formula">${countFormula(odds.p, K)}</p>
      <p class="formula">${barrenFormula(odds.p, K)}</p>
      <p class="formula">${countFormula(odds.estimated.probability, K, 'p̂')}</p>
      <p><button class="go" @click=${() => bench.draw()}>Draw ${countText(STEPS_DRAWN)} times</button> <span class="soft" role="status">${draws === undefined ? 'Simulated steps, drawn from the seed.' : `${countText(draws.exact.steps)} steps drawn.`}</span></p>
      <div class="histograms">
        ${kinds.map(({ name, p, drawn }) => html`<figure>${countsPicture(`Steps by number of candidates, ${name}`, p, K, drawn?.counts)}<figcaption>N, ${name}</figcaption></figure>`)}
      </div>
      <div class="scrolled" tabindex="0" role="region" aria-label="Candidates a step, as a table"><table>
        <thead><tr><th scope="col">judged by</th><th scope="col" class="num">P(rises)</th><th scope="col" class="num">E[min(N, K)]</th><th scope="col" class="num">drawn</th><th scope="col" class="num">none</th><th scope="col" class="num">drawn</th></tr></thead>
        <tbody>
          ${kinds.map(
            ({
              name,
              p,
              drawn,
            }) => html`<tr><th scope="row">${name}</th><td class="num">${shareText(p)}</td><td class="num">${expectedCandidates(p, K).toFixed(2)}</td>
              <td class="num">${drawn === undefined ? '–' : `${drawn.candidates.toFixed(2)} ± ${drawn.standardError.toFixed(2)}`}</td>
              <td class="num">${shareText(noRiseProbability(p, K))}</td><td class="num">${drawn === undefined ? '–' : shareText(drawn.noRise)}</td></tr>`,
          )}
          <tr><th scope="row">all alike (H_K)</th><td class="num">–</td><td class="num" title=${harmonicFormula(K)}>${harmonicNumber(K).toFixed(2)}</td><td></td><td class="num">${shareText(1 / (K + 1))}</td><td></td></tr>
          <tr><th scope="row">symmetric</th><td class="num">0.50</td><td class="num" title=${symmetricFormula(K)}>${exactMeanCandidates(K).toFixed(2)}</td><td></td><td class="num">${shareText(0.5 ** K)}</td><td></td></tr>
        </tbody>
      </table></div>
      <p class="soft">For comparison: where the bar is one more draw from the same continuous law, P(N > k) = 1/(k + 1) and E = ${harmonicFormula(K)}; where it is the exact mean of a symmetric one, E = ${symmetricFormula(K)}.</p>
      ${report.next.every(({ done }) => done) ? html`<p class="soft">Every action ends the episode here: estimates are exact.</p>` : nothing}
    </section>`
  }

  #bias(bench: TheoryBench, odds: Odds): TemplateResult {
    const { rollouts: m, candidates: K } = bench.rule
    const { curve } = odds
    const simulated = curve.some(({ standardError }) => standardError > 0)
    const drawn = bench.draws?.estimated.bias
    const shown = [...new Set([...TABLE_OF, m])].toSorted((a, b) => a - b)
    return html`<section class="block wide" aria-label="Bias of an accepted estimate">
      <h3>What an accepted estimate is worth <small>it was accepted because it came out high</small></h3>
      <p class="formula">${biasFormula(odds)}${drawn === undefined ? nothing : html` <span class="soft">(drawn: ${closeText(drawn)})</span>`}</p>
      <p class="formula">${falseFormula(odds)}</p>
      <p class="soft">${simulated ? 'Some outcomes lie on no small lattice: their estimates are simulated, 4,000 a point, with the 95 % band.' : 'Enumerated: the law of the mean of m outcomes, convolved exactly.'} The frequencies found above are taken for the law. The next bar is such an estimate, so it stands too high by its bias.</p>
      <div class="curves">
        <figure>${linePicture({
          label: `Bias of an accepted estimate by rollouts a candidate; at m = ${m} it is ${odds.estimated.bias === undefined ? 'undefined' : closeText(odds.estimated.bias)}`,
          lines: [
            {
              name: 'bias',
              tone: 'main',
              values: curve.map(({ bias }) => bias),
              errors: curve.map(({ standardError }) => 1.96 * standardError),
            },
          ],
          ...{ most: MOST_ROLLOUTS, m },
        })}<figcaption>Bias of an accepted estimate</figcaption></figure>
        <figure>${linePicture({
          label: `Chance of a false rise and of a rise by rollouts a candidate; at m = ${m} ${odds.estimated.falseRise === undefined ? 'none rises' : `${shareText(odds.estimated.falseRise)} of rises are false`}`,
          lines: [
            {
              name: 'accepted, though its exact value does not rise',
              tone: 'main',
              values: curve.map(({ falseRise }) => falseRise),
            },
            { name: 'P(an estimate rises)', tone: 'other', values: curve.map(({ probability }) => probability) },
          ],
          ...{ most: MOST_ROLLOUTS, m, top: 1, level: { value: odds.p, name: `p = ${shareText(odds.p)}` } },
        })}<figcaption>False rises</figcaption></figure>
      </div>
      <details><summary>As a table</summary><div class="scrolled" tabindex="0" role="region" aria-label="Bias by m, as a table"><table>
        <thead><tr><th scope="col" class="num">m</th><th scope="col" class="num">P(r̂ rises)</th><th scope="col" class="num">E[min(N, K)]</th><th scope="col" class="num">bias</th><th scope="col" class="num">false rises</th><th scope="col" class="num">missed rises</th></tr></thead>
        <tbody>${shown.map((at) => {
          const of = curve[at - 1]
          if (of === undefined) return nothing
          return html`<tr aria-current=${at === m ? 'true' : nothing}><th scope="row" class="num">${at}</th><td class="num">${shareText(of.probability)}</td><td class="num">${expectedCandidates(of.probability, K).toFixed(2)}</td>
            <td class="num">${of.bias === undefined ? '–' : closeText(of.bias)}${of.standardError > 0 ? html` <span class="soft">± ${closeText(of.standardError)}</span>` : nothing}</td>
            <td class="num">${of.falseRise === undefined ? '–' : shareText(of.falseRise)}</td><td class="num">${of.missedRise === undefined ? '–' : shareText(of.missedRise)}</td></tr>`
        })}</tbody>
      </table></div></details>
    </section>`
  }
}

function rolloutsOf({ next, value }: TheoryReport): number {
  return next.reduce((sum, { rollouts }) => sum + rollouts, value.rollouts)
}

function barWords(bar: Bar, report: TheoryReport, odds: Odds, explored: number | undefined): string {
  const value = {
    value: odds.tower.reward,
    explored,
    previous: report.previous.reward,
    zero: undefined,
    own: undefined,
  }[bar]
  return value === undefined ? BAR_WORDS[bar] : `${BAR_WORDS[bar]}: ${rewardText(value)}`
}

function select(
  name: string,
  choices: readonly (readonly [string, string])[],
  chosen: string,
  changed: (event: Event) => void,
): TemplateResult {
  return html`<select name=${name} @change=${changed}>
    ${choices.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
  </select>`
}

function enteredIn(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value // only on these
}

customElements.define('rro-theory', RroTheory)
