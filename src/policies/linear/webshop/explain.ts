/**
 * The thought that goes with an action: one or two sentences from what the features say of it, worded as a language
 * model would. Which of the wordings is taken depends on the words of instruction and action alone.
 */
import { type Pick, picker } from '../../wording.ts'
import { coverage, lateness, unchosenGroups } from './describe.ts'
import { sizeOf } from './instruction.ts'
import { hasRead, type ShopMemory } from './memory.ts'
import { type Fit, optionsOf } from './products.ts'
import type { ShownState } from './shown-state.ts'

export function explainAction(state: ShownState, memory: ShopMemory, action: string): string {
  const pick = picker(memory.reading.instruction.whole + memory.steps + action)
  const argument = action.slice(action.indexOf('[') + 1, -1)
  switch (state.page) {
    case 'index':
      return explainSearch(memory, action, pick)
    case 'search_results':
      return explainResult(state, memory, argument, pick)
    case 'item_page':
      return state.asin === undefined ? '' : explainItem(state, memory, memory.reading.fit(state.asin), argument, pick)
    default:
      return pick(
        'I have read enough here. Back to the product.',
        'That is all this page says, so I go back to the product page.',
        'Now I know what is written there and can return to the item.',
      )
  }
}

/** The title up to its first comma or dash, at most six words. */
function short(title: string): string {
  const head = title.split(/,| [-–—|] /)[0] ?? title
  const words = head.split(' ')
  return words.length > 6 ? `${words.slice(0, 6).join(' ')}…` : head
}

function dollars(limit: number): string {
  return `$${Number.isInteger(limit) ? limit : limit.toFixed(2)}`
}

function explainSearch(memory: ShopMemory, action: string, pick: Pick): string {
  const query = memory.reading.queries.find((known) => known.action === action)
  if (query === undefined) return ''
  const again = memory.asked.length > 0
  if (memory.asked.includes(query.text))
    return pick(
      'I want to look through those results once more.',
      'The same search again; I may have overlooked something.',
    )
  if (query.sentence)
    return pick(
      'I will simply search for the whole request.',
      'Let me put in the request as it is and see what comes up.',
    )
  const start = again ? pick('The last search did not bring it up. ', 'Let me try other words. ', '') : ''
  if (query.single)
    return (
      start +
      (query.hasFirst
        ? pick(
            `I start broad and look for "${query.text}".`,
            `What matters first is the thing itself: ${query.text}.`,
            `A short query such as "${query.text}" should list the candidates.`,
          )
        : pick(
            `Perhaps "${query.text}" is what sets it apart, so I search for that.`,
            `I will look for "${query.text}" and see what fits.`,
          ))
    )
  return (
    start +
    pick(
      `I will search for the words that matter: ${query.text}.`,
      `The keywords of the request are "${query.text}".`,
      `Searching for "${query.text}" should bring up products with what is asked for.`,
    )
  )
}

function explainResult(state: ShownState, memory: ShopMemory, argument: string, pick: Pick): string {
  const { fits, best } = memory.reading.page(state)
  if (argument === 'next >')
    return best < 0.5
      ? pick(
          'None of these fits well. Maybe the next page has something closer.',
          'I do not see it here, so I turn the page.',
        )
      : pick('There may be an even better one on the next page.', 'Before I decide, I look at the next page.')
  if (argument === '< prev')
    return pick('The page before had better ones.', 'These are further off, so I go back a page.')
  if (argument === 'back to search')
    return pick(
      'These results are not what I want. I will search with other words.',
      'A different search may find something closer.',
    )
  const fit = fits.find(({ product }) => product.action === `click[${argument}]`)
  if (fit === undefined) return ''
  const name = short(fit.product.shown.title)
  if (memory.opened.includes(fit.product.shown.asin))
    return pick(`I want to see "${name}" once more.`, `Back to "${name}"; it was not bad.`)
  return `${opinion(memory, fit, fit.overlap === best, name, pick)} ${price(memory, fit, pick)}`.trim()
}

function opinion(memory: ShopMemory, fit: Fit, isBest: boolean, name: string, pick: Pick): string {
  const shared = memory.reading.instruction.terms.length * fit.overlap
  if (shared < 0.5) return pick(`I am not sure about "${name}", but let me look at it.`, `"${name}" might still do.`)
  if (isBest)
    return pick(
      `"${name}" has most of what is asked for in its title.`,
      `Of these, "${name}" comes closest.`,
      `"${name}" looks like the best match on this page.`,
    )
  return pick(
    `"${name}" shares ${Math.round(shared)} of the words I look for.`,
    `"${name}" could be right, so I open it.`,
    `Let me check "${name}".`,
  )
}

function price(memory: ShopMemory, fit: Fit, pick: Pick): string {
  const limit = memory.reading.instruction.priceLimit
  const tag = fit.product.shown.priceTag
  if (!Number.isFinite(limit)) return ''
  return fit.overLimit
    ? pick(`At ${tag} it is above ${dollars(limit)}, though.`, `Only the price, ${tag}, is too high.`)
    : pick(`It costs ${tag}, within ${dollars(limit)}.`, `And ${tag} is below the limit.`, '')
}

function explainItem(state: ShownState, memory: ShopMemory, fit: Fit, argument: string, pick: Pick): string {
  const { product } = fit
  const options = optionsOf(memory.reading.instruction, fit)
  const option = options.find(({ value }) => value === argument)
  const { asin } = product.shown
  if (option !== undefined) {
    const group = product.groups[option.group] ?? 'option'
    const current = state.options.get(group)
    if (current === argument) return pick(`I make sure that ${argument} is selected.`, `${argument} it is.`)
    const change = current === undefined ? '' : pick(`Instead of ${current}: `, `Not ${current} after all. `)
    if (option.named)
      return (
        change +
        pick(
          `The request asks for ${argument}, so I choose that ${group}.`,
          `For the ${group}, ${argument} is what is wanted.`,
          `The ${group} should be ${argument}.`,
        )
      )
    if (sizeOf(option.mask) > 0)
      return change + pick(`"${argument}" is close to what is asked for.`, `The ${group} "${argument}" seems to fit.`)
    return (
      change + pick(`No ${group} is asked for that I see here; I take ${argument}.`, `I pick ${argument} as ${group}.`)
    )
  }
  switch (argument) {
    case 'buy now': {
      if (unchosenGroups(state, fit, options) > 0)
        return pick('This will do, even without choosing everything.', 'Good enough: I buy it as it is.')
      if (fit.overLimit)
        return pick('It is over the limit, but I take it.', 'The price is high, yet it is what I found.')
      if (coverage(state, memory, fit, options) > 0.6)
        return pick(
          'It has what is asked for, and the options are set. I buy it.',
          'Everything I can check fits, so I buy it now.',
          'This matches the request. Time to buy.',
        )
      return lateness(memory) > 0
        ? pick('I have looked around long enough; I take this one.', 'Better this one than none.')
        : pick('Not everything is confirmed, but this looks right. I buy it.', 'I think this is the one.')
    }
    case 'description':
    case 'features': {
      const again = hasRead(memory, asin, argument === 'features' ? 'Features' : 'Description')
      if (again) return pick(`I read the ${argument} once more.`, `Let me check the ${argument} again.`)
      return pick(
        `The title does not say everything, so I read the ${argument}.`,
        `Let me check the ${argument} before I decide.`,
        `I want to know whether the ${argument} mention the rest.`.replace(
          'description mention',
          'description mentions',
        ),
      )
    }
    case '< prev':
      return fit.overLimit
        ? pick('Too expensive. Back to the results.', 'It costs more than allowed, so I look at the others.')
        : pick('This is not quite it. Back to the results.', 'I want to compare it with the others first.')
    default:
      return pick('This is the wrong thing. I will search again.', 'Nothing here fits, so I start a new search.')
  }
}
