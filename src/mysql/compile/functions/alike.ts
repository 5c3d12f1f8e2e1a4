/** Arguments that are compared with each other, or of which one becomes the value. */
import { comparable } from '../comparison.ts'
import { asKind, type Side } from '../conversion.ts'
import { together } from './rule.ts'

/** SQLite's text for their equality. */
export const equal = (a: Side, b: Side): string => {
  const [left, right, collate] = comparable(a, b)
  return `(${left} = ${right}${collate})`
}

/** Values of the same kind, text where the kinds differ. */
export function alike(args: readonly Side[]): string[] {
  const type = together(args)
  return args.map((arg) => asKind(arg, type))
}
