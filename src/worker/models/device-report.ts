/** Whether this machine runs language models, as the page shows it. Fetches nothing. */
import { deviceTrouble, readDevice } from '../../policies/webllm/device.ts'
import type { DeviceReport } from '../protocol/models.ts'
import type { MachinePorts } from './model-ports.ts'

export async function reportDevice(machine: Pick<MachinePorts, 'gpu' | 'freeBytes'>): Promise<DeviceReport> {
  const [device, freeBytes] = await Promise.all([readDevice(machine.gpu), machine.freeBytes()])
  if ('code' in device) return { name: undefined, software: false, f16: false, freeBytes, trouble: device }
  const { software, f16 } = device
  const name = device.name === '' ? 'a graphics processor that the browser does not name' : device.name
  return { name, software, f16, freeBytes, trouble: deviceTrouble(device) }
}
