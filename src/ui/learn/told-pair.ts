/** The pair of a language model's run that Learn tells of: of the step with the clearest rise, each side token by token. */
import type { TaskState } from '../../core/log/fold-task.ts'
import type { Spelled } from '../../worker/protocol/lab-api.ts'
import { logOf } from '../explore/inspector/spelled-words.ts'
import { lessonOf, type Selection, START } from '../state/selection.ts'

export interface ToldPair {
  readonly task: number
  readonly instruction: string
  readonly step: number
  /** Where the step began: what the visitor sees of the world before they know which one was chosen. */
  readonly from: Selection
  readonly chosen: Reply
  readonly rejected: Reply
}

export interface Reply {
  readonly candidate: number
  readonly action: string
  /** Process reward. */
  readonly reward: number
  /** As it was written, and as the trained model judges it; undefined until that is there. */
  readonly spelled: Spelled
  readonly after: Spelled | undefined
}

/** Asks the model for a candidate; undefined where it cannot be had. */
export type Spell = (task: number, step: number, candidate: number) => Promise<Spelled | undefined>

/** @param tasks to their end @returns undefined where no step rose after others had fallen short */
export async function findPair(tasks: readonly TaskState[], spell: Spell): Promise<ToldPair | undefined> {
  const lessons = tasks.flatMap((state) => {
    const lesson = lessonOf(state)
    return lesson === undefined ? [] : { state, ...lesson }
  })
  const best = lessons.toSorted((a, b) => b.clarity - a.clarity)[0]
  const step = best?.state.steps[best.selection.step - 1]
  const pair = step?.pairs.find(({ chosen }) => chosen === best?.selection.candidate)
  if (best === undefined || step === undefined || pair === undefined) return undefined
  const { task, instruction, steps } = best.state
  const reply = async (candidate: number): Promise<Reply | undefined> => {
    const { proposed, scored } = step.candidates[candidate - 1] ?? {}
    const spelled = await spell(task, step.step, candidate)
    if (proposed === undefined || scored === undefined || spelled === undefined) return undefined
    return { candidate, action: proposed.action, reward: scored.reward, spelled, after: undefined }
  }
  const [chosen, rejected] = [await reply(pair.chosen), await reply(pair.rejected)]
  const before = steps[step.step - 2]
  const from = before?.decided === undefined ? START : { step: before.step, candidate: before.decided.continued }
  return chosen && rejected && { ...{ task, instruction, step: step.step }, ...{ from, chosen, rejected } }
}

/** The pair as another model judges it. */
export async function judgedPair(pair: ToldPair, spell: Spell): Promise<ToldPair> {
  const judged = async (reply: Reply): Promise<Reply> => ({
    ...reply,
    after: await spell(pair.task, pair.step, reply.candidate),
  })
  return { ...pair, chosen: await judged(pair.chosen), rejected: await judged(pair.rejected) }
}

/** log π(chosen) − log π(rejected) in nats, as it was written; as it is judged, where that is there. */
export function lead({ chosen, rejected }: ToldPair, by: 'spelled' | 'after'): number {
  const of = (reply: Reply): number => logOf(reply[by] ?? reply.spelled)
  return of(chosen) - of(rejected)
}
