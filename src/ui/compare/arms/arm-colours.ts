/** The colours of the methods as style, `--arm-rro`, wherever on the page something of a comparison is drawn. */
import { adoptStyle } from '../../parts/adopt-style.ts'
import { METHOD_SIGNS } from './arm-signs.ts'

const colours = Object.entries(METHOD_SIGNS).map(
  ([method, { light, dark }]) => `--arm-${method}: light-dark(${light}, ${dark});`,
)
adoptStyle(`:root { ${colours.join(' ')} }`)
