import { failure } from '../../core/failure.ts'

export const NAMELESS = failure('name-empty', 'An agent needs a name.')
