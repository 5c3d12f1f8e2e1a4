/** An object whose fields a policy may read only if they are allowed: any other throws. */
export function guarded<T extends object>(target: T, allowed: readonly string[]): T {
  return new Proxy(target, {
    get(object, name) {
      if (typeof name === 'string' && !allowed.includes(name)) throw new Error(`The policy read ${name}.`)
      return Reflect.get(object, name)
    },
    ownKeys() {
      throw new Error('The policy listed fields.')
    },
  })
}

/** Products as the shop has them, by ASIN. */
export function byAsin<T extends { readonly asin: string }>(products: readonly T[]): ReadonlyMap<string, T> {
  return new Map(products.map((product) => [product.asin, product]))
}
