/** The style that the tabs to try things in have in common, once. */
import { adoptStyle } from '../parts/adopt-style.ts'
import css from './trial.css?inline'

adoptStyle(css)
