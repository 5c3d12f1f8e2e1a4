/** Calls of the lab, past the page: a worker of its own on the same storage, as another tab would have, in comlink's words. */
import type { Page } from 'playwright-core'
import type { LabApi } from '../../src/worker/protocol.ts'

type Call = Exclude<keyof LabApi, 'subscribe'>
type Answer<C extends Call> = Awaited<ReturnType<LabApi[C]>>

export type CallLab = <C extends Call>(call: C, ...given: Parameters<LabApi[C]>) => Promise<Answer<C>>

/** Lives as long as the page is not left. */
export async function openLab(page: Page): Promise<CallLab> {
  const address = page
    .workers()
    .find((worker) => /lab\.worker/.test(worker.url()))
    ?.url()
  if (address === undefined) throw new Error('The page has no lab')
  const worker = await page.evaluateHandle((address) => new Worker(address, { type: 'module' }), address)
  let calls = 0
  return async (call, ...given) => {
    const answer = await worker.evaluate(
      (worker, { id, path, values }) =>
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
  }
}
