/** What the path shows beyond its first picture; fetched right after it. */
import './rro-plot.ts'

export { stem } from './beside-cards.ts'
export { question } from './question.ts'
