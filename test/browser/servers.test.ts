/** The ten servers that are used most, asked by a run in Chromium, as test/policies/servers/table.ts has them. */
import { expect, test } from 'vitest'
import { startFakeServer } from '../policies/servers/fake-server.ts'
import { TABLE } from '../policies/servers/table.ts'
import { runToTheEnd, visit } from './visit.ts'

test('the most used servers are met through the page as they are in Node', async () => {
  const server = await startFakeServer()
  try {
    const { page } = await visit('#seed=5&tasks=4&rollouts=1&candidates=2&stepLimit=2&policy=openai')
    for (const { server: name, answers, reply, fails } of TABLE.filter(({ page: asked }) => asked)) {
      server.answers = answers
      await page.getByRole('button', { name: 'Settings' }).click()
      await page.getByRole('button', { name: 'Language model…' }).click()
      const dialog = page.getByRole('dialog', { name: 'Language model' })
      await dialog.getByRole('textbox', { name: 'Address' }).fill(server.address)
      await dialog.getByRole('textbox', { name: 'Key' }).fill(`api-key: key-of-${name.length}-letters`)
      await dialog.getByRole('combobox', { name: 'Model', exact: true }).fill('m')
      await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
      await dialog.getByRole('button', { name: 'Use it in the next run' }).click()
      await dialog.getByRole('button', { name: 'Close' }).click()
      await page.getByRole('button', { name: 'Start a fresh run' }).click()
      if (fails === undefined) {
        await runToTheEnd(page, 4) // by itself it plays, but not so far
        if (reply !== undefined) await page.getByText('search[right]').first().waitFor()
      } else await page.getByText(fails[1]).first().waitFor()
      expect(server.heads.map((head) => head['api-key'])).toContain(`key-of-${name.length}-letters`)
    }
  } finally {
    await server.close()
  }
})
