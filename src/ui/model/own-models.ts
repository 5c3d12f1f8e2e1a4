/** Models that the visitor described by their addresses, kept across visits. What is stored is checked by the lab. */
const KEY = 'rro-models'
const MOST = 20

export function ownModels(): readonly unknown[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored.slice(0, MOST) : []
  } catch {
    return []
  }
}

/** In the place of one with the same name. */
export function keepOwnModel(model: { readonly name: string }): void {
  const others = ownModels().filter((other) => nameOf(other) !== model.name)
  store([model, ...others].slice(0, MOST))
}

export function forgetOwnModel(name: string): void {
  store(ownModels().filter((other) => nameOf(other) !== name))
}

function store(models: readonly unknown[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(models))
  } catch {
    // Storage is refused here: the lab knows them until the page is left.
  }
}

function nameOf(model: unknown): unknown {
  return typeof model === 'object' && model !== null && 'name' in model ? model.name : undefined
}
