/** The question as the model reads it: lower case, spaced, a pointer after every value. */
import { type Question, readQuestion } from '../../linear/intercode-sql/question/question.ts'
import { readValues } from '../../linear/intercode-sql/question/values.ts'
import { MOST_VALUES, valuePointer } from './pointers.ts'
import { plainWords } from './words.ts'

/** A value that the question states. */
export interface Stated {
  readonly text: string
  readonly number: boolean
}

export interface Asked {
  readonly question: Question
  /** In the order of their pointers. */
  readonly values: readonly Stated[]
  readonly text: string
}

/** Characters of a question that are read, and words that are shown. */
const MOST_CHARACTERS = 600
const MOST_WORDS = 110

export function readAsked(instruction: string): Asked {
  const whole = instruction.slice(0, MOST_CHARACTERS)
  const values: Stated[] = []
  const parts: string[] = []
  let from = 0
  const state = (text: string, number: boolean, end: number): void => {
    if (values.length >= MOST_VALUES || end < from) return
    parts.push(plainWords(whole.slice(from, end)), valuePointer(values.length))
    values.push({ text, number })
    from = end
  }
  for (const { kind, text, at, end, high } of readValues(whole)) {
    const number = kind === 'number'
    if (high === undefined) state(text, number, end)
    else {
      state(text, number, at + text.length)
      state(high, number, end)
    }
  }
  parts.push(plainWords(whole.slice(from)))
  const words = parts
    .join(' ')
    .split(' ')
    .filter((word) => word !== '')
  const text = words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS).join(' ')} …` : words.join(' ')
  return { question: readQuestion(whole), values, text }
}
