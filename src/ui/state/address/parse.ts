/** The address as it is read. It comes from outside: what is bad falls back and is said, what is unknown is ignored and said. */
import { type Failure, failure, quote } from '../../../core/failure.ts'
import { parseConfig, parseSetting } from '../../../core/settings/parse-config.ts'
import { SETTINGS } from '../../../core/settings/settings.ts'
import { SPEEDS } from '../playhead.ts'
import { workspaceOf } from '../workspace.ts'
import { ADDRESS, CONTROLS, type Control, type PageAddress, type Spot } from './table.ts'

export interface ParsedAddress extends PageAddress {
  /** Whether a run is meant by its settings or a place in it; else the example of the environment is. */
  readonly meansRun: boolean
  /** One sentence for each word that is not what it should be. */
  readonly corrections: readonly Failure[]
}

type Words = Readonly<Record<string, string>>

export function parseAddress(hash: string): ParsedAddress {
  const workspace = workspaceOf(hash)
  const words: Words = Object.fromEntries(
    new URLSearchParams(hash.replace(/^#?((learn|explore|compare|data)(&|$))?/, '')),
  )
  const corrections: Failure[] = []
  const told = <T>({ value, correction }: { readonly value: T; readonly correction?: Failure | undefined }): T => {
    if (correction !== undefined) corrections.push(correction)
    return value
  }
  /** Undefined where it is not said. */
  const read = (name: keyof typeof ADDRESS): string | number | undefined =>
    Object.hasOwn(words, name) ? told(parseSetting(ADDRESS[name], words[name])) : undefined
  const text = (name: 'at' | 'data' | 'hide' | 'chapter'): string => String(read(name) ?? '')

  const hide = told(controlsIn(text('hide')))
  const frame = { hide, embed: read('embed') === '1', present: read('present') === '1' }
  // The others read their own words.
  const own = workspace === 'explore' ? ownWords(words) : {}
  const { config, corrections: about } = parseConfig(own)
  corrections.push(...about)
  if (workspace !== 'explore') {
    const chapter = workspace === 'learn' ? text('chapter') : ''
    return {
      workspace,
      config,
      data: '',
      spot: {},
      textual: false,
      speed: 1,
      chapter,
      frame,
      meansRun: false,
      corrections,
    }
  }
  const [task, event, at, speed] = [read('task'), read('event'), told(selectionIn(text('at'))), read('speed')]
  const spot: Spot = {
    ...(task === undefined ? {} : { task: Number(task) }),
    ...(event === undefined ? {} : { event: Number(event) }),
    ...(at === undefined ? {} : { at }),
  }
  const data = text('data')
  const named = Object.keys(own).some((name) => name !== 'environment' && Object.hasOwn(SETTINGS, name))
  return {
    ...{ workspace, config, data, spot, frame, corrections, chapter: '' },
    textual: read('view') === 'text',
    speed: SPEEDS.find((known) => known === Number(speed)) ?? 1,
    meansRun: named || data !== '' || Object.keys(spot).length > 0,
  }
}

/** Settings, and whatever nobody knows. */
function ownWords(words: Words): Words {
  return Object.fromEntries(
    Object.entries(words).filter(([name]) => name === 'chapter' || !Object.hasOwn(ADDRESS, name)),
  )
}

function selectionIn(text: string): { readonly value: Spot['at']; readonly correction?: Failure } {
  if (text === '') return { value: undefined }
  const [, step, candidate] = /^(\d{1,4})\.(\d{1,4})$/.exec(text) ?? []
  if (step !== undefined && candidate !== undefined && (Number(step) === 0) === (Number(candidate) === 0))
    return { value: { step: Number(step), candidate: Number(candidate) } }
  const words = `${ADDRESS.at.label}: ${quote(text)} is not a step and a candidate, as in 2.1. Showing what the event is about.`
  return { value: undefined, correction: failure('address', words).failure }
}

function controlsIn(text: string): { readonly value: readonly Control[]; readonly correction?: Failure } {
  const names = text.split(',').filter((name) => name !== '')
  const value = CONTROLS.filter((control) => names.includes(control))
  const unknown = names.filter((name) => !value.some((control) => control === name))
  if (unknown.length === 0) return { value }
  const words = `${ADDRESS.hide.label}: there is nothing called ${unknown.map((name) => quote(name)).join(', ')} to hide.`
  return { value, correction: failure('address', `${words} These can be: ${CONTROLS.join(', ')}.`).failure }
}
