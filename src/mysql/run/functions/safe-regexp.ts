/** Regular expressions of statements, which must not run for ever. */

const REGEXPS = new Map<string, RegExp | undefined>()

/**
 * A regular expression, without those that can take exponential time: no backreferences, no repetition of a group that
 * itself repeats. Undefined for these and for what is no expression.
 */
export function safeRegExp(pattern: string, flags = 'iu'): RegExp | undefined {
  const key = `${flags}/${pattern}`
  if (REGEXPS.has(key)) return REGEXPS.get(key)
  const names = /\[:(\w+):\]/g
  const classes: Readonly<Record<string, string>> = {
    alpha: 'a-zA-Z',
    digit: '0-9',
    alnum: 'a-zA-Z0-9',
    space: '\\s',
    upper: 'A-Z',
    lower: 'a-z',
    punct: '!-\\/:-@\\[-`{-~',
  }
  const known = pattern.replace(names, (_, name: string) => classes[name] ?? '')
  let made: RegExp | undefined
  const dangerous =
    pattern.length > 200 ||
    /\\[1-9k]|\(\?<?[=!]/.test(known) ||
    /[*+}]\??\)[*+{]|\([^)]*\|[^)]*\)[*+{]/.test(known) ||
    (known.match(/[*+{]/g) ?? []).length > 6
  if (!dangerous)
    try {
      made = new RegExp(known, flags)
    } catch {
      made = undefined
    }
  if (REGEXPS.size > 1000) REGEXPS.clear()
  REGEXPS.set(key, made)
  return made
}
