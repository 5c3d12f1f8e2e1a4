/**
 * What the lab asks the page for when the visitor wants something from another origin: a door, a worker that may reach the
 * origins named and the site, and nothing else (docs/decisions/0028-bound-by-policy.md). Comes over a port of its own,
 * with two ports: what the lab says to the worker and hears of it, and the life of the door: the page tells of its failure
 * in a sentence, the lab of its end by any message.
 */
export interface DoorRequest {
  /** Of the worker's script, on this site. */
  readonly script: string
  readonly name: string
  /** As in `connect-src`: `https://models.example`, `https://*.models.example`, `http://localhost:8000`. */
  readonly origins: readonly string[]
}
