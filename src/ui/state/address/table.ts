/**
 * All that may stand in the address of the page, beside the settings of a run (src/core/settings/settings.ts) and what is
 * Compare's own (src/ui/compare/compare-hash.ts): one table, in the order in which it is written.
 */
import type { RunConfig, Setting } from '../../../core/settings/settings.ts'
import { SPEEDS } from '../playhead.ts'
import type { Selection } from '../selection.ts'
import type { Workspace } from '../workspace.ts'

const FLAG = { kind: 'choice', values: ['0', '1'], default: '0' } as const

export const ADDRESS = {
  /** Of the run, from 1. */
  task: { kind: 'integer', least: 1, most: 1_000_000, default: 1, label: 'Task' },
  /** Of the task, from 1: the last one that is shown. */
  event: { kind: 'integer', least: 1, most: Number.MAX_SAFE_INTEGER, default: 1, label: 'Event' },
  /** `STEP.CANDIDATE`: what is selected, where that is not what the event is about. `0.0` is the start of the task. */
  at: { kind: 'text', most: 20, default: '', label: 'Candidate' },
  /** Fingerprint of the data, where it is not the data that ships with the page. */
  data: { kind: 'text', most: 64, default: '', label: 'Data' },
  view: { kind: 'choice', values: ['cards', 'text'], default: 'cards', label: 'View' },
  speed: { kind: 'choice', values: SPEEDS.map(String), default: '1', label: 'Speed' },
  /** Of Learn. */
  chapter: { kind: 'text', most: 60, default: '', label: 'Chapter' },
  /** Controls that a class does without, by their names. */
  hide: { kind: 'text', most: 400, default: '', label: 'Hide' },
  /** Explore or a chapter by itself, inside another page. */
  embed: { ...FLAG, label: 'Embed' },
  /** Large type, and nothing but what is talked about. */
  present: { ...FLAG, label: 'Present' },
} as const satisfies Record<string, Setting>

/** What `hide` may name. */
export const CONTROLS = [
  'learn',
  'explore',
  'compare',
  'environment',
  'data',
  'method',
  'agents',
  'seed',
  'fresh',
  'settings',
  'runs',
  'export',
  'theme',
  'help',
  'act',
  'whatif',
  'knobs',
] as const
export type Control = (typeof CONTROLS)[number]

/** Where in a run; what is left out is for the page to choose. */
export interface Spot {
  readonly task?: number
  readonly event?: number
  readonly at?: Selection
}

/** How much of the page there is. */
export interface Frame {
  readonly hide: readonly Control[]
  readonly embed: boolean
  readonly present: boolean
}

export const WHOLE_PAGE: Frame = { hide: [], embed: false, present: false }

export interface PageAddress {
  readonly workspace: Workspace
  /** Of the run that is meant. */
  readonly config: RunConfig
  /** Empty for the data that ships with the page. */
  readonly data: string
  readonly spot: Spot
  readonly textual: boolean
  readonly speed: (typeof SPEEDS)[number]
  readonly chapter: string
  readonly frame: Frame
}
