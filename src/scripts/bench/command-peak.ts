/** A command of ours in processes of its own: the peak of their memory, and the time they take. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rounded } from './measure.ts'

/** Every Node that takes part tells its own peak when it ends. */
const TELL_PEAK = `data:text/javascript,process.on('exit',()=>console.error('peak:'+process.resourceUsage().maxRSS))`

/** @throws what it said, where it failed */
export async function commandPeak(words: readonly string[]) {
  const begun = performance.now()
  const child = spawn('npm', ['run', ...words], { env: { ...process.env, NODE_OPTIONS: `--import ${TELL_PEAK}` } })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const [code] = await once(child, 'close')
  const peaks = [...said.matchAll(/^peak:(\d+)$/gm)].map(([, kilobytes]) => Number(kilobytes))
  if (code !== 0 || peaks.length === 0) throw new Error(`npm run ${words[0]} failed: ${said}`)
  return {
    said,
    peakMegabytes: Math.round((Math.max(...peaks) * 1024) / 1e6),
    seconds: rounded((performance.now() - begun) / 1000),
  }
}
