/** The colours of a picture: on the page variables of its style, in a file colours of its own. */
import type { Arm } from '../../../core/comparison/comparison.ts'
import { armColour, armSign } from '../arms/arm-signs.ts'

export interface Palette {
  readonly ink: string
  readonly soft: string
  readonly line: string
  readonly panel: string
  readonly arm: (arm: Arm) => string
}

export const PAGE_PALETTE: Palette = {
  ink: 'var(--ink)',
  soft: 'var(--soft)',
  line: 'var(--line)',
  panel: 'var(--panel)',
  arm: armColour,
}

export const FILE_PALETTES: Record<'light' | 'dark', Palette> = {
  light: { ink: '#191c1f', soft: '#565d64', line: '#d8dcdf', panel: '#ffffff', arm: (arm) => armSign(arm).light },
  dark: { ink: '#e9ebed', soft: '#a4acb5', line: '#343b43', panel: '#1b1f24', arm: (arm) => armSign(arm).dark },
}
