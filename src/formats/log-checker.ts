/**
 * Whether a log could have come from exploration: the order of its events as a small state machine, counts, numbering,
 * and what can be computed again (process rewards, rises, bars, pairs). Follows `core/explore-task.ts`.
 */
import type { RunEvent, RunStarted, TaskEvent } from '../core/events.ts'
import { exactReward, processReward } from '../core/process-reward.ts'
import { rises } from '../core/rise.ts'
import type { RunConfig } from '../core/settings.ts'

/** What may come next. */
type Expected = 'head' | 'task' | 'value' | 'step' | 'candidate' | 'rollout' | 'score' | 'more' | 'after' | 'nothing'

interface Drawn {
  readonly action: string
  readonly outcome: number | null
  reward: number
  rises: boolean
}

/** Sums are computed in the same order everywhere; the room is for logs of other programs. */
const SAME = 1e-9
const close = (a: number, b: number): boolean => Math.abs(a - b) <= SAME

export class LogChecker {
  #expected: Expected = 'head'
  #header: RunStarted | undefined
  #tasks = 0
  #step = 0
  #bar = 0
  #drawn: Drawn[] = []
  #rollouts: number[] = []
  #decided: { readonly chosen: number; readonly noRise: boolean; readonly outcome: number | null } | undefined
  /** Candidates that the chosen one is still to be paired with. */
  #pairs: number[] = []

  /** Tasks that are complete so far. */
  get tasksFinished(): number {
    return this.#tasks
  }

  /** @returns what is wrong with the next event, as the end of a sentence; undefined when it fits */
  add(event: RunEvent): string | undefined {
    const header = this.#header
    if (header === undefined) {
      if (event.type !== 'run-started') return `comes before run-started, with which a run begins`
      this.#header = event
      this.#expected = 'task'
      return undefined
    }
    if (event.type === 'run-started') return 'starts the run a second time'
    if (this.#expected === 'nothing') return 'comes after the end of the run'
    if (event.type === 'run-failed') return undefined
    if (event.type === 'run-finished') {
      if (this.#expected !== 'task') return `ends the run inside task ${this.#tasks}`
      if (this.#tasks !== header.config.tasks) {
        return `ends the run after ${this.#tasks} of ${header.config.tasks} tasks`
      }
      this.#expected = 'nothing'
      return undefined
    }
    if (event.task !== this.#tasks) return `belongs to task ${event.task} where task ${this.#tasks} is expected`
    return this.#task(event, header)
  }

  #task(event: TaskEvent, header: RunStarted): string | undefined {
    const { config, minReward, maxReward } = header
    if ('step' in event && event.type !== 'step-started' && event.step !== this.#step) {
      return `belongs to step ${event.step} where step ${this.#step} is expected`
    }
    switch (event.type) {
      case 'task-started':
        if (this.#expected !== 'task') return this.#unexpected()
        if (this.#tasks >= config.tasks) return `starts a task beyond the ${config.tasks} of the run`
        this.#step = 0
        this.#bar = 0
        this.#rollouts = []
        this.#decided = undefined
        this.#pairs = []
        this.#expected = config.firstBar === 'value' ? 'value' : 'step'
        return undefined

      case 'step-started': {
        const next = this.#step + 1
        if (this.#expected !== 'step' && this.#expected !== 'after') return this.#unexpected()
        if (this.#pairs.length > 0) return MISSING_PAIR
        if (this.#decided !== undefined && (this.#decided.outcome !== null || this.#decided.noRise)) {
          return 'goes on after the end of the episode'
        }
        if (event.step !== next) return `starts step ${event.step} where step ${next} is expected`
        if (!close(event.bar, this.#bar)) return `has the bar ${event.bar} where ${this.#bar} follows from the log`
        this.#step = next
        this.#drawn = []
        this.#expected = 'candidate'
        return undefined
      }

      case 'candidate-proposed': {
        if (this.#expected !== 'candidate' && !(this.#expected === 'more' && !this.#complete(header))) {
          return this.#unexpected()
        }
        const next = this.#drawn.length + 1
        if (event.candidate !== next) return `has candidate ${event.candidate} where candidate ${next} is expected`
        if (event.done !== (event.outcome !== null)) return 'disagrees with itself on whether the episode is done'
        if (this.#step === config.stepLimit && !event.done) return 'goes on at the step limit'
        if (event.outcome !== null && outside(event.outcome, minReward, maxReward)) {
          return `has the outcome ${event.outcome}, outside ${minReward} to ${maxReward}`
        }
        this.#drawn.push({ action: event.action, outcome: event.outcome, reward: 0, rises: false })
        this.#rollouts = []
        this.#expected = event.done ? 'score' : 'rollout'
        return undefined
      }

      case 'rollout-finished': {
        if (this.#expected !== 'rollout' && this.#expected !== 'value') return this.#unexpected()
        const next = this.#rollouts.length + 1
        const of = this.#expected === 'value' ? 0 : this.#drawn.length
        if (event.candidate !== of) return `rolls out candidate ${event.candidate} where candidate ${of} is expected`
        if (event.rollout !== next) return `has rollout ${event.rollout} where rollout ${next} is expected`
        if (outside(event.reward, minReward, maxReward))
          return `has the reward ${event.reward}, outside ${minReward} to ${maxReward}`
        if (event.actions.length > config.stepLimit - this.#step) return 'takes more actions than the step limit leaves'
        for (const told of [event.texts, event.usages])
          if (told !== undefined && told.length !== event.actions.length)
            return 'has another number of replies than of actions'
        this.#rollouts.push(event.reward)
        if (this.#rollouts.length < config.rollouts) return undefined
        if (this.#expected === 'value') this.#bar = processReward(this.#rollouts).mean
        this.#expected = this.#expected === 'value' ? 'step' : 'score'
        return undefined
      }

      case 'candidate-scored': {
        const candidate = this.#drawn.at(-1)
        if (this.#expected !== 'score' || candidate === undefined) return this.#unexpected()
        if (event.candidate !== this.#drawn.length) {
          return `scores candidate ${event.candidate} where candidate ${this.#drawn.length} is expected`
        }
        const { outcome } = candidate
        const value = outcome === null ? processReward(this.#rollouts) : exactReward(outcome)
        if (!close(event.reward, value.mean)) {
          const source = outcome === null ? 'the mean of its rollouts' : 'its outcome'
          return `has the process reward ${event.reward} where ${source} is ${value.mean}`
        }
        if (!close(event.standardError ?? -1, value.standardError ?? -1)) {
          return `has the standard error ${event.standardError} where its rollouts give ${value.standardError}`
        }
        if (event.rises !== rises(config, event.reward, this.#bar, maxReward)) {
          return `says that ${event.reward} ${event.rises ? 'rises' : 'does not rise'} over the bar ${this.#bar}`
        }
        candidate.reward = event.reward
        candidate.rises = event.rises
        this.#expected = 'more'
        return undefined
      }

      case 'step-decided': {
        if (this.#expected !== 'more') return this.#unexpected()
        if (!this.#complete(header)) return `decides after ${this.#drawn.length} candidates, too early by the settings`
        const chosen = this.#drawn[event.chosen - 1]
        const continued = this.#drawn[event.continued - 1]
        if (chosen === undefined || continued === undefined) return 'decides for a candidate that was not drawn'
        if (event.continued !== (config.continuation === 'first' ? 1 : event.chosen)) {
          return `goes on with candidate ${event.continued}, against the settings`
        }
        const risen = this.#drawn.some((candidate) => candidate.rises)
        const reason = config.method === 'fixed-size' ? 'best-of-k' : risen ? 'rise' : 'no-rise'
        if (event.reason !== reason) return `gives the reason ${event.reason} where ${reason} follows from the log`
        const field = this.#drawn.filter((candidate) => reason !== 'rise' || candidate.rises)
        const best = field.reduce((best, candidate) => (candidate.reward > best.reward ? candidate : best), chosen)
        if (!field.includes(chosen) || field.find((candidate) => candidate.reward === best.reward) !== chosen) {
          return `chooses candidate ${event.chosen}, which is not the best`
        }
        const noRise = reason === 'no-rise' && config.noRise === 'end-task'
        this.#decided = { chosen: event.chosen, noRise, outcome: continued.outcome }
        this.#pairs =
          reason === 'no-rise' && config.noRise === 'keep-best-unpaired' ? [] : this.#rejected(config, chosen)
        this.#bar = continued.reward
        this.#expected = 'after'
        return undefined
      }

      case 'pair-made': {
        if (this.#expected !== 'after' || this.#decided === undefined) return this.#unexpected()
        const chosen = this.#drawn[event.chosen - 1]
        const rejected = this.#drawn[event.rejected - 1]
        if (event.chosen !== this.#decided.chosen) return `prefers candidate ${event.chosen}, which was not chosen`
        if (chosen === undefined || rejected === undefined) return 'pairs a candidate that was not drawn'
        if (!(rejected.reward < chosen.reward)) return 'prefers a candidate whose process reward is not higher'
        if (rejected.action === chosen.action) return 'pairs an action with itself'
        if (this.#pairs.shift() !== event.rejected) return 'is not the pair that the settings ask for here'
        return undefined
      }

      case 'task-finished': {
        const decided = this.#decided
        if (this.#expected !== 'after' || decided === undefined) return this.#unexpected()
        if (this.#pairs.length > 0) return MISSING_PAIR
        const { outcome, noRise } = decided
        if (outcome === null && !noRise) return 'ends the task before its episode is done'
        const reward = outcome ?? 0
        if (!close(event.reward, reward)) return `ends with the reward ${event.reward} where the outcome is ${reward}`
        const fits = {
          done: outcome !== null,
          'no-rise': noRise,
          'step-limit': this.#step === config.stepLimit,
          'no-difference': false,
          'no-expert': false,
        }
        if (!fits[event.end]) return `ends as ${event.end}, against the log`
        this.#tasks++
        this.#expected = 'task'
        return undefined
      }
    }
  }

  /** Whether the step has as many candidates as its method draws. */
  #complete({ config }: RunStarted): boolean {
    const drawn = this.#drawn
    if (drawn.length >= config.candidates) return drawn.length === config.candidates
    if (config.method === 'fixed-size') return false
    const first = drawn.findIndex((candidate) => candidate.rises)
    if (first < 0) return false
    return first > 0 || config.firstRise === 'skip' || drawn.length >= 2
  }

  /** Whom the chosen candidate is preferred to. */
  #rejected({ pairing }: RunConfig, chosen: Drawn): number[] {
    const lower = this.#drawn.filter(({ reward, action }) => reward < chosen.reward && action !== chosen.action)
    const worst = lower.reduce<Drawn | undefined>(
      (low, drawn) => (low && low.reward <= drawn.reward ? low : drawn),
      undefined,
    )
    const previous = this.#drawn[this.#drawn.indexOf(chosen) - 1]
    return lower
      .filter((drawn) => pairing === 'all-lower' || drawn === (pairing === 'worst' ? worst : previous))
      .map((drawn) => this.#drawn.indexOf(drawn) + 1)
  }

  #unexpected(): string {
    return `is out of order: ${WORDS[this.#expected]}`
  }
}

const MISSING_PAIR = 'comes where a pair is missing'

const WORDS: Readonly<Record<Expected, string>> = {
  head: 'run-started is expected',
  task: 'task-started or run-finished is expected',
  value: 'a rollout of the empty prefix is expected',
  step: 'step-started is expected',
  candidate: 'candidate-proposed is expected',
  rollout: 'rollout-finished is expected',
  score: 'candidate-scored is expected',
  more: 'candidate-proposed or step-decided is expected',
  after: 'a pair, the next step or the end of the task is expected',
  nothing: 'nothing is expected',
}

function outside(reward: number, least: number, most: number): boolean {
  return reward < least || reward > most
}
