/** Calls of the lab, past the page: a worker of its own on the same storage, as another tab would have, in comlink's words. */
import type { Page } from 'playwright-core'
import type { LabApi, LabUpdate } from '../../src/worker/protocol/lab-api.ts'

type Call = Exclude<keyof LabApi, 'subscribe'>

export interface CalledLab {
  call<C extends Call>(call: C, ...given: Parameters<LabApi[C]>): Promise<Awaited<ReturnType<LabApi[C]>>>
  /** What it told of so far. */
  updates(): Promise<readonly LabUpdate[]>
}

/** Lives as long as the page is not left. */
export async function openLab(page: Page): Promise<CalledLab> {
  const address = page
    .workers()
    .map((worker) => worker.url().replace(/^.*#/, ''))
    .find((script) => /lab\.worker/.test(script))
  if (address === undefined) throw new Error('The page has no lab')
  const lab = await page.evaluateHandle(async (address) => {
    // The page's policy lets nobody else make workers: this one is made in a frame that shows a file, and has no policy.
    const frame = document.createElement('iframe')
    frame.hidden = true
    frame.src = 'data/webshop/setup.json'
    await new Promise((loaded) => {
      frame.onload = loaded
      document.body.append(frame)
    })
    const { Worker } = frame.contentWindow as Window & typeof globalThis // of this site
    const worker = new Worker(address, { type: 'module' })
    const updates: LabUpdate[] = []
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => {
      if (data.type === 'APPLY') updates.push(data.argumentList[0].value)
      port1.postMessage({ id: data.id, type: 'RAW', value: undefined })
    }
    const argumentList = [{ type: 'HANDLER', name: 'proxy', value: port2 }]
    worker.postMessage({ id: 'listen', type: 'APPLY', path: ['subscribe'], argumentList }, [port2])
    return { worker, updates }
  }, address)
  let calls = 0
  return {
    async call(call, ...given) {
      const answer = await lab.evaluate(
        ({ worker }, { id, path, values }) =>
          new Promise<unknown>((resolve, reject) => {
            const done = new AbortController()
            worker.addEventListener('error', ({ message }) => reject(new Error(message)), done)
            worker.addEventListener(
              'message',
              ({ data }) => {
                if (data?.id !== id) return
                done.abort()
                if (data.type === 'RAW') resolve(data.value)
                else reject(new Error(JSON.stringify(data)))
              },
              done,
            )
            const argumentList = values.map((value) => ({ type: 'RAW', value }))
            worker.postMessage({ id, type: 'APPLY', path, argumentList })
          }),
        { id: `call-${++calls}`, path: [call], values: given as unknown[] },
      )
      return answer as never // both sides speak LabApi
    },
    updates: () => lab.evaluate(({ updates }) => updates),
  }
}
