/** What the visitor asks of the theory and what the lab answered: a task, a prefix in it, the rule to judge by, simulated draws. */
import { type Failure, messageOf } from '../../../core/failure.ts'
import { parseConfig } from '../../../core/settings/parse-config.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../../core/settings/settings.ts'
import type { TheoryReport } from '../../../worker/protocol/lab-api.ts'
import { keptByPage } from '../../parts/kept-by-page.ts'
import { Newest } from '../../state/newest.ts'
import type { PageState } from '../../state/page-state.ts'
import { type Draws, drawSteps, type Odds, oddsOf, type Rule } from './rise-odds.ts'

/** Steps of one press of "draw 1,000 times". */
export const STEPS_DRAWN = 1000

export class TheoryState {
  /** Of the run whose task it is; only what makes the task and the agent counts. */
  config: RunConfig = DEFAULT_CONFIG
  task = 0
  actions: readonly string[] = []
  /** Wanted of every process reward. */
  standardError = 0.01
  rule: Rule = ruleOf(DEFAULT_CONFIG)
  report: TheoryReport | undefined
  failure: Failure | undefined
  asking = false
  draws: Draws | undefined
  readonly #page: PageState
  readonly #questions = new Newest()
  #simulations = 0
  #odds: { readonly report: TheoryReport; readonly rule: Rule; readonly odds: Odds } | undefined

  constructor(page: PageState) {
    this.#page = page
    this.adopt()
  }

  get odds(): Odds | undefined {
    const { report, rule } = this
    if (report === undefined) return undefined
    if (this.#odds?.report !== report || this.#odds.rule !== rule)
      this.#odds = { report, rule, odds: oddsOf(report, rule) }
    return this.#odds.odds
  }

  /** Whether there is a step in Explore to take over. */
  get canAdopt(): boolean {
    const { task, progress } = this.#page.explorer
    // Tasks of a file are not those of a seed, by which the lab finds them.
    return task !== undefined && progress?.info.config.method !== 'replay'
  }

  /** Takes the task and the step that are selected in Explore, with its bar and its rule. */
  adopt(): void {
    const { explorer, settings } = this.#page
    const { task, selection, progress } = explorer
    this.config = asked(progress?.info.config ?? settings.config)
    this.task = explorer.playhead.task
    const step = Math.max(1, selection?.step ?? 1)
    const before = task?.steps.slice(0, step - 1) ?? []
    this.actions = before.flatMap(({ candidates, decided }) => {
      return candidates[(decided?.continued ?? 1) - 1]?.proposed.action ?? []
    })
    const bar = task?.steps[step - 1]?.bar
    this.rule = { ...ruleOf(progress?.info.config ?? settings.config), explored: bar, bar: 'value' }
    void this.ask()
  }

  /** Another environment, agent, seed or task: from its start. */
  turnTo(settings: Readonly<Record<string, unknown>>, task: number): void {
    const { config } = parseConfig({ ...this.config, ...settings })
    this.config = config
    this.task = Math.max(0, task)
    this.#walk([])
  }

  /** One action on. */
  walkOn(action: string): void {
    this.#walk([...this.actions, action])
  }

  /** Back to where the first `count` actions lead. */
  walkBack(count: number): void {
    this.#walk(this.actions.slice(0, count))
  }

  #walk(actions: readonly string[]): void {
    this.actions = actions
    this.rule = { ...this.rule, explored: undefined, bar: this.rule.bar === 'explored' ? 'value' : this.rule.bar }
    void this.ask()
  }

  change(rule: Partial<Rule>): void {
    this.rule = { ...this.rule, ...rule }
    this.#forgetDraws()
    this.#page.changes.say()
  }

  wantError(standardError: number): void {
    this.standardError = standardError
    void this.ask()
  }

  draw(): void {
    const { report, rule, odds } = this
    if (report === undefined || odds === undefined) return
    this.draws = drawSteps(report, rule, odds, STEPS_DRAWN, ++this.#simulations)
    this.#page.changes.say()
  }

  async ask(): Promise<void> {
    const newest = this.#questions.next()
    const { config, task, actions, standardError } = this
    this.asking = true
    this.#forgetDraws()
    this.#page.changes.say()
    try {
      const answer = await this.#page.lab.theory({ settings: { ...config }, task, actions, standardError })
      if (!newest()) return
      this.failure = answer.ok ? undefined : answer.failure
      this.report = answer.ok ? answer.value : undefined
    } catch (thrown) {
      if (!newest()) return
      this.report = undefined
      this.failure = { code: 'lab-silent', message: `The lab did not answer: ${messageOf(thrown)}` }
    }
    this.asking = false
    this.#page.changes.say()
  }

  #forgetDraws(): void {
    this.draws = undefined
    this.#simulations = 0
  }
}

/** With the embedded agent, and a method that needs nobody else: the theory is about the policy alone. */
function asked(config: RunConfig): RunConfig {
  const embedded = config.policy === 'linear' ? {} : { policy: 'linear', model: '' }
  return parseConfig({ ...config, ...embedded, method: 'rro' }).config
}

function ruleOf({ riseRule, margin, rollouts, candidates }: RunConfig): Rule {
  return { riseRule, margin, rollouts, candidates, bar: 'value', explored: undefined, own: 0.5 }
}

/** That of a page. */
export const theoryOf = keptByPage((page) => new TheoryState(page))
