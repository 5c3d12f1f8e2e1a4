/**
 * Workers that are bound as whoever makes them is. A worker whose script comes by an address of the site has the policy of
 * that response, and a static host sends none; one whose script is a blob has its maker's. So each is a blob of one line,
 * which imports the script: docs/decisions/0028-bound-by-policy.md.
 */

/** Whose policy it is; a page, a worker, or the window of a frame. */
type Realm = typeof globalThis

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): ScriptAddresses
}

interface ScriptAddresses {
  createScriptURL(address: string): string
}

/** Of each realm once: the policy lets no name be taken twice. */
const made = new WeakMap<Realm, ScriptAddresses>()

/** A module worker with the policy of `realm`. */
export function bindWorker(script: string, name: string, realm: Realm = globalThis): Worker {
  const rules: ScriptAddresses = {
    createScriptURL(address) {
      const text = new realm.Blob([`import ${JSON.stringify(address)}`], { type: 'text/javascript' })
      return `${realm.URL.createObjectURL(text)}#${address}` // so that developer tools tell one worker from another
    },
  }
  const { trustedTypes } = realm as { trustedTypes?: Policies } // not in every browser
  const addresses = made.get(realm) ?? trustedTypes?.createPolicy('rro-worker', rules) ?? rules
  made.set(realm, addresses)
  return new realm.Worker(addresses.createScriptURL(script), { type: 'module', name })
}

/** What is used of workers, wherever they are made. */
export type WorkerLike = Pick<Worker, 'addEventListener' | 'removeEventListener' | 'postMessage' | 'terminate'>
/** In the place of the browser's own, under its name: Vite builds a worker of what stands in `new Worker(new URL(…))`. */
export type WorkerMaker<W extends WorkerLike = WorkerLike> = new (
  script: URL,
  options: { readonly name: string; readonly type: 'module' },
) => W

function bindHere(script: URL, { name }: { readonly name: string }): Worker {
  return bindWorker(script.href, name)
}

/** Makes workers that are bound as this thread is. */
export const BoundWorker = bindHere as unknown as WorkerMaker<Worker> // `new` gives the object that a function gives
