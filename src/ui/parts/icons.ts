/** The few pictures on buttons: 16 by 16, drawn with the text's colour, always beside or below an accessible name. */
import { html, type TemplateResult } from 'lit'

const PATHS = {
  play: 'M4 2.5v11l9-5.5z',
  replay: 'M8 2.5a5.5 5.5 0 1 0 5.500 5.500h-1.800a3.700 3.700 0 1 1-3.700-3.700v2.200l4-3.100-4-3.100z',
  pause: 'M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z',
  stop: 'M3 3h10v10H3z',
  'task-back': 'M2 2.5h2v11H2zM14 2.5v11L5 8z',
  'task-forward': 'M12 2.5h2v11h-2zM2 2.5v11L11 8z',
  'run-all': 'M1.5 2.5v11L8 8zM8 2.5v11L14.500 8z',
  close:
    'M3.6 2.5 8 6.900l4.400-4.400 1.100 1.100L9.100 8l4.400 4.400-1.100 1.100L8 9.100l-4.400 4.400-1.100-1.100L6.900 8 2.500 3.600z',
  theme: 'M8 1.500a6.500 6.500 0 1 0 0 13zM8 1.500v1.300a5.200 5.200 0 0 1 0 10.400v1.300a6.500 6.500 0 0 0 0-13z',
} as const

export type IconName = keyof typeof PATHS | 'dice'

export function icon(name: IconName): TemplateResult {
  if (name === 'dice') {
    return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <rect x="1.75" y="1.75" width="12.5" height="12.5" rx="2.5" fill="none" stroke="currentColor" stroke-width="1.5" />
      <circle cx="5" cy="5" r="1.3" /><circle cx="11" cy="5" r="1.3" /><circle cx="8" cy="8" r="1.3" />
      <circle cx="5" cy="11" r="1.3" /><circle cx="11" cy="11" r="1.3" />
    </svg>`
  }
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${PATHS[name]} /></svg>`
}
