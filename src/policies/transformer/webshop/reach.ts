/** What a product can come to: how many words of the request its title and the closest option of each group cover. */
import { sizeOf } from '../../linear/webshop/instruction.ts'
import { type Fit, type OptionFit, optionsOf } from '../../linear/webshop/products.ts'
import type { Reading } from '../../linear/webshop/reading.ts'

/** `named`: the request has the value word for word; `closest`: no value of its group shares more with the request. */
export type OptionMark = 'named' | 'closest' | 'none'

export function markOf({ named, best }: OptionFit): OptionMark {
  return named ? 'named' : best ? 'closest' : 'none'
}

/** The first option of a group with the largest weight above 0. */
export function bestOption(group: number, options: readonly OptionFit[]): OptionFit | undefined {
  let best: OptionFit | undefined
  for (const option of options) if (option.group === group && option.weight > (best?.weight ?? 0)) best = option
  return best
}

/** Number of words; to be told of products that were opened only, since their options are not on the page of results. */
export function reachOf({ instruction }: Reading, fit: Fit): number {
  const options = optionsOf(instruction, fit)
  let mask = fit.titleMask
  for (let group = 0; group < fit.product.groups.length; group++) mask |= bestOption(group, options)?.mask ?? 0
  return sizeOf(mask)
}
