/** One line on each setting, beside its field. Apart from the table in core: only the settings dialog shows them. */
import { html, type TemplateResult } from 'lit'
import type { RunConfig } from '../../core/settings/settings.ts'
import { word } from '../parts/word.ts'
import { ENVIRONMENT_WORDS } from '../words/environment-words.ts'

export const EXPLANATIONS: Readonly<Record<keyof RunConfig, string | TemplateResult>> = {
  seed: 'Same seed, same run, event for event.',
  environment: html`Where the agent acts: ${word('WebShop')} or ${word('InterCode-SQL')}, whose ${word('MySQL')} is computed by SQLite.`,
  policy:
    'Who proposes actions and finishes the rollouts. The small language model (2 MB; the tiny one 0.4 MB) is fetched when it first acts. Where you act, the embedded agent finishes them.',
  model:
    'One that ships with the page, or one that was trained or imported here. To train, name, export and import them:',
  split: 'Training data comes from train; dev and test are held out.',
  tasks: 'How many instructions the run explores.',
  firstTask: 'Where in the order of this seed the run begins.',
  method: 'How a step finds its preferred action, and what is paired.',
  rollouts: html`${word('m')}: ${word('episode', 'episodes')} finished from each ${word('candidate')}; their mean outcome is its ${word('process reward')}.`,
  candidates: html`${word('K')}: in RRO the most candidates of a step, in ${word('fixed-size')} exploration exactly this many, in ${word('recycled')} RRO the most that are verified, in tree search the most children of a node (with K × m simulations a step).`,
  startRollouts: html`Episodes from the start. In ${word('recycled')} RRO their actions are the first candidates, their mean is the first bar; in groups they are the group.`,
  uctConstant: 'Weight of curiosity against value, in units of reward: higher tries rarely visited actions more.',
  temperature: html`Of the ${word('policy')}, proposing and rolling out alike: higher is more random.`,
  riseRule: html`What ${word('rise', 'rises')}: >= accepts a reward equal to the ${word('bar')} (when it is above 0); > wants it strictly higher.`,
  margin: 'How far above the bar a reward must be to count as rising.',
  firstBar: html`The bar of step 1: zero, or the ${word('Monte Carlo')} value of the empty ${word('prefix')} (m more rollouts).`,
  noRise: 'After K candidates: keep the best and pair it, keep it unpaired, or end the task.',
  pairing: html`Which ${word('pair', 'pairs')} come of a step: the ${word('chosen')} action is preferred to all lower siblings, to the worst, or to the one drawn just before.`,
  firstRise: 'A first candidate that rises has no sibling to pair with: skip the pair, or draw one more.',
  continuation: 'The chosen action goes on, or the first one drawn (stays on the policy’s own path).',
  stepLimit: 'Actions an episode may take; an unfinished episode earns 0.',
  sqlReward:
    'Rows in common (IoU) times the agreement of their order (tau), as InterCode’s code; or IoU alone, as most published logs.',
  sqlLines: 'Whether only the first line of a statement is run.',
  sqlObservation: 'Characters of an answer that the agent gets to read, then three dots.',
  sqlSubmit: 'Whether the word submit anywhere in an action submits, or only when it stands alone.',
}

/** What each method does, in a line. */
export const METHOD_ABOUT: Readonly<Record<RunConfig['method'], string>> = {
  rro: 'RRO draws candidates one at a time and stops at the first that rises over the step before.',
  'rro-recycled':
    'Recycled RRO, ours: what rollouts already paid for did next are the candidates, their mean is the bar; the most promising is verified by fresh rollouts.',
  'fixed-size': 'Fixed-size exploration always draws K candidates and keeps the best.',
  uct: 'Tree search sends its simulations where value and curiosity are highest; the most visited action goes on.',
  ipr: 'IPR follows the expert and compares one action of the agent with the expert’s at every step.',
  eto: 'ETO plays the task once and compares the whole trajectory with the expert’s.',
  groups:
    'Groups play the task G times from its start; no step is scored and nothing is paired. RLOO, GRPO and GiGPO learn from them, in Compare.',
  replay: 'Trajectories of a file are played again; nothing is explored.',
}

/** On the setting `model` where the agent is a language model. */
export const LANGUAGE_MODEL_ABOUT = 'Its name, as the list or the server has it. To download or connect one:'
export const BROWSER_MODEL_ABOUT =
  'It has no name, and takes no seed and no temperature from a page: a run of it cannot be made anew. To load it:'

/** Values that are names or abbreviations, in words. */
const VALUE_WORDS: Partial<Record<keyof RunConfig, Readonly<Record<string, string>>>> = {
  environment: ENVIRONMENT_WORDS,
  model: { '': 'the shipped one' },
  policy: {
    linear: 'Embedded agent',
    transformer: 'Small language model (ours)',
    webllm: 'Language model in this page',
    openai: 'Language model behind an endpoint',
    'browser-model': 'The browser’s own language model',
    human: 'You',
    file: 'A file',
  },
  method: {
    ...{ rro: 'RRO', 'rro-recycled': 'RRO, recycled', 'fixed-size': 'Fixed-size', uct: 'Tree search (UCT)' },
    ...{ ipr: 'IPR', eto: 'ETO', groups: 'Groups of episodes', replay: 'From a file' },
  },
  sqlReward: { tau: 'IoU × order', iou: 'IoU alone' },
  sqlLines: { first: 'the first', all: 'all of them' },
}

export function valueWords(name: keyof RunConfig, value: string | number): string {
  return VALUE_WORDS[name]?.[value] ?? String(value)
}
