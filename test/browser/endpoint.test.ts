/** A whole run in Chromium whose agent is behind an OpenAI-compatible server. */
import { expect, test } from 'vitest'
import { exploreRun } from '../../src/core/exploration/explore-run.ts'
import { drawTasks, runHeader } from '../../src/core/exploration/run-plan.ts'
import { unwrap } from '../../src/core/failure.ts'
import type { RunEvent } from '../../src/core/log/events.ts'
import { parseConfig } from '../../src/core/settings/parse-config.ts'
import { diskLoader } from '../../src/node/disk-loader.ts'
import { shippedSource } from '../../src/worker/worlds/world-source.ts'
import { collect } from '../core/toy.ts'
import { seeded, startOpenAIServer, TEST_MODEL } from '../policies/openai-server.ts'
import { exported, runToTheEnd, visit } from './visit.ts'

const KEY = 'sk-nobody-may-ever-read-this'
const SETTINGS = { seed: 5, tasks: 2, rollouts: 2, candidates: 3 }

/** Without what only a language model says, and without the head. */
function plain(log: readonly RunEvent[]): unknown[] {
  return log.slice(1).map((event) => {
    const { usage: _usage, usages: _usages, ...rest } = event as { usage?: unknown; usages?: unknown }
    return rest
  })
}

test('a run through a server equals the one of the embedded policy; its prompts can be read; its key is nowhere', async () => {
  const { config } = parseConfig({ ...SETTINGS, policy: 'openai', model: TEST_MODEL })
  const source = shippedSource(diskLoader(), 'webshop')
  const { environment, tasks } = unwrap(await source.loadedEnvironment(config))
  const { policy, made } = unwrap(await source.world({ ...config, policy: 'linear', model: '' }))
  if (policy === undefined) throw new Error('The shipped world has its policy')
  const direct = await collect(
    exploreRun({ header: runHeader(config, made), actor: seeded(policy), tasks: drawTasks(config, tasks('train')) }),
  )
  const server = await startOpenAIServer(environment, policy, { cors: true, key: KEY })
  try {
    const { page, complaints } = await visit('#seed=5&tasks=2&rollouts=2&candidates=3&policy=openai')
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Language model…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Language model' })
    await dialog.getByRole('textbox', { name: 'Address' }).fill(server.address)
    await dialog.getByRole('button', { name: 'List its models' }).click()
    await page.getByText(/answered 401/).waitFor()
    await dialog.getByRole('textbox', { name: 'Key' }).fill(KEY)
    await dialog.getByRole('button', { name: 'List its models' }).click()
    await dialog.getByText(`It has ${TEST_MODEL}.`).waitFor()
    expect(await dialog.getByRole('combobox', { name: 'Model', exact: true }).inputValue()).toBe(TEST_MODEL)
    expect(await dialog.getByRole('textbox', { name: /^Context/ }).inputValue()).toBe('8192')
    await dialog.getByRole('button', { name: 'Connect' }).click()
    await dialog.getByRole('button', { name: 'Use it in the next run' }).click()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Start a fresh run' }).click()
    await runToTheEnd(page, SETTINGS.tasks)

    const text = await exported(page, 'run')
    const log = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RunEvent)
    expect(plain(log)).toEqual(plain(direct))

    await page.getByText('Raw prompt and reply').click()
    await page.getByText(/^Prompt [\d,]+ tokens, reply [\d,]+/).waitFor()
    await page.getByRole('button', { name: 'Count them' }).click()
    await page.getByText(/tokens read \(prefilled\), [\d,]+ written \(decoded\)\./).waitFor()

    const kept = await page.evaluate(async () => {
      const texts = [location.href, JSON.stringify(localStorage), JSON.stringify(sessionStorage)]
      for (const { name = '' } of await indexedDB.databases()) {
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open(name)
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
        for (const store of database.objectStoreNames)
          texts.push(
            await new Promise<string>((resolve, reject) => {
              const request = database.transaction(store).objectStore(store).getAll()
              request.onsuccess = () => resolve(JSON.stringify(request.result))
              request.onerror = () => reject(request.error)
            }),
          )
      }
      return texts.join('\n')
    })
    expect(kept).toContain(TEST_MODEL)
    expect(kept + text).not.toContain(KEY)
    // The page asked this server and nobody else; a refused request is logged by the browser itself.
    const others = complaints.filter((line) => !line.startsWith(server.address) && !/status of 401/.test(line))
    expect(others).toEqual([])
  } finally {
    await server.close()
  }
})
