/**
 * Doors to other origins: the page and the lab reach this site only, by the page's policy. Whatever the visitor wants from
 * elsewhere is fetched by a worker in a hidden frame, whose policy names the origins and binds the worker
 * (docs/decisions/0028-bound-by-policy.md).
 */
import { workersIn } from '../../worker/machine/bound-worker.ts'
import type { DoorRequest } from '../../worker/protocol/doors.ts'

/** A scheme and a host, with a port or a star before it: nothing that could end the directive it stands in. */
const ORIGIN = /^https?:\/\/(\*\.)?[\w.[\]:-]+$/

const standing = new Set<() => void>()

/**
 * Makes the doors that the lab asks for. Those that stand are shut: they were another lab's.
 * @param hand gives the lab the port at which it asks
 */
export function keepDoors(hand: (desk: MessagePort) => void): void {
  for (const shut of standing) shut()
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data, ports: [wire, life] }: MessageEvent<DoorRequest>) => {
    if (wire !== undefined && life !== undefined) open(data, wire, life)
  }
  hand(port2)
}

function open({ script, name, origins }: DoorRequest, wire: MessagePort, life: MessagePort): void {
  const frame = document.createElement('iframe')
  frame.hidden = true
  frame.title = `Door to ${origins.join(' and ')}`
  frame.src = 'door.html'
  let worker: Worker | undefined
  const shut = (): void => {
    worker?.terminate()
    frame.remove()
    standing.delete(shut)
  }
  standing.add(shut)
  life.onmessage = shut
  const fail = (sentence: string): void => life.postMessage(sentence)
  frame.addEventListener('load', () => {
    const [realm, inside] = [frame.contentWindow as (Window & typeof globalThis) | null, frame.contentDocument]
    // Offline there is an error page, and a host may answer with the page itself for what it does not have.
    if (realm === null || inside?.querySelector('meta[name="door"]') == null) {
      shut()
      return fail('door.html could not be fetched from this site')
    }
    if (!origins.every((origin) => ORIGIN.test(origin))) return fail(`${origins.join(' ')} is not a list of origins`)
    const policy = inside.createElement('meta')
    policy.httpEquiv = 'Content-Security-Policy'
    policy.content = `connect-src 'self' ${origins.join(' ')}`
    inside.head.append(policy)
    const Bound = workersIn(realm)
    worker = new Bound(new URL(script), { type: 'module', name })
    worker.addEventListener('error', (event) => fail(event.message || 'a worker could not be started'))
    worker.addEventListener('message', ({ data, ports }) => wire.postMessage(data, [...ports]))
    wire.onmessage = ({ data, ports }) => worker?.postMessage(data, [...ports])
  })
  document.body.append(frame)
}
