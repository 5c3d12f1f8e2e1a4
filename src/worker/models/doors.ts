/** The lab's side of doors: workers that may reach other origins, which the page makes. @see DoorRequest */

import { BoundWorker, type WorkerLike, type WorkerMaker } from '../machine/bound-worker.ts'
import type { DoorRequest } from '../protocol/doors.ts'

export class Doors {
  #desk: MessagePort | undefined

  /** @param desk where the page hears what doors are wanted; a second one is not listened to */
  take(desk: MessagePort): void {
    this.#desk ??= desk
  }

  /** What makes workers behind a door. Without origins, and without a page, they are bound as this thread is. */
  to(origins: readonly string[]): WorkerMaker {
    const desk = this.#desk
    if (desk === undefined || origins.length === 0) return BoundWorker
    function ask(script: URL, { name }: { readonly name: string }): WorkerLike {
      return askFor({ script: script.href, name, origins }, desk as MessagePort)
    }
    return ask as unknown as WorkerMaker // `new` gives the object that a function gives
  }
}

/** A port to the worker, with the errors and the end of one. */
function askFor(request: DoorRequest, desk: MessagePort): WorkerLike {
  const [wire, life] = [new MessageChannel(), new MessageChannel()]
  desk.postMessage(request, [wire.port2, life.port2])
  const { port1: port } = wire
  life.port1.onmessage = ({ data }) => port.dispatchEvent(new ErrorEvent('error', { message: String(data) }))
  function terminate(): void {
    life.port1.postMessage('end')
    port.close()
  }
  return Object.assign(port, { terminate }) as unknown as WorkerLike
}
