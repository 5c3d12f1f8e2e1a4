/**
 * The thought that goes with an action on InterCode-SQL: one or two sentences from what the policy knows of it. Which of
 * the wordings is taken depends on the words of question and action alone.
 */
import { type Pick, picker } from '../../wording.ts'
import { fitIn, type SqlMemory, workedOf } from './memory.ts'
import type { Offer } from './offer.ts'
import { offersOf } from './offers.ts'
import type { Plan } from './plan.ts'

export function explainSqlAction(memory: SqlMemory, action: string): string {
  const offer = offersOf(memory).list.find((known) => known.action === action)
  const pick = picker(memory.reading.question.text + memory.steps + action)
  if (offer === undefined) return pick('I try this statement.', 'Let me see what this gives.')
  const after = lastWords(memory, pick)
  switch (offer.kind) {
    case 'show':
      return pick(
        'I do not know the database yet, so I list its tables first.',
        'First I need to see which tables there are.',
        'Before I can write a query I have to know the tables.',
      )
    case 'guess':
      return pick(
        `The question speaks of ${offer.table}; there may well be a table of that name.`,
        `I try whether there is a table ${offer.table}.`,
      )
    case 'describe':
      return pick(
        `I need the columns of ${offer.table}.`,
        `${offer.table} may hold what the question asks for. Let me look at its columns.`,
        `To write the query I have to know how ${offer.table} is built.`,
      )
    case 'peek':
      return pick(
        `A few rows of ${offer.table} will show how its values are written.`,
        `I look at some rows of ${offer.table} to see where the values of the question belong.`,
      )
    case 'compose':
      return `${after}${offer.plan === undefined ? 'A plain look at the table.' : planWords(offer.plan, pick)}`
    case 'repair':
      return `${after}${editWords(offer, pick)}`
    case 'submit':
      return submitWords(memory, pick)
  }
}

function lastWords({ last }: SqlMemory, pick: Pick): string {
  if (last.went === 'error') return pick('That failed. ', 'The statement was refused. ')
  if (last.went === 'empty') return pick('No rows, so something in it is wrong. ', 'The result is empty. ')
  return ''
}

function planWords(plan: Plan, pick: Pick): string {
  const tables = plan.from.map(({ table }) => table)
  const of = tables.length === 1 ? tables[0] : `${tables.slice(0, -1).join(', ')} and ${tables[tables.length - 1]}`
  const aggregate = plan.select.find((term) => term.aggregate !== undefined)?.aggregate
  if (plan.where.some(({ kind }) => kind === 'in')) return `I look for rows of ${of} to which no other table refers.`
  if (plan.where.some(({ kind }) => kind === 'whole')) return `I compare each row of ${of} with the whole column.`
  if (plan.groupBy.length > 0)
    return pick(
      `The question asks for groups, so I group ${of} by ${plan.groupBy[0]?.column}.`,
      `I group ${of} by ${plan.groupBy[0]?.column} and work out one row for each.`,
    )
  if (aggregate?.startsWith('count'))
    return pick(`I count rows of ${of}.`, `A number is asked for, so I count in ${of}.`)
  if (aggregate !== undefined) return `One number over ${of} answers this: ${aggregate}.`
  if (plan.limit !== undefined)
    return `I sort ${of} and keep the first ${plan.limit === 1 ? 'row' : `${plan.limit} rows`}.`
  if (tables.length > 1) return pick(`The answer needs ${of} together, so I join them.`, `I join ${of}.`)
  return plan.where.length > 0
    ? `I select from ${of} what meets the conditions of the question.`
    : `I list what is asked for from ${of}.`
}

function editWords({ edit }: Offer, pick: Pick): string {
  switch (edit) {
    case 'select':
      return pick('I show other columns.', 'The question asks for other columns than these.')
    case 'aggregate':
      return 'I compute something else over the same rows.'
    case 'where':
      return pick('I change a condition.', 'One of the conditions should be another one.')
    case 'order':
      return pick('I change the order of the rows.', 'The order should be another one.')
    case 'limit':
      return 'I change how many rows are kept.'
    case 'distinct':
      return 'I change whether repeated rows count.'
    case 'group':
      return 'I change the groups.'
    default:
      return 'The tables may be joined along another key.'
  }
}

function submitWords(memory: SqlMemory, pick: Pick): string {
  const { last } = memory
  if (last.went === 'error' || last.went === 'empty') return 'I do not get further than this, so I submit.'
  const values = last.plan === undefined ? 1 : fitIn(workedOf(memory), last.plan).values
  if (values < 1)
    return pick('This may be what is asked for. I submit it.', 'Not everything of the question is in it, but I submit.')
  return pick(
    'These rows answer the question. I submit them.',
    'This result looks right, so I submit.',
    'That is what was asked for. Submit.',
  )
}
