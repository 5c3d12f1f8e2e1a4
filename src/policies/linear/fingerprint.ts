/** The fingerprint of a log-linear policy: a digest over everything that decides what it does. */
import { Digest } from '../../core/digest.ts'

interface Featured {
  readonly version: string
  readonly features: readonly { readonly name: string }[]
}

/** 16 hexadecimal digits over the version of the action space, the names of its features and the weights' bits. */
export function fingerprintOf(space: Featured, weights: Readonly<Float64Array>): string {
  return new Digest()
    .add(space.version)
    .list(space.features.map((feature) => feature.name))
    .list(Array.from(weights, String))
    .hex()
}
