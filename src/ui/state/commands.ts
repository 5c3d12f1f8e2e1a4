/** Everything that a key or a transport button does, once: name, keys, when it can be done. The help dialog is this table. */
import type { Stride } from '../../core/log/strides.ts'
import { isActing, isResting, isYourTurn } from './acting.ts'
import type { Control } from './address/table.ts'
import { askedNow } from './asked-now.ts'
import type { PageState } from './page-state.ts'

export interface Command {
  readonly label: string
  /** As `KeyboardEvent.key`, with `Shift+` before an arrow. */
  readonly keys: readonly string[]
  readonly run: (page: PageState) => void
  readonly can: (page: PageState) => boolean
  /** Whether the key does the same in every workspace; the others are Explore's. */
  readonly anywhere?: true
  /** What it is of: where that is hidden, its key does nothing. */
  readonly control?: Control
}

const hasRun = (page: PageState): boolean => page.explorer.progress !== undefined
const canGoBack = ({ explorer }: PageState): boolean => explorer.playhead.task > 0 || explorer.playhead.count > 1

function canGoOn({ explorer, intentions }: PageState): boolean {
  if (intentions.opening) return true
  return explorer.progress !== undefined && !explorer.atRunEnd && !isYourTurn(explorer)
}

function forward(label: string, stride: Stride, keys: readonly string[]): Command {
  return { label, keys, can: canGoOn, run: (page) => page.takeInHand(() => void page.explorer.forward(stride)) }
}

function guess(label: string, rises: boolean, keys: readonly string[]): Command {
  return {
    ...{ label, keys, can: (page) => askedNow(page) !== undefined },
    run: (page) => {
      const place = askedNow(page)
      if (place !== undefined) page.guesses.make(place, rises)
    },
  }
}

function back(label: string, stride: Stride, keys: readonly string[]): Command {
  return { label, keys, can: canGoBack, run: (page) => page.takeInHand(() => page.explorer.back(stride)) }
}

export const COMMANDS = {
  play: {
    label: 'Play, pause, or replay the task',
    keys: [' '],
    can: (page) => page.player.next !== 'play' || (canGoOn(page) && !isResting(page.explorer)),
    run: (page) => page.player.toggle(),
  },
  fresh: {
    label: 'Start a fresh run',
    keys: ['f'],
    control: 'fresh',
    can: () => true,
    run: (page) => void page.opener.startFresh(),
  },
  example: {
    label: 'Back to the example',
    keys: ['b'],
    can: ({ opener }) => opener.example !== undefined,
    run: (page) => void page.opener.backToExample(),
  },
  act: {
    label: 'Act yourself in this task',
    keys: ['a'],
    control: 'act',
    can: hasRun,
    // What acting would replace is asked about first.
    run: (page) => (isActing(page.explorer) ? void page.visit('actHere') : page.view.ask(true)),
  },
  stopActing: {
    label: 'Stop acting',
    keys: ['Escape'],
    can: ({ view, explorer }) => view.asking || isActing(explorer),
    run: (page) => (page.view.asking ? page.view.ask(false) : void page.opener.stopActing()),
  },
  whatIf: {
    label: 'What if: score an action of your own in this state',
    keys: ['w'],
    control: 'whatif',
    can: ({ explorer: { events } }) => events.some(({ type }) => type === 'step-started'),
    run: (page) => void page.visit('openTries'),
  },
  knobs: {
    control: 'knobs',
    label: 'What if the rule were different: decide this step anew',
    keys: ['u'],
    can: hasRun,
    run: (page) => void page.visit('openKnobs'),
  },
  editWorld: {
    control: 'knobs',
    label: 'Edit this world, and explore the task again',
    keys: ['x'],
    can: (page) => hasRun(page) && !isActing(page.explorer),
    run: (page) => void page.visit('editWorld'),
  },
  eventForward: forward('Forward one event', 'event', ['ArrowRight', 'l']),
  eventBack: back('Back one event', 'event', ['ArrowLeft', 'h']),
  phaseForward: forward('Forward one phase', 'phase', ['ArrowDown', 'j']),
  phaseBack: back('Back one phase', 'phase', ['ArrowUp', 'k']),
  stepForward: forward('Forward one step', 'step', ['Shift+ArrowRight', '.']),
  stepBack: back('Back one step', 'step', ['Shift+ArrowLeft', ',']),
  taskForward: forward('Forward one task', 'task', ['n']),
  taskBack: {
    label: 'Previous task',
    keys: ['p'],
    can: ({ explorer }) => explorer.playhead.task > 0,
    run: (page) =>
      page.takeInHand(() => void page.explorer.openTask(page.explorer.playhead.task - 1, Number.POSITIVE_INFINITY)),
  },
  first: {
    label: 'First event of the run',
    keys: ['g', 'Home'],
    can: canGoBack,
    run: (page) => page.takeInHand(() => void page.explorer.openTask(0, 1)),
  },
  last: {
    label: 'Newest event of the run',
    keys: ['G', 'End'],
    can: hasRun,
    run: (page) =>
      page.takeInHand(() => void page.explorer.openTask(page.explorer.knownTasks - 1, Number.POSITIVE_INFINITY)),
  },
  guessRises: guess('Guess that the candidate rises', true, ['+']),
  guessFalls: guess('Guess that it falls short', false, ['-']),
  runAll: {
    label: 'Run all tasks, or pause',
    keys: ['r'],
    can: ({ explorer: { progress }, intentions }) =>
      intentions.opening ||
      (progress !== undefined && !progress.info.finished && progress.info.config.policy !== 'human'),
    run: (page) => void (page.explorer.running ? page.player.pauseAll() : page.player.runAll()),
  },
  dice: {
    label: 'Draw another seed',
    keys: ['d'],
    control: 'seed',
    can: () => true,
    run: (page) => page.settings.rollDice(),
  },
  settings: {
    label: 'Settings',
    keys: ['s'],
    control: 'settings',
    can: () => true,
    run: (page) => page.view.show('settings'),
  },
  runs: {
    label: 'Runs',
    keys: ['o'],
    control: 'runs',
    anywhere: true,
    can: () => true,
    run: (page) => page.view.show('runs'),
  },
  exportMenu: {
    label: 'Export',
    keys: ['e'],
    control: 'export',
    can: hasRun,
    run: (page) => page.view.toggle('exporting'),
  },
  text: { label: 'Path as cards or as text', keys: ['t'], can: hasRun, run: (page) => page.view.toggle('textual') },
  explore: {
    label: 'Explore',
    keys: ['1'],
    control: 'explore',
    anywhere: true,
    can: () => true,
    run: (page) => page.address.go('explore'),
  },
  compare: {
    label: 'Compare',
    keys: ['2'],
    control: 'compare',
    anywhere: true,
    can: () => true,
    run: (page) => page.address.go('compare'),
  },
  learn: {
    label: 'Learn',
    keys: ['3'],
    control: 'learn',
    anywhere: true,
    can: () => true,
    run: (page) => page.address.go('learn'),
  },
  data: {
    label: 'Data',
    keys: ['4'],
    control: 'data',
    anywhere: true,
    can: () => true,
    run: (page) => page.address.go('data'),
  },
  help: {
    label: 'Help: words and keys',
    keys: ['?'],
    control: 'help',
    anywhere: true,
    can: () => true,
    run: (page) => page.view.show('help'),
  },
} as const satisfies Record<string, Command>

export type CommandName = keyof typeof COMMANDS

/** Whether the page does without it. */
export function isHidden({ address }: PageState, { control }: Command): boolean {
  return control !== undefined && address.frame.hide.includes(control)
}

export function runCommand(page: PageState, name: CommandName): void {
  const command: Command = COMMANDS[name]
  if (!isHidden(page, command) && command.can(page)) command.run(page)
}

/** The command of a key press; undefined where the key belongs to what has the focus. */
export function commandOf(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): CommandName | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  const key = event.shiftKey && event.key.startsWith('Arrow') ? `Shift+${event.key}` : event.key
  return (Object.keys(COMMANDS) as CommandName[]).find((name) =>
    (COMMANDS[name].keys as readonly string[]).includes(key),
  )
}

const KEY_WORDS: Record<string, string> = {
  ' ': 'Space',
  ArrowRight: '→',
  ArrowLeft: '←',
  ArrowDown: '↓',
  ArrowUp: '↑',
}

export function keyText(key: string): string {
  return key.replace(/^(Shift\+)?(.+)$/s, (_, shift = '', rest) => `${shift}${KEY_WORDS[rest] ?? rest}`)
}
