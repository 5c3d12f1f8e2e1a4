/**
 * The colours that WebShop's reward knows, and how it replaces an option by one (web_agent_site/engine/normalize.py,
 * COLOR_SET and normalize_color; the list is the benchmark's data, MIT). The list is searched in its own order and as
 * substrings, so `standard` becomes `tan` and `tapered` becomes `red`: known holes of the benchmark, kept.
 */

/** In upstream order, which decides which colour of several is found. */
export const COLORS: readonly string[] = `
  alabaster apricot aqua ash asphalt azure
  banana beige black blue blush bordeaux bronze brown burgundy
  camel camo caramel champagne charcoal cheetah chestnut chocolate christmas coffee cognac copper coral cranberry cream
  crystal
  dark denim eggplant elephant espresso fuchsia
  gold granite grape graphite grass gray green grey
  heather indigo ivory ivy khaki
  lavender lemon leopard light lilac lime
  magenta maroon mauve merlot midnight mint mocha multicolor mushroom mustard
  natural navy nude olive orange
  peach pewter pink plum purple
  rainbow red rose royal rust
  sand sapphire seashell silver skull slate steel stone stonewash sunflower
  tan taupe teal tiger turquoise violet
  walnut wheat white wine yellow`
  .trim()
  .split(/\s+/)

/** The first known colour inside `value`, or `value` itself. Case-sensitive, as upstream. */
export function normalizeColor(value: string): string {
  return COLORS.find((color) => value.includes(color)) ?? value
}
