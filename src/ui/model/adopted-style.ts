/** The style of all that is about language models, once. */
import { adoptStyle } from '../adopt-style.ts'
import css from '../style/model.css?inline'

adoptStyle(css)
