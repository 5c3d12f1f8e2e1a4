/** The data of the environments, as people call it. Apart from their names: only what is about files shows it. */
import type { RunConfig } from '../../core/settings/settings.ts'

interface DataWords {
  /** What ships with the page. */
  readonly shipped: string
  readonly files: string
}

export const DATA_WORDS: Record<RunConfig['environment'], DataWords> = {
  webshop: { shipped: 'shipped catalogue', files: 'Use official WebShop files (.json)' },
  'intercode-sql': {
    shipped: 'shipped databases',
    files: 'Use InterCode files: ic_spider_dev.json with ic_spider_dbs.sql or .sqlite',
  },
}

/** Extensions of data files, of either environment: which it is shows in the files. */
export const DATA_FILES = '.json,.sql,.sqlite,.db'
