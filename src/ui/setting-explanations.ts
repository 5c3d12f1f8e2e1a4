/** One line on each setting, beside its field. Apart from the table in core: only the settings dialog shows them. */
import type { RunConfig } from '../core/settings.ts'
import { ENVIRONMENT_WORDS } from './environment-words.ts'

export const EXPLANATIONS: Readonly<Record<keyof RunConfig, string>> = {
  seed: 'Same seed, same run, event for event.',
  environment: 'Where the agent acts.',
  policy: 'Who proposes actions and finishes the rollouts. Where you act, the embedded agent finishes them.',
  model:
    'One that ships with the page, or one that was trained or imported here (train, name, export and import under “Agent”).',
  split: 'Training data comes from train; dev and test are held out.',
  tasks: 'How many instructions the run explores.',
  firstTask: 'Where in the order of this seed the run begins.',
  method: 'How a step finds its preferred action, and what is paired.',
  rollouts: 'Episodes finished from each candidate; their mean outcome is its process reward.',
  candidates: 'Most candidates a step for RRO, exactly this many for fixed-size.',
  startRollouts: 'Episodes from the start: their actions are the first candidates, their mean is the first bar.',
  uctConstant: 'Weight of curiosity against value, in units of reward: higher tries rarely visited actions more.',
  temperature: 'Of the policy, proposing and rolling out alike: higher is more random.',
  riseRule: '>= accepts a reward equal to the bar (when it is above 0); > wants it strictly higher.',
  margin: 'How far above the bar a reward must be to count as rising.',
  firstBar: 'The bar of step 1: zero, or the Monte Carlo value of the empty prefix (m more rollouts).',
  noRise: 'After K candidates: keep the best and pair it, keep it unpaired, or end the task.',
  pairing: 'The chosen action is preferred to all lower siblings, to the worst, or to the one drawn just before.',
  firstRise: 'A first candidate that rises has no sibling to pair with: skip the pair, or draw one more.',
  continuation: 'The chosen action goes on, or the first one drawn (stays on the policy’s own path).',
  stepLimit: 'Actions an episode may take; an unfinished episode earns 0.',
  sqlReward:
    'Rows in common (IoU) times the agreement of their order (tau), as InterCode’s code; or IoU alone, as most published logs.',
  sqlLines: 'Whether only the first line of a statement is run.',
  sqlObservation: 'Characters of an answer that the agent gets to read, then three dots.',
  sqlSubmit: 'Whether the word submit anywhere in an action submits, or only when it stands alone.',
}

/** Values that are names or abbreviations, in words. */
const VALUE_WORDS: Partial<Record<keyof RunConfig, Readonly<Record<string, string>>>> = {
  environment: ENVIRONMENT_WORDS,
  model: { '': 'the shipped one' },
  policy: { linear: 'Embedded agent', human: 'You' },
  sqlReward: { tau: 'IoU × order', iou: 'IoU alone' },
  sqlLines: { first: 'the first', all: 'all of them' },
}

export function valueWords(name: keyof RunConfig, value: string | number): string {
  return VALUE_WORDS[name]?.[value] ?? String(value)
}
