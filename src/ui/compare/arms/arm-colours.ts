/** The colours of the arms as style: `--arm-0`, `--arm-1`, …, wherever on the page something of a comparison is drawn. */
import { MOST_ARMS } from '../../../core/comparison/comparison-numbers.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { armSign } from './arm-signs.ts'

const colours = Array.from(
  { length: MOST_ARMS },
  (_, arm) => `--arm-${arm}: light-dark(${armSign(arm).light}, ${armSign(arm).dark});`,
)
adoptStyle(`:root { ${colours.join(' ')} }`)
