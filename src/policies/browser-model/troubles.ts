/** What the browser's own model rejects with, as a code and a sentence with a way on. */
import { type Failure, failure, quote } from '../../core/failure.ts'
import { CONTEXT_FULL } from '../chat/model.ts'
import type { DeskError } from './desk.ts'

const SAVED = 'Everything up to here is kept.'
const AGAIN = 'Open “Language model” and load it again, then go on.'

/** A session that is no more; another one can be made. */
export const SESSION_GONE = 'model-session'
/** A reply that did not come out in its form, or was kept back; it is asked for again. */
export const NO_REPLY = 'model-no-reply'

export function callTrouble({ name, message }: DeskError): Failure {
  const said = message.trim() === '' ? name : `${name}: ${message}`
  switch (name) {
    case 'QuotaExceededError':
      return sentence(CONTEXT_FULL, 'The conversation is longer than the context window of the browser’s own model.')
    case 'AbortError':
    case 'InvalidStateError':
      return sentence(SESSION_GONE, `The browser ended the session of its model. ${SAVED} ${AGAIN}`)
    case 'NotAllowedError':
      return sentence(
        'model-not-allowed',
        `The browser does not let this page ask its model: a setting or a policy forbids it, or it wants a press of a button first. ${SAVED} ${AGAIN}`,
      )
    case 'NotSupportedError':
      return sentence(
        'model-not-supported',
        `The browser’s own model does not do what it was asked (${shown(said)}): a language, or a reply in a given form, that it does not know. ${SAVED} Load it without the form, or choose another model.`,
      )
    case 'SyntaxError':
      return sentence(NO_REPLY, `The browser’s own model could not keep to the form of an action. ${SAVED}`)
    case 'NotReadableError':
      return sentence(
        NO_REPLY,
        `The browser kept its model’s reply back (${shown(said)}). This is the browser’s doing, and no action of the model. ${SAVED}`,
      )
    default:
      return sentence('model-error', `The browser’s own model failed (${shown(said)}). ${SAVED} Go on to ask it again.`)
  }
}

/** @param seconds without a sign of life */
export function hangs(seconds: number): Failure {
  return sentence(
    'model-hangs',
    `The browser’s own model has not written a word for ${seconds} s. ${SAVED} Go on to ask it again.`,
  )
}

function sentence(code: string, message: string): Failure {
  return failure(code, message).failure
}

function shown(text: string): string {
  return quote(text.replace(/\s+/g, ' ').trim().replace(/\.$/, ''), 160)
}
