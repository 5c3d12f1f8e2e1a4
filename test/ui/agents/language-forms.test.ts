import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SHIPPED_DEMONSTRATIONS } from '../../../src/ui/agents/language-forms.ts'

test('as many demonstrations are offered as ship beside the model', () => {
  for (const [environment, count] of Object.entries(SHIPPED_DEMONSTRATIONS)) {
    const file = readFileSync(`public/models/small/demonstrations-${environment}.jsonl`, 'utf8')
    expect(file.trimEnd().split('\n').length - 1, environment).toBe(count) // a head stands before them
  }
})
