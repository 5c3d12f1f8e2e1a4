/** How much of the page there is, on its root, for frame.css: `hide`, `embed` and `present` of the address. */
import { CONTROLS, type Frame } from '../state/address/table.ts'

export function showFrame({ hide, embed, present }: Frame): void {
  const { dataset } = document.documentElement
  dataset.hide = CONTROLS.filter((control) => hide.includes(control)).join(' ')
  dataset.embed = embed ? 'yes' : 'no'
  dataset.present = present ? 'yes' : 'no'
}
