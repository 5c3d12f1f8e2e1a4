/**
 * Nothing reaches another origin but through a door that the visitor opened, and no text becomes code: a visitor's own
 * developer tools try, on a static host that sends no headers.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page, Worker } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import manifest from '../../package.json'
import { visit } from './visit.ts'

/** A server elsewhere, which would answer anybody, and what it was asked. */
const asked: string[] = []
const elsewhere = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`)
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-allow-headers', '*')
  if (request.url === '/away/models') {
    response.writeHead(302, { location: address('localhost', '/v1/models') }).end()
    return
  }
  response.setHeader('content-type', 'application/json')
  response.end(request.url?.endsWith('/models') ? '{"data":[{"id":"a-model"}]}' : '{}')
})
const address = (host: string, path: string): string =>
  `http://${host}:${(elsewhere.address() as AddressInfo).port}${path}` // a TCP server

beforeAll(() => new Promise<void>((listening) => elsewhere.listen(0, listening)))
afterAll(() => void elsewhere.close())

/** The ways in which a thread could reach out; resolves with those that it was let go. As text: vitest rewrites imports. */
const PROBE = `async (url) => {
  const reached = []
  const went = (how) => () => void reached.push(how)
  const not = () => {}
  await fetch(url).then(went('fetch'), not)
  await fetch(url, { mode: 'no-cors' }).then(went('no-cors'), not)
  await import(url + '.js').then(went('import'), not)
  await new Promise((done) => {
    const request = new XMLHttpRequest()
    request.onload = () => done(reached.push('xhr'))
    request.onerror = done
    request.open('GET', url)
    request.send()
  })
  await new Promise((done) => {
    const socket = new WebSocket(url.replace('http', 'ws'))
    socket.onopen = () => done(reached.push('socket'))
    socket.onerror = done
  }).catch(not)
  return reached
}`

function attempts(thread: Page | Worker, url: string): Promise<readonly string[]> {
  const probe = `(${PROBE})(${JSON.stringify(url)})`
  return 'goto' in thread ? thread.evaluate(probe) : thread.evaluate(probe)
}

async function named(page: Page, script: RegExp): Promise<Worker> {
  const find = (): Worker | undefined => page.workers().find((worker) => script.test(worker.url()))
  await expect.poll(find).toBeDefined()
  return find() as Worker // the poll has held
}

async function askEndpoint(page: Page, server: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Address' }).fill(server)
  await page.getByRole('button', { name: 'List its models' }).click()
}

async function openEndpoint(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByText('13 more settings').click()
  await page.getByRole('combobox', { name: /^Agent( changed)?$/ }).selectOption('openai')
  await page.getByRole('button', { name: 'Language model…' }).click()
}

test('neither the page nor the lab reaches another origin', async () => {
  const { page } = await visit()
  const lab = await named(page, /lab\.worker/)
  const before = asked.length
  for (const thread of [page, lab])
    for (const host of ['127.0.0.1', 'localhost']) expect(await attempts(thread, address(host, '/secret'))).toEqual([])
  expect(asked.slice(before)).toEqual([])
  // What is its own it may fetch.
  const own = `${inject('site')}data/webshop/setup.json`
  for (const thread of [page, lab]) expect(await attempts(thread, own)).toContain('fetch')
})

test('a worker that the lab makes of any text is bound as the lab is', async () => {
  const { page } = await visit()
  const lab = await named(page, /lab\.worker/)
  const before = asked.length
  const said = await lab.evaluate(
    async (url) => {
      const text = `fetch(${JSON.stringify(url)}).then(() => postMessage('reached'), () => postMessage('refused'))`
      try {
        const worker = new Worker(URL.createObjectURL(new Blob([text])))
        return await new Promise((heard) => {
          worker.onmessage = ({ data }) => heard(data)
        })
      } catch (thrown) {
        return String(thrown)
      }
    },
    address('127.0.0.1', '/secret'),
  )
  expect(said).toMatch(/TrustedScriptURL/)
  expect(asked.slice(before)).toEqual([])
})

test('the endpoint that the visitor gives is reached, through a door that leads nowhere else', async () => {
  const { page } = await visit()
  await openEndpoint(page)
  await askEndpoint(page, address('127.0.0.1', '/v1'))
  await page.getByText('It has a-model.').waitFor()
  const door = await named(page, /fetch\.worker/)
  const before = asked.length
  expect(await attempts(door, address('localhost', '/secret'))).toEqual([])
  expect(asked.slice(before)).toEqual([])
  expect(await attempts(door, address('127.0.0.1', '/again'))).toContain('fetch')
  // The page and the lab are as shut as before.
  const lab = await named(page, /lab\.worker/)
  for (const thread of [page, lab]) expect(await attempts(thread, address('127.0.0.1', '/secret'))).toEqual([])
  expect(asked.filter((line) => /secret/.test(line))).toEqual([])
  // Another server has a door of its own; one that sends on elsewhere is not followed.
  await askEndpoint(page, address('localhost', '/v1'))
  await page.waitForFunction(() => document.querySelectorAll('iframe').length === 2)
  await askEndpoint(page, address('127.0.0.1', '/away'))
  await page.getByText(/could not be reached/).waitFor()
})

test('no text becomes code', async () => {
  const { page } = await visit()
  for (const attempt of [
    "document.body.innerHTML = '<b>x</b>'",
    "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
    "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
    "document.createElement('iframe').srcdoc = '<b>x</b>'",
    "document.createElement('script').textContent = 'x'",
    "setTimeout('x')",
    "new Worker('data:text/javascript,x')",
    "trustedTypes.createPolicy('mine', { createHTML: (text) => text })",
    "trustedTypes.createPolicy('worker', { createScriptURL: (text) => text })",
  ])
    await expect(page.evaluate(attempt), attempt).rejects.toThrow(
      /This document requires 'Trusted|Policy .* (disallowed|already exists)/,
    )
})

test('the site says whose code it carries, and under which licences', async () => {
  const text = await (await fetch(`${inject('site')}licences.txt`)).text()
  for (const name of Object.keys(manifest.dependencies)) expect(text).toMatch(new RegExp(`^ {2}${name} \\d`, 'm'))
  const { page } = await visit()
  await page.keyboard.press('?')
  await page.getByRole('link', { name: 'their licences' }).click()
  await page.getByText('RRO Lab is under the MIT licence').waitFor()
})
