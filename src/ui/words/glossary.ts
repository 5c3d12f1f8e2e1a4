/**
 * The words of the field and of this page, each in a sentence or two: the one table. Marked where they first appear
 * (src/ui/parts/word.ts), and whole in the help.
 */

export interface Meaning {
  readonly means: string
  /** Where it comes from. */
  readonly source?: { readonly name: string; readonly address: string }
}

const arXiv = (name: string, number: string) => ({ name, address: `https://arxiv.org/abs/${number}` })
/** The paper that this page is about. */
export const PAPER = arXiv('Wang et al. 2025, RRO', '2505.20737')
const DPO = arXiv('Rafailov et al. 2023, DPO', '2305.18290')
const IPR = arXiv('Xiong et al. 2024, IPR', '2406.11176')
const ETO = arXiv('Song et al. 2024, ETO', '2403.02502')
const WEBSHOP = arXiv('Yao et al. 2022, WebShop', '2207.01206')
const INTERCODE = arXiv('Yang et al. 2023, InterCode', '2306.14898')

export const GLOSSARY = {
  RRO: {
    means:
      'Reward Rising Optimization: draw candidates for the next action one at a time, score each by its process reward, and stop at the first that rises over the step before. What it preferred trains the agent.',
    source: PAPER,
  },
  agent: { means: 'Whoever chooses the actions: here a small trainable model in the page, a language model, or you.' },
  policy: {
    means:
      'What decides which action an agent takes: a probability for each action, given all that happened before. Training changes it.',
  },
  environment: { means: 'The world that an agent acts in: it answers each action with what is then seen.' },
  WebShop: {
    means: 'A shop of many products: find and buy one that fits an instruction. The reward says how well it fits.',
    source: WEBSHOP,
  },
  'InterCode-SQL': {
    means:
      'A question about a database: ask it in SQL, read the answers, and submit one. The reward says how right it is.',
    source: INTERCODE,
  },
  task: { means: 'One instruction or question, from its start to its end.' },
  episode: {
    means: 'One way through a task: actions and what is seen after each, until it ends or the step limit comes.',
  },
  observation: { means: 'What the agent reads after an action.' },
  step: { means: 'A place in the episode where one action is chosen.' },
  prefix: { means: 'All actions and observations up to a step: what the next action is chosen from.' },
  trajectory: { means: 'A whole episode as a list: each action with what was seen after it.' },
  candidate: { means: 'An action that was drawn for a step, and may or may not become the one that is taken.' },
  rollout: {
    means: 'The agent finishes the episode from a candidate by itself, and what it earns at the end is written down.',
  },
  m: { means: 'How many rollouts score each candidate. More of them make the score surer, and cost more.' },
  K: { means: 'The most candidates that a step may draw. RRO often stops earlier; fixed-size exploration draws all.' },
  'outcome reward': { means: 'What an episode earns at its end, from 0 to 1 (in SQL down to −1).' },
  'process reward': {
    means:
      'What a single action is worth: the mean outcome reward of m rollouts from it. An action that ends the episode has its own outcome.',
    source: PAPER,
  },
  'standard error': {
    means: 'How far a mean of so few rollouts may lie from the true one; two of them either way, mostly.',
  },
  bar: {
    means:
      'The process reward that a candidate must reach to rise: that of the step before. At the first step it is 0, unless the settings say otherwise.',
  },
  rise: {
    means:
      'A process reward at or above the bar, as the rise rule has it. The first candidate that rises ends its step.',
    source: PAPER,
  },
  margin: { means: 'By how much more than the bar a candidate must earn to rise; 0 unless it is set.' },
  'false rise': {
    means:
      'A candidate whose few rollouts say that it rises, though its true worth does not. Only a simulator can know.',
  },
  chosen: { means: 'The action of a pair that is preferred; in a step, the one that is taken.' },
  rejected: {
    means: 'The action of a pair that the chosen one is preferred to: of the same step, with a lower score.',
  },
  pair: {
    means:
      'A chosen and a rejected action from the same state. Pairs are what exploration is for: DPO learns from them.',
  },
  DPO: {
    means:
      'Direct Preference Optimization: makes the chosen action of each pair likelier and the rejected one less so, while staying near a reference policy.',
    source: DPO,
  },
  SFT: { means: 'Supervised fine-tuning: the agent learns to do what an expert did. It comes before DPO.' },
  'reference policy': {
    means: 'The policy as it was before training, which DPO holds the new one near to.',
    source: DPO,
  },
  beta: { means: 'How strongly DPO holds the new policy near the reference policy: higher is nearer.', source: DPO },
  expert: { means: 'Whoever shows how a task is done well: here a program that knows the answer.' },
  'policy call': {
    means: 'One action asked of the agent, in a rollout too: the unit of what exploration costs.',
  },
  budget: {
    means: 'How many policy calls a method may spend on exploring, so that methods are compared at the same cost.',
  },
  seed: { means: 'The number that all chance comes from: the same seed and settings give the same run.' },
  'fixed-size': { means: 'Exploration that draws the same number of candidates at each step, and keeps the best.' },
  recycled: {
    means: 'Our variant of RRO: what earlier rollouts did next are the candidates, so that little is paid for twice.',
  },
  UCT: {
    means: 'Tree search that tries what has proved good, or has been tried little, and takes what it tried most.',
  },
  IPR: {
    means: 'Follows an expert, and compares one action of the agent with the expert’s at every step.',
    source: IPR,
  },
  ETO: { means: 'Plays the whole task, and compares the whole trajectory with the expert’s.', source: ETO },
  'Monte Carlo': { means: 'To find a mean by trying at random, again and again, instead of computing it.' },
  'exact value': { means: 'What an action is truly worth, computed over everything that the agent could do after it.' },
  IoU: { means: 'Rows that two results have in common, out of all rows in either: 1 where they are the same.' },
  MySQL: {
    means:
      'The database that InterCode-SQL was made for. In this page SQLite computes, behind our own MySQL grammar, types, errors and row order: of recorded answers 98 % have the same rows.',
    source: INTERCODE,
  },
} as const satisfies Record<string, Meaning>

export type Term = keyof typeof GLOSSARY
