/** What the tools of the library are given of the lab. */
import type { LibraryPorts } from '../runs/library-calls.ts'
import type { ShopReading } from '../worlds/shop-reading.ts'

export interface ToolPorts extends LibraryPorts {
  /** Work that other such work waits for: what changes which run is open. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>
  readonly reading: ShopReading
}
