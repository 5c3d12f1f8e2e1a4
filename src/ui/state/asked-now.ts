/** Which candidate of the open run the visitor is asked about: the newest, proposed and with no rollout yet. */
import type { CandidateState } from '../../core/log/fold-task.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { GuessPlace } from './guesses.ts'
import type { PageState } from './page-state.ts'
import { candidateAt, currentOf, isSame } from './selection.ts'

/** Methods that hold each candidate against a bar as it comes. */
const HELD_TO_A_BAR: readonly RunConfig['method'][] = ['rro', 'rro-recycled', 'fixed-size']

export interface Guessable {
  readonly place: GuessPlace
  readonly candidate: CandidateState
  readonly bar: number
}

/** The candidate that a guess is about, or was until the next step began. A chapter of Learn asks in its own words. */
export function guessable({ explorer, address }: Pick<PageState, 'explorer' | 'address'>): Guessable | undefined {
  if (address.workspace !== 'explore') return undefined
  const { task, progress, selection } = explorer
  const step = task?.steps.at(-1)
  if (task === undefined || step === undefined || progress === undefined || selection === undefined) return undefined
  if (!HELD_TO_A_BAR.includes(progress.info.config.method) || !isSame(selection, currentOf(task))) return undefined
  const candidate = step.step === selection.step ? candidateAt(task, selection) : undefined
  if (candidate === undefined || candidate.proposed.done) return undefined
  return { place: { run: progress.info.id, task: task.task, ...selection }, candidate, bar: step.bar }
}

/** What the visitor is asked about just now; nothing while it moves by itself. */
export function askedNow(page: Pick<PageState, 'explorer' | 'player' | 'address'>): GuessPlace | undefined {
  const { place, candidate } = guessable(page) ?? {}
  if (page.player.playing || page.explorer.following) return undefined
  return candidate?.rollouts.length === 0 && candidate.scored === undefined ? place : undefined
}
