/**
 * Preference pairs for TRL's DPOTrainer: conversational format with an explicit prompt, one JSON object a line
 * (https://huggingface.co/docs/trl/dataset_formats, "Preference"). The prompt is the conversation up to the pair and
 * ends with the user's turn; `chosen` and `rejected` hold one assistant turn each.
 *
 * The rows must load without a script, and Arrow infers a column's type from the first rows it meets: so every row has
 * the same columns, none is ever null, and rewards always carry a decimal point (an integer column would refuse 0.5
 * later). Columns that TRL gives a meaning to (`tools`, `images`, `completion`, `messages`) are not used.
 */
import type { Message, SystemPlace } from '../core/conversation.ts'
import type { RunEvent, RunStarted } from '../core/events.ts'
import { foldTask, type StepState } from '../core/fold-task.ts'

export interface TrlOptions {
  /** Default: as the language model was addressed, else a message of its own. */
  readonly system?: SystemPlace
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
  const lines: string[] = []
  for (const step of task.steps) {
    for (const pair of step.pairs) {
      const line = row(header, task, step, pair, conversation)
      if (line !== undefined) lines.push(line)
    }
    const continued = step.candidates[(step.decided?.continued ?? 0) - 1]
    if (step.decided === undefined || continued === undefined) break
    conversation.push({ role: 'assistant', content: filled(continued.proposed.text) })
    conversation.push({ role: 'user', content: filled(step.decided.observation) })
  }
  return lines
}

function opening(systemPrompt: string, messages: readonly Message[], system: SystemPlace): Message[] {
  const said = messages.map(({ role, content }): Message => ({ role, content: filled(content) }))
  if (systemPrompt.trim() === '') return said
  const [first, ...rest] = said
  if (system === 'first-user-message' && first !== undefined)
    return [{ role: 'user', content: wellFormed(`${systemPrompt}\n\n${messages[0]?.content}`) }, ...rest]
  return [{ role: 'system', content: wellFormed(systemPrompt) }, ...said]
}

function row(
  { config, agent, data }: RunStarted,
  task: { readonly task: number; readonly taskId: string },
  step: StepState,
  pair: { readonly chosen: number; readonly rejected: number },
  prompt: readonly Message[],
): string | undefined {
  const chosen = step.candidates[pair.chosen - 1]
  const rejected = step.candidates[pair.rejected - 1]
  if (chosen?.scored === undefined || rejected?.scored === undefined) return undefined
  const turn = (content: string): Message[] => [{ role: 'assistant', content: filled(content) }]
  const columns: Readonly<Record<string, string>> = {
    prompt: JSON.stringify(prompt),
    chosen: JSON.stringify(turn(chosen.proposed.text)),
    rejected: JSON.stringify(turn(rejected.proposed.text)),
    chosen_reward: float(chosen.scored.reward),
    rejected_reward: float(rejected.scored.reward),
    bar: float(step.bar),
    reason: JSON.stringify(step.decided?.reason ?? 'rise'),
    task: String(task.task),
    task_id: JSON.stringify(wellFormed(task.taskId)),
    step: String(step.step),
    candidates: String(step.candidates.length),
    rollouts: String(config.rollouts),
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
