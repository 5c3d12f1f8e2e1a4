import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { ENVIRONMENT_NAMES } from '../../src/core/settings.ts'
import { readWholeRunFile } from '../../src/formats/run-file.ts'
import { SITE } from '../../src/scripts/node-lab.ts'
import { recordedFile } from '../../src/worker/data-loader.ts'

// The page takes the shipped runs at their word; here they are read as anybody's file would be.
test.each(ENVIRONMENT_NAMES)(
  'the recorded run of %s that ships with the page passes every check',
  async (environment) => {
    const read = await readWholeRunFile([await readFile(`${SITE}/${recordedFile(environment)}`, 'utf8')])
    expect(read.ok ? read.value.length : read.failure).toBeGreaterThan(100)
  },
)
