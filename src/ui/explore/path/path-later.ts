/** What the path shows beyond its first picture; fetched right after it. */
import './rro-plot.ts'

export { pathEnd, stem } from './beside-cards.ts'
export { cardWords } from './card-words.ts'
export { findIdle } from './find-idle.ts'
export { PathCards } from './path-cards.ts'
export { question } from './question.ts'
export { riseLines } from './rise-lines.ts'
