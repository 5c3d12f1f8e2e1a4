/** Lets everything that waits (calls from the page, disk writes) have its turn. Timers are clamped to 4 ms; ports are not. */
let channel: MessageChannel | undefined
let waiting: (() => void)[] = []

export function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    // In Node a port that talks to itself starves timers; `setImmediate` does not.
    if (typeof setImmediate === 'function') {
      setImmediate(resolve)
      return
    }
    waiting.push(resolve)
    port().postMessage(0)
  })
}

function port(): MessagePort {
  if (channel === undefined) {
    channel = new MessageChannel()
    channel.port1.onmessage = () => {
      const ready = waiting
      waiting = []
      for (const resolve of ready) resolve()
    }
  }
  return channel.port2
}
