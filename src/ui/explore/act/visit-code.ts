/** How a visitor gets to act: what comes when they first ask for it. */
export { actHere } from './act-here.ts'
export { openTries } from './rro-what-if.ts'
