/** The address as it is written: every word that is not its default, by the names of the tables: `#seed=7&task=2&event=9&at=1.2`. */
import { type RunConfig, SETTING_NAMES, SETTINGS } from '../../../core/settings/settings.ts'
import { ADDRESS, type Frame, type PageAddress, WHOLE_PAGE } from './table.ts'

type Words = readonly (readonly [string, string | number | undefined])[]

/** `''` where there is nothing to say: the page as it opens by itself. */
export function formatAddress(address: Partial<PageAddress>): string {
  const { workspace = 'explore', config, chapter, frame = WHOLE_PAGE } = address
  if (workspace === 'learn') return hashOf(['learn'], [['chapter', chapter || undefined], ...frameWords(frame)])
  if (workspace !== 'explore') return hashOf([workspace], frameWords(frame))
  const { spot = {}, data, textual, speed } = address
  return hashOf(
    [],
    [
      ...(config === undefined ? [] : settingWords(config)),
      ...([
        ['task', spot.task],
        ['event', spot.event],
        ['at', spot.at && `${spot.at.step}.${spot.at.candidate}`],
        ['data', data || undefined],
        ['view', textual ? 'text' : undefined],
        ['speed', String(speed ?? 1) === ADDRESS.speed.default ? undefined : speed],
      ] as const),
      ...frameWords(frame),
    ],
  )
}

/** The settings alone: two runs of the same data whose settings read the same are the same run. */
export function formatSettings(config: RunConfig): string {
  return hashOf([], settingWords(config))
}

/** An address of the page, which keeps as much of the page as another one shows. */
export function withFrame(hash: string, frame: Frame): string {
  const words = hashOf([], frameWords(frame)).slice(1)
  if (words === '') return hash
  return /^#?$/.test(hash) ? `#${words}` : `${hash}&${words}`
}

export function withoutFrame(hash: string): string {
  return hash
    .replace(/(^#|&)(?:hide|embed|present)=[^&]*/g, '$1')
    .replace(/&+/g, '&')
    .replace(/^#&/, '#')
    .replace(/&$/, '')
}

function settingWords(config: RunConfig): Words {
  return SETTING_NAMES.map((name) => [name, config[name] === SETTINGS[name].default ? undefined : config[name]])
}

function frameWords({ hide, embed, present }: Frame): Words {
  return [
    ['hide', hide.length === 0 ? undefined : hide.join(',')],
    ['embed', embed ? 1 : undefined],
    ['present', present ? 1 : undefined],
  ]
}

function hashOf(first: readonly string[], words: Words): string {
  const said = words.flatMap(([name, value]) => {
    if (value === undefined) return []
    return `${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}` // legible, and an address may hold it as it is
  })
  const all = [...first, ...said]
  return all.length === 0 ? '' : `#${all.join('&')}`
}
