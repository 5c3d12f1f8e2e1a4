import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { RunStarted } from '../../../src/core/log/events.ts'
import { ENVIRONMENT_NAMES } from '../../../src/core/settings/settings.ts'
import { SHIPPED_DATA } from '../../../src/core/settings/shipped-data.ts'
import { readWholeRunFile } from '../../../src/formats/run-file.ts'
import { SITE } from '../../../src/node/disk-loader.ts'
import { recordedFile } from '../../../src/worker/machine/data-loader.ts'
import { ownEvents } from '../../../src/worker/runs/log-text.ts'

// The page takes the shipped runs at their word; here they are read as anybody's file would be.
test.each(ENVIRONMENT_NAMES)(
  'the recorded run of %s that ships with the page passes every check',
  async (environment) => {
    const text = await readFile(`${SITE}/${recordedFile(environment)}`, 'utf8')
    const read = await readWholeRunFile([text])
    expect(read.ok && (read.value[0] as RunStarted).data.fingerprint).toBe(SHIPPED_DATA[environment])
    expect(read.ok ? read.value.length : read.failure).toBeGreaterThan(100)
    // Settings that are younger than the recording would be missing here: then make it again (scripts/make/recorded-run.ts).
    expect(ownEvents('shipped', { text, firstSeq: 0 })).toEqual(read)
  },
)
