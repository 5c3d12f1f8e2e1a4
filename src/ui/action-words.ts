/** Actions as people read them, and taken apart to find on the shop page what they would press. */

/** An SQL action's statement without its fence, whole; any other action as it is. */
export function actionWords(action: string): string {
  const fenced = /```(?:sql)?[^\S\n]*\n?(.*?)(?:```|$)/is.exec(action)
  return (fenced?.[1]?.trim() || action).trim()
}

export interface ActionParts {
  readonly name: string
  /** Lower-cased, as WebShop compares it. */
  readonly argument: string
}

/** `click[Buy Now]`; undefined for text that is no action (upstream's rule: greedy, up to the last bracket). */
export function partsOf(action: string | undefined): ActionParts | undefined {
  const match = action === undefined ? null : /^(.+)\[(.+)\]/.exec(action)
  return match === null ? undefined : { name: match[1] ?? '', argument: (match[2] ?? '').toLowerCase() }
}

/** Whether the action presses the thing with this text. */
export function presses(action: ActionParts | undefined, text: string): boolean {
  return action?.name === 'click' && action.argument === text.toLowerCase()
}
