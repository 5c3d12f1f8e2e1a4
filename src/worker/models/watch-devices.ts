/**
 * WebLLM keeps its graphics device to itself, and leaves calls hanging when it is lost. Whoever asks an adapter for a
 * device in this worker is therefore watched: what the browser promises of the device (`lost`) is heard here, too.
 */

/** The part of `GPUAdapter`, the class, that is used. */
export interface AdapterClass {
  readonly prototype: {
    requestDevice(...given: never[]): Promise<{ readonly lost: Promise<unknown> }>
  }
}

/** @param lost called for every device that is lost from now on */
export function watchDevices({ prototype }: AdapterClass, lost: () => void): void {
  const request = prototype.requestDevice
  prototype.requestDevice = async function (...given) {
    const device = await request.apply(this, given)
    void device.lost.then(lost)
    return device
  }
}
