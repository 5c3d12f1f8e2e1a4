/**
 * MySQL's functions: how many arguments they take, what they give, and SQLite's text for them. Names with `my_` are
 * registered by `run/functions`. What is not in this table does not exist for a statement, whatever SQLite has.
 */
import { CODED_RULES } from './coded-rules.ts'
import { DATE_RULES } from './date-rules.ts'
import { FLOW_RULES } from './flow-rules.ts'
import { NUMBER_RULES } from './number-rules.ts'
import type { FunctionRule } from './rule.ts'
import { SERVER_RULES } from './server-rules.ts'
import { TEXT_RULES } from './text-rules.ts'

/** By name, in upper case. */
export const FUNCTIONS: ReadonlyMap<string, FunctionRule> = new Map(
  Object.entries({ ...TEXT_RULES, ...CODED_RULES, ...NUMBER_RULES, ...FLOW_RULES, ...DATE_RULES, ...SERVER_RULES }),
)
