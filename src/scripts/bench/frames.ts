/** Times from frame to frame of a page over some seconds, and what its tasks took: by the clock, and of the processor. */
import type { CDPSession, Page } from 'playwright-core'
import { median, rounded } from './measure.ts'

/** @param press what a button says that is pressed when it begins: from the page itself, so that finding it is no task of the page's */
export async function framesOver(page: Page, lengthMs: number, press?: string) {
  const session = await page.context().newCDPSession(page)
  const { value, tasks } = await traced(session, () => countFrames(page, lengthMs, press))
  await session.detach()
  const { frames, motions } = value
  const sorted = frames.toSorted((a, b) => a - b)
  return {
    ...{ frames: frames.length, motions, medianFrameMs: rounded(median(frames)) },
    p95FrameMs: rounded(sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN),
    longestFrameMs: rounded(sorted.at(-1) ?? Number.NaN),
    longestTaskMs: longest(tasks.map(({ dur }) => dur)),
    longestTaskCpuMs: longest(tasks.map(({ tdur }) => tdur)),
    cpuMsPerFrame: rounded(tasks.reduce((sum, { tdur }) => sum + tdur, 0) / 1000 / frames.length),
  }
}

function longest(microseconds: readonly number[]): number {
  return rounded(Math.max(0, ...microseconds) / 1000)
}

async function countFrames(
  page: Page,
  lengthMs: number,
  press?: string,
): Promise<{ frames: number[]; motions: number }> {
  return page.evaluate(
    async ([lengthMs, press]) => {
      let motions = 0
      const { animate } = Element.prototype
      Element.prototype.animate = function (...given) {
        motions++
        return animate.apply(this, given)
      }
      const frames: number[] = []
      const end = performance.now() + lengthMs
      let last = await new Promise(requestAnimationFrame)
      const buttons = press === undefined ? [] : [...document.querySelectorAll('button')]
      buttons.find(({ textContent }) => textContent.trim() === press)?.click()
      while (last < end) {
        const now = await new Promise(requestAnimationFrame)
        frames.push(now - last)
        last = now
      }
      Element.prototype.animate = animate
      return { frames, motions }
    },
    [lengthMs, press] as const,
  )
}

/** As DevTools write it; times in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  /** Of the thread: not counted while others had the processor. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

type Task = Required<Pick<TraceEvent, 'dur' | 'tdur'>>

/** What `work` gives, and the tasks of the page's main thread meanwhile: of the one that had most, in a browser of several. */
async function traced<T>(session: CDPSession, work: () => Promise<T>): Promise<{ value: T; tasks: readonly Task[] }> {
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) events.push(event as unknown as TraceEvent) // by its protocol
  })
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.start', {
    ...{ traceConfig: { includedCategories: ['toplevel'] }, transferMode: 'ReportEvents' },
  })
  const value = await work()
  await session.send('Tracing.end')
  await complete
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  const busiest = threads
    .map(({ pid, tid }) =>
      events.flatMap((event) => {
        const { dur, tdur } = event
        const own = event.pid === pid && event.tid === tid && event.name.endsWith('::RunTask')
        return own && dur !== undefined && tdur !== undefined ? { dur, tdur } : []
      }),
    )
    .toSorted((a, b) => b.length - a.length)[0]
  return { value, tasks: busiest ?? [] }
}
