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
  localStorage.setItem(KEY, JSON.stringify([model, ...others].slice(0, MOST)))
}

export function forgetOwnModel(name: string): void {
  localStorage.setItem(KEY, JSON.stringify(ownModels().filter((other) => nameOf(other) !== name)))
}

function nameOf(model: unknown): unknown {
  return typeof model === 'object' && model !== null && 'name' in model ? model.name : undefined
}
