/** Threads of this process that only burn time, as another program beside the tests would. They end with the process at the latest. */
import { Worker } from 'node:worker_threads'

/** @returns what ends them */
export function startBusyLoops(count: number): () => Promise<void> {
  const loops = Array.from({ length: count }, () => new Worker('for (;;);', { eval: true }))
  return async () => {
    await Promise.all(loops.map((loop) => loop.terminate()))
  }
}
