/** Functions that choose among values (manual, Flow Control Functions), ISNULL and ANY_VALUE. */
import { INT } from '../../values/value-type.ts'
import { asNumber } from '../conversion.ts'
import { alike, equal } from './alike.ts'
import { ANY, at, type FunctionRule, num, rule, together } from './rule.ts'

export const FLOW_RULES: Readonly<Record<string, FunctionRule>> = {
  IFNULL: rule(2, 2, together, (args) => `ifnull(${alike(args).join(', ')})`),
  COALESCE: rule(1, ANY, together, (args) =>
    args.length === 1 ? at(args, 0).sql : `coalesce(${alike(args).join(', ')})`,
  ),
  NULLIF: rule(
    2,
    2,
    (args) => at(args, 0).type,
    (args) => `(CASE WHEN ${equal(at(args, 0), at(args, 1))} THEN NULL ELSE ${at(args, 0).sql} END)`,
  ),
  IF: rule(
    3,
    3,
    (args) => together(args.slice(1)),
    (args) => {
      const [yes = 'NULL', no = 'NULL'] = alike(args.slice(1))
      return `(CASE WHEN ${num(args, 0)} THEN ${yes} ELSE ${no} END)`
    },
  ),
  // How many of the others, which rise, are not above the first.
  INTERVAL: rule(2, ANY, INT, (args) => {
    const [first, ...rest] = args.map(asNumber)
    const tests = rest.map((bound, i) => `WHEN ${first} < ${bound} THEN ${i}`)
    return `(CASE WHEN ${first} IS NULL THEN -1 ${tests.join(' ')} ELSE ${rest.length} END)`
  }),
  ISNULL: rule(1, 1, INT, (args) => `(${at(args, 0).sql} IS NULL)`),
  ANY_VALUE: rule(
    1,
    1,
    (args) => at(args, 0).type,
    (args) => at(args, 0).sql,
  ),
}
