/** `fetch` across threads is `fetch`: answers, refusals, what broke off, what is too large, what is given up. */
import { expect, test } from 'vitest'
import { MOST_BYTES } from '../../../src/policies/openai/request.ts'
import { createFetcher, farFetch } from '../../../src/worker/models/fetcher.ts'

/** Without a thread in between: only what `structuredClone` lets by gets over. */
function across(fetch: typeof globalThis.fetch, origins: string[] = []) {
  const here = createFetcher(fetch)
  return farFetch((origin) => {
    origins.push(origin)
    return {
      ask: async (...given) => structuredClone(await here.ask(...structuredClone(given))),
      stop: (id) => here.stop(id),
    }
  })
}

const ADDRESS = 'https://models.example:8443/v1/models'

test('an answer comes over with its status, headers and text', async () => {
  const origins: string[] = []
  const asked: unknown[] = []
  const fetch = across(async (...given) => {
    asked.push(given)
    return new Response('{"é":1}', { status: 429, headers: { 'retry-after': '7' } })
  }, origins)
  const answer = await fetch(ADDRESS, { method: 'POST', body: 'x', headers: { a: 'b' }, redirect: 'error' })
  expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([429, '7', '{"é":1}'])
  expect(asked).toMatchObject([[ADDRESS, { method: 'POST', body: 'x', headers: { a: 'b' }, redirect: 'error' }]])
  expect(origins).toEqual(['https://models.example:8443'])
})

test('an answer may be empty', async () => {
  const answer = await across(async () => new Response(null, { status: 204 }))(ADDRESS)
  expect([answer.status, await answer.text()]).toEqual([204, ''])
})

test('one that cannot be reached rejects', async () => {
  const refused = across(() => Promise.reject(new TypeError('Failed to fetch')))
  await expect(refused(ADDRESS)).rejects.toThrow('Failed to fetch')
})

test('one that breaks off has its status, and its text throws', async () => {
  const broken = new ReadableStream({
    pull(controller) {
      controller.error(new Error('reset'))
    },
  })
  const answer = await across(async () => new Response(broken))(ADDRESS)
  expect(answer.status).toBe(200)
  await expect(answer.text()).rejects.toThrow('reset')
})

test('one without an end is not read to its end', async () => {
  let pulled = 0
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1_000_000
      controller.enqueue(new Uint8Array(1_000_000))
    },
  })
  const answer = await across(async () => new Response(endless))(ADDRESS)
  const { byteLength } = await answer.arrayBuffer()
  expect(byteLength).toBeGreaterThan(MOST_BYTES)
  expect(pulled).toBeLessThan(MOST_BYTES + 4_000_000)
})

test('what is given up is given up over there, too', async () => {
  const stop = new AbortController()
  let over: AbortSignal | null | undefined
  const fetch = across((_, init) => {
    over = init?.signal
    stop.abort()
    return new Promise(() => {})
  })
  await expect(fetch(ADDRESS, { signal: stop.signal })).rejects.toThrow('given up')
  expect(over?.aborted).toBe(true)
})
