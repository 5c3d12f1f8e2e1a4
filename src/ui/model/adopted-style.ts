/** The style of all that is about language models, once. */
import { adoptStyle } from '../parts/adopt-style.ts'
import css from './model.css?inline'

adoptStyle(css)
