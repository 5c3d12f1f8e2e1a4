/**
 * Preference pairs for TRL's DPOTrainer: conversational format with an explicit prompt, one JSON object a line
 * (https://huggingface.co/docs/trl/dataset_formats, "Preference"). The prompt is the conversation up to the pair and
 * ends with the user's turn. `chosen` and `rejected` hold one assistant turn each; where whole trajectories are compared
 * (ETO) they hold all turns from the first action to the last, observations as the user's turns between.
 *
 * The rows must load without a script, and Arrow infers a column's type from the first rows it meets: so every row has
 * the same columns, none is ever null, and rewards always carry a decimal point (an integer column would refuse 0.5
 * later). Columns that TRL gives a meaning to (`tools`, `images`, `completion`, `messages`) are not used.
 *
 * `weight` is 1.0 unless the method weights its pairs: TRL's loss does not read it, a resampler or a trainer of one's own
 * can. A pair of no step (`reason` is `branch` or `trajectory`) has the bar 0.0.
 */
import type { Message, SystemPlace } from '../core/log/conversation.ts'
import type { BranchPairMade, RunEvent, RunStarted, Turn } from '../core/log/events.ts'
import { foldTask, type Pair, pairRewards, type StepState, type TaskState } from '../core/log/fold-task.ts'

export interface TrlOptions {
  /** Default: as the language model was addressed, else a message of its own. */
  readonly system?: SystemPlace
  /** Whether rows of replies without an action are written, too (default false). Logs tell of them since they are marked. */
  readonly unusable?: boolean
}

/**
 * The rows of one task, line ends included, in the order in which the pairs were made.
 * @param events one task's events; a task that is not finished gives the pairs that it has so far
 */
export function trlDpoLines(header: RunStarted, events: readonly RunEvent[], options: TrlOptions = {}): string[] {
  const task = foldTask(events)
  if (task === undefined) return []
  const { conversation: form } = header
  const place = options.system ?? form?.system ?? 'own-message'
  // What a language model was shown before the task belongs to the prompt that it answered.
  const conversation = opening(
    header.systemPrompt,
    [...(form?.example ?? []), { role: 'user', content: task.observation }],
    place,
  )
  const start = [...conversation]
  const lines: string[] = []
  for (const step of task.steps) {
    for (const pair of step.pairs) {
      if (options.unusable !== true && saysNothing(step, pair)) continue
      const about = stepPair(header, step, pair, conversation)
      if (about !== undefined) lines.push(row(header, task, about))
    }
    for (const pair of task.branchPairs)
      if (pair.step === step.step) lines.push(row(header, task, branchPair(pair, conversation)))
    const continued = step.candidates[(step.decided?.continued ?? 0) - 1]
    if (step.decided === undefined || continued === undefined) break
    conversation.push(said(continued.proposed.text), told(step.decided.observation))
  }
  const whole = trajectoryPair(task, start, conversation)
  if (whole !== undefined) lines.push(row(header, task, whole))
  return lines
}

/** Whether one of a pair is a reply without an action. */
function saysNothing({ candidates }: StepState, { chosen, rejected }: Pair): boolean {
  return [chosen, rejected].some((number) => candidates[number - 1]?.proposed.usage?.nothing === true)
}

function said(content: string): Message {
  return { role: 'assistant', content: filled(content) }
}

function told(content: string): Message {
  return { role: 'user', content: filled(content) }
}

function opening(systemPrompt: string, messages: readonly Message[], system: SystemPlace): Message[] {
  const all = messages.map(({ role, content }): Message => ({ role, content: filled(content) }))
  if (systemPrompt.trim() === '') return all
  const [first, ...rest] = all
  if (system === 'first-user-message' && first !== undefined)
    return [{ role: 'user', content: wellFormed(`${systemPrompt}\n\n${messages[0]?.content}`) }, ...rest]
  return [{ role: 'system', content: wellFormed(systemPrompt) }, ...all]
}

/** What is particular to a pair. */
interface PairRow {
  readonly prompt: readonly Message[]
  readonly chosen: readonly Message[]
  readonly rejected: readonly Message[]
  readonly chosenReward: number
  readonly rejectedReward: number
  readonly weight: number
  readonly bar: number
  readonly reason: string
  /** Of the state that the pair is at. */
  readonly step: number
  /** How many were compared, and by how many rollouts: each, or all together where they were not counted out. */
  readonly candidates: number
  readonly rollouts: number
}

function stepPair(
  { config }: RunStarted,
  step: StepState,
  pair: Pair,
  prompt: readonly Message[],
): PairRow | undefined {
  const chosen = step.candidates[pair.chosen - 1]
  const rejected = step.candidates[pair.rejected - 1]
  const rewards = pairRewards(step, pair)
  if (chosen === undefined || rejected === undefined || rewards === undefined) return undefined
  return {
    ...{ prompt, chosen: [said(chosen.proposed.text)], rejected: [said(rejected.proposed.text)] },
    ...{ chosenReward: rewards.chosen, rejectedReward: rewards.rejected, weight: pair.weight ?? 1 },
    ...{ bar: step.bar, reason: step.decided?.reason ?? 'rise', step: step.step },
    ...{ candidates: step.candidates.length, rollouts: config.rollouts },
  }
}

function branchPair({ step, after, chosen, rejected, weight }: BranchPairMade, path: readonly Message[]): PairRow {
  const prompt = [...path, ...after.flatMap(({ text, observation }) => [said(text), told(observation)])]
  return {
    ...{ prompt, chosen: [said(chosen.text)], rejected: [said(rejected.text)] },
    ...{ chosenReward: chosen.reward, rejectedReward: rejected.reward, weight },
    ...{ bar: 0, reason: 'branch', step: step + after.length },
    ...{ candidates: 2, rollouts: chosen.rollouts + rejected.rollouts },
  }
}

/** @param path the whole conversation of the agent, its last observation included */
function trajectoryPair(
  { trajectoryPair: pair, finished, steps }: TaskState,
  prompt: readonly Message[],
  path: readonly Message[],
): PairRow | undefined {
  const last = steps.at(-1)
  const outcome = finished?.reward ?? last?.candidates[(last.decided?.continued ?? 0) - 1]?.proposed.outcome
  if (pair === undefined || outcome === undefined || outcome === null) return undefined
  const expert = turns(pair.expert)
  const agent = path.slice(prompt.length, -1)
  const isExpert = pair.chosen === 'expert'
  return {
    ...{ prompt, chosen: isExpert ? expert : agent, rejected: isExpert ? agent : expert },
    chosenReward: isExpert ? pair.expertReward : outcome,
    rejectedReward: isExpert ? outcome : pair.expertReward,
    ...{ weight: 1, bar: 0, reason: 'trajectory', step: 1, candidates: 2, rollouts: 0 },
  }
}

/** Ends with the last reply: what comes after it is nobody's preference. */
function turns(all: readonly Turn[]): Message[] {
  return all.flatMap(({ text, observation }) => [said(text), told(observation)]).slice(0, -1)
}

function row(
  { config, agent, data }: RunStarted,
  { task, taskId }: Pick<TaskState, 'task' | 'taskId'>,
  pair: PairRow,
): string {
  const columns: Readonly<Record<string, string>> = {
    prompt: JSON.stringify(pair.prompt),
    chosen: JSON.stringify(pair.chosen),
    rejected: JSON.stringify(pair.rejected),
    chosen_reward: float(pair.chosenReward),
    rejected_reward: float(pair.rejectedReward),
    weight: float(pair.weight),
    bar: float(pair.bar),
    reason: JSON.stringify(pair.reason),
    task: String(task),
    task_id: JSON.stringify(wellFormed(taskId)),
    step: String(pair.step),
    candidates: String(pair.candidates),
    rollouts: String(pair.rollouts),
    method: JSON.stringify(config.method),
    environment: JSON.stringify(config.environment),
    seed: String(config.seed),
    agent: JSON.stringify(wellFormed(agent.name)),
    data: JSON.stringify(wellFormed(data.name)),
  }
  const pairs = Object.entries(columns).map(([name, json]) => `${JSON.stringify(name)}: ${json}`)
  return `{${pairs.join(', ')}}\n`
}

/** A JSON number that no reader takes for an integer. */
function float(value: number): string {
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}

/** Chat templates and loss masks need something to stand in every turn. */
function filled(content: string): string {
  return content.trim() === '' ? '(nothing)' : wellFormed(content)
}

/** Lone surrogates are legal in a JavaScript string and refused by Arrow's reader. */
function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
}
