/** Names of agents, as far as they can be wrong. */
import { failure } from '../../core/failure.ts'

export const NAMELESS = failure('name-empty', 'An agent needs a name.')
