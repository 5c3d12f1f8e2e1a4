/** What kernel.c exports: addresses and counts, all checked by kernel.ts. */
export interface Exports {
  configure(...numbers: number[]): number
  open_cache(slots: number, keys: number, values: number): void
  read(...numbers: number[]): void
  branch(from: number, to: number, length: number): void
  sample(logits: number, temperature: number, uniform: number, room: number): number
  measure(rows: number, targets: number, at: number): number
  look(...numbers: number[]): void
  learn(pull: number): void
  squares(x: number, n: number): number
  adam(...numbers: number[]): void
  readonly __heap_base: WebAssembly.Global
}
