/** Which data ships with the page, by its fingerprint: a run on other data is another run. A test holds it to the data. */
import type { ENVIRONMENT_NAMES } from './run-config.ts'

export const SHIPPED_DATA: Readonly<Record<(typeof ENVIRONMENT_NAMES)[number], string>> = {
  webshop: 'c33b87d1310111c9',
  'intercode-sql': 'eb1eeb6a8b39bc23',
}
