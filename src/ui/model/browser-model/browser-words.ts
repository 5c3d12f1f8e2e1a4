/** What the tab of the browser's own model says. Pure, so that it can be read in a test. */
import { quote } from '../../../core/failure.ts'
import type { BrowserModelState, DeskError } from '../../../worker/protocol/lab-api.ts'
import { countText, plural } from '../../words/format.ts'
import type { Availability } from './language-model.ts'

/** Of Chrome, the one browser that had it when this was written. */
const NEEDS =
  'Chrome has it from version 148 on, on desktop computers with more than 4 GB of graphics memory, or 16 GB of memory and 4 cores, and 22 GB of free disk.'
const OTHERWISE = 'Otherwise take a model in this page, or an endpoint: the other tabs of this dialog.'

export const ABSENT = `This browser has no language model of its own for pages (the Prompt API). ${NEEDS} A page must have come by https, or from this very machine. ${OTHERWISE}`

export const STANDING: Readonly<Record<Availability, string>> = {
  unavailable: `This browser knows of a model of its own, and does not offer it here: this machine is too small, its disk is too full, or a setting or a policy forbids it. ${NEEDS} ${OTHERWISE}`,
  downloadable:
    'This browser has a model of its own, and has not fetched it yet. It does so from its maker when you press the button: some gigabytes; it does not tell the page how many. All sites share what was fetched. It can be deleted in the browser’s settings, not here.',
  downloading: 'This browser is fetching its model right now. Press the button to wait for it.',
  available: 'This browser has its model on the disk.',
}

/** What nobody should find out afterwards. */
export const LIMITS: readonly string[] = [
  'It takes no seed: the same settings give another run each time, and no run of it can be made anew, not from a link either. What is recorded stays, opens, and can be exported.',
  'It takes no temperature from a page: the setting reaches neither proposals nor rollouts.',
  'It tells no log-probabilities, and not which model it is. An update of the browser may change it, and then an open run cannot go on.',
  'Where it computes is up to the browser: as a rule on this computer, but a page cannot know.',
]

export function loadWords(availability: Availability): string {
  return {
    unavailable: '',
    downloadable: 'Have the browser download its model',
    downloading: 'Wait for the browser’s download',
    available: 'Load it from this disk',
  }[availability]
}

/** @param share 0 to 1 of what the browser fetches; undefined where nothing is known */
export function progressWords(share: number | undefined): string {
  if (share === undefined) return 'Starting'
  return share < 1 ? `Downloading: ${Math.floor(share * 100)} %` : 'Preparing the model'
}

export function countsWords({ made, cloned, prompt, read }: BrowserModelState): string {
  if (made === 0) return 'No run has asked it yet.'
  const saved = prompt === 0 ? '' : ` (${Math.max(0, Math.round((1 - read / prompt) * 100))} % saved)`
  return `${plural(made, 'session')} begun, ${countText(cloned)} copied from one that had read the beginning: of ${countText(prompt)} tokens of prompts ${countText(Math.round(read))} were read${saved}.`
}

/** Why it could not be loaded. */
export function loadTrouble({ name, message }: DeskError): string {
  switch (name) {
    case 'NotAllowedError':
      return 'The browser does not let this page have its model: it wants a press of the button while the page is in front, or a setting or a policy forbids it. Press again.'
    case 'NotSupportedError':
      return `The browser’s own model does not do what is needed here: text in English. ${OTHERWISE}`
    case 'NetworkError':
      return 'The browser could not download its model. Check the connection, and press again: what has come may be kept.'
    case 'QuotaExceededError':
      return 'The browser has no room for its model. Free some disk or memory, and press again.'
    case 'InvalidStateError':
      return 'The browser gives its model to pages that are open in a tab of their own only. Open this one so.'
    default: {
      const said = [name, message].filter(Boolean).join(': ')
      return `The browser’s own model could not be loaded: ${quote(said.replace(/\s+/g, ' ').replace(/\.$/, ''), 160)}. Press again, or restart the browser.`
    }
  }
}

interface Brand {
  readonly brand: string
  readonly version: string
}

/** The browser's name and version, as far as it tells: `Google Chrome 150`. @param data `navigator.userAgentData` */
export function browserName(data: { readonly brands?: readonly Brand[] } | undefined): string {
  const brands = (data?.brands ?? []).filter(({ brand }) => !/\bnot\b|brand/i.test(brand.replace(/[^a-z]+/gi, ' ')))
  const named = brands.find(({ brand }) => brand !== 'Chromium') ?? brands[0]
  return named === undefined ? 'this browser' : `${named.brand} ${named.version}`.slice(0, 60)
}
