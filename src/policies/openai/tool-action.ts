/** A call of a tool instead of an action in words. Nobody offers tools here; some models call them all the same. */
import * as v from 'valibot'
import { quote } from '../../core/failure.ts'
import { actionPart } from '../reply.ts'

const calls = v.array(v.object({ function: v.object({ name: v.string(), arguments: v.optional(v.unknown()) }) }))

/** Tools that are named like an action, or like what InterCode calls its one. */
const ACTIONS = ['search', 'click', 'submit', 'execute', 'query', 'sql', 'run']
/** Such an action needs no argument. */
const ALONE = 'submit'

/**
 * The text, with the first call behind it as the action that it is; where the text has an action, that counts.
 * @param called as it came, of any shape
 */
export function toolAction(said: string, called: unknown): { readonly text: string; readonly notice?: string } {
  const parsed = v.safeParse(calls, called)
  const first = parsed.success ? parsed.output[0]?.function : undefined
  if (first === undefined || actionPart(said).marked) return { text: said }
  const name = first.name.replace(/^.*[.:/]/, '').toLowerCase()
  const argument = onlyText(first.arguments)
  const known = ACTIONS.includes(name) && (name === ALONE || argument !== undefined)
  if (!known) {
    const notice = `The model called a tool (${quote(first.name)}) instead of saying an action, and there is no such action.`
    return { text: said, notice }
  }
  const action = name === ALONE ? name : `${name}[${argument}]`
  return { text: `${said.trimEnd()}${said.trim() === '' ? '' : '\n'}Action: ${action}` }
}

/** The one text among the arguments; undefined where it is not clear which is meant. */
function onlyText(given: unknown): string | undefined {
  let value: unknown = given
  if (typeof given === 'string') {
    try {
      value = JSON.parse(given)
    } catch {
      return given === '' ? undefined : given
    }
  }
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const texts = Object.values(value).filter((one): one is string => typeof one === 'string' && one !== '')
  return texts.length === 1 ? texts[0] : undefined
}
