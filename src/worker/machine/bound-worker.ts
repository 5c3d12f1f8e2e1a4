/**
 * Workers that are bound as whoever makes them is. A worker whose script comes by an address of the site has the policy of
 * that response, and a static host sends none; one whose script is a blob has its maker's. So each is a blob of one line,
 * which imports the script: docs/decisions/0028-bound-by-policy.md.
 */

/** Whose policy it is; a page, a worker, or the window of a frame. */
type Realm = typeof globalThis

interface Policies {
  createPolicy(name: string, rules: ScriptAddresses): ScriptAddresses
}

interface ScriptAddresses {
  createScriptURL(address: string): string
}

/** What is used of workers, wherever they are made. */
export type WorkerLike = Pick<Worker, 'addEventListener' | 'removeEventListener' | 'postMessage' | 'terminate'>
/** In the place of the browser's own, under its name: Vite builds a worker of what stands in `new Worker(new URL(…))`. */
export type WorkerMaker<W extends WorkerLike = WorkerLike> = new (
  script: URL,
  options: { readonly name: string; readonly type: 'module' },
) => W

/** What makes workers with the policy of `realm`; asked for once in each, since that lets no name be taken twice. */
export function workersIn(realm: Realm): WorkerMaker<Worker> {
  const rules: ScriptAddresses = {
    createScriptURL(address) {
      const text = new realm.Blob([`import ${JSON.stringify(address)}`], { type: 'text/javascript' })
      return `${realm.URL.createObjectURL(text)}#${address}` // so that developer tools tell one worker from another
    },
  }
  const { trustedTypes } = realm as { trustedTypes?: Policies } // not in every browser
  const addresses = trustedTypes?.createPolicy('worker', rules) ?? rules
  function make(script: URL, { name }: { readonly name: string }): Worker {
    return new realm.Worker(addresses.createScriptURL(script.href), { type: 'module', name })
  }
  return make as unknown as WorkerMaker<Worker> // `new` gives the object that a function gives
}

/** Makes workers that are bound as this thread is. */
export const BoundWorker = workersIn(globalThis)
