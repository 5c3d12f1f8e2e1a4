/** A module of ours and all that it imports, as one script for a page that is not the site. */
import { build } from 'vite'

/** @param entry path of the module */
export async function pageCode(entry: string): Promise<string> {
  const lib = { entry, formats: ['es' as const], fileName: 'code' }
  const output = { codeSplitting: false }
  const built = await build({
    ...{ configFile: false, logLevel: 'error' },
    build: { write: false, minify: false, target: 'es2022', lib, rolldownOptions: { output } },
  })
  const [made] = [built].flat()
  if (made === undefined || !('output' in made)) throw new Error('Vite has built nothing.')
  return made.output[0].code
}
