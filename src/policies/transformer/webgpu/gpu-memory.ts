/** Buffers on the graphics processor: made once, grown when more is needed, and read back. */
import { GpuTrouble, type Watch } from './device.ts'
import { bindingsOf, CALL_BYTES, type Call, callBytes, type Pipelines } from './programs.ts'

/** As `GPUBufferUsage` and `GPUMapMode`, which are there only where WebGPU is. */
const [MAP_READ, COPY_SRC, COPY_DST, UNIFORM, STORAGE] = [0x1, 0x4, 0x8, 0x40, 0x80]
const READ = 1

export class GpuMemory {
  readonly bindings: GPUBindGroupLayout
  readonly #device: GPUDevice
  readonly #watch: Watch
  #numbers: GPUBuffer
  #words: GPUBuffer
  #calls: GPUBuffer
  #back: GPUBuffer
  #group: GPUBindGroup

  /** @param count numbers that stay when it grows */
  constructor(device: GPUDevice, watch: Watch, count: number) {
    this.#device = device
    this.#watch = watch
    this.bindings = bindingsOf(device)
    this.#numbers = this.#made(4 * count, STORAGE | COPY_SRC | COPY_DST)
    this.#words = this.#made(4096, STORAGE | COPY_DST)
    this.#calls = this.#made(64 * CALL_BYTES, UNIFORM | COPY_DST)
    this.#back = this.#made(4096, MAP_READ | COPY_DST)
    this.#group = this.#grouped()
  }

  #made(size: number, usage: number): GPUBuffer {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#device.limits
    if (size > Math.min(maxBufferSize, maxStorageBufferBindingSize))
      throw new GpuTrouble(`The graphics processor gives no ${Math.ceil(size / 2 ** 20)} MB in one piece.`)
    return this.#device.createBuffer({ size, usage })
  }

  #grouped(): GPUBindGroup {
    return this.#device.createBindGroup({
      layout: this.bindings,
      entries: [
        { binding: 0, resource: { buffer: this.#numbers } },
        { binding: 1, resource: { buffer: this.#words } },
        { binding: 2, resource: { buffer: this.#calls, size: CALL_BYTES } },
      ],
    })
  }

  /** Makes room; a quarter more than is asked for, so that this is seldom. @param kept numbers that stay */
  reach(count: number, kept: number): void {
    if (4 * count <= this.#numbers.size) return
    const old = this.#numbers
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#device.limits
    const more = Math.min(Math.ceil((5 * count) / 16) * 16, maxBufferSize, maxStorageBufferBindingSize)
    this.#numbers = this.#made(Math.max(4 * count, more), STORAGE | COPY_SRC | COPY_DST)
    const encoder = this.#device.createCommandEncoder()
    encoder.copyBufferToBuffer(old, 0, this.#numbers, 0, 4 * kept)
    this.#device.queue.submit([encoder.finish()])
    old.destroy()
    this.#group = this.#grouped()
  }

  write(at: number, numbers: Float32Array<ArrayBuffer>): void {
    this.#device.queue.writeBuffer(this.#numbers, 4 * at, numbers)
  }

  /** Numbers to zero. */
  clear(at: number, count: number): void {
    const encoder = this.#device.createCommandEncoder()
    encoder.clearBuffer(this.#numbers, 4 * at, 4 * count)
    this.#device.queue.submit([encoder.finish()])
  }

  writeWords(words: Uint32Array<ArrayBuffer>): void {
    if (words.byteLength > this.#words.size) {
      this.#words.destroy()
      this.#words = this.#made(2 * words.byteLength, STORAGE | COPY_DST)
      this.#group = this.#grouped()
    }
    this.#device.queue.writeBuffer(this.#words, 0, words)
  }

  /** One submission: each call sees what the ones before it have written. */
  run(pipelines: Pipelines, calls: readonly Call[]): void {
    const numbers = callBytes(calls)
    if (numbers.byteLength > this.#calls.size) {
      this.#calls.destroy()
      this.#calls = this.#made(2 * numbers.byteLength, UNIFORM | COPY_DST)
      this.#group = this.#grouped()
    }
    this.#device.queue.writeBuffer(this.#calls, 0, numbers)
    const encoder = this.#device.createCommandEncoder()
    const pass = encoder.beginComputePass()
    for (const [i, { kernel, groups }] of calls.entries()) {
      pass.setPipeline(pipelines[kernel])
      pass.setBindGroup(0, this.#group, [i * CALL_BYTES])
      pass.dispatchWorkgroups(...groups)
    }
    pass.end()
    this.#device.queue.submit([encoder.finish()])
  }

  /** Copies of parts of the memory as it is when all that was submitted is done. Rejects with GpuTrouble. */
  async read(...parts: readonly (readonly [at: number, count: number])[]): Promise<Float32Array[]> {
    const size = 4 * parts.reduce((sum, [, count]) => sum + count, 0)
    if (size > this.#back.size) {
      this.#back.destroy()
      this.#back = this.#made(2 * size, MAP_READ | COPY_DST)
    }
    const back = this.#back
    const encoder = this.#device.createCommandEncoder()
    let to = 0
    for (const [at, count] of parts) {
      encoder.copyBufferToBuffer(this.#numbers, 4 * at, back, to, 4 * count)
      to += 4 * count
    }
    this.#device.queue.submit([encoder.finish()])
    await this.#watch.until(back.mapAsync(READ, 0, size))
    const all = new Float32Array(back.getMappedRange(0, size))
    let from = 0
    const copies = parts.map(([, count]) => {
      from += count
      return all.slice(from - count, from)
    })
    back.unmap()
    return copies
  }
}
