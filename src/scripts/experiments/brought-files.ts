/** Official files on disk, as a visitor would drop them on the page. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Result } from '../../core/failure.ts'
import { diskLoader } from '../../node/disk-loader.ts'
import type { DataInfo } from '../../worker/protocol/data.ts'
import { broughtSource, readBrought } from '../../worker/worlds/brought-source.ts'
import { Refusal } from './refusal.ts'

export function filesAt(paths: readonly string[]): Promise<readonly File[]> {
  return Promise.all(paths.map(async (path) => new File([await readFile(path)], basename(path))))
}

/** What the files are. @throws {Refusal} where they are no data that the lab reads */
export async function dataAt(paths: readonly string[]): Promise<DataInfo> {
  const brought = readOrRefused(await readBrought(await filesAt(paths)))
  return readOrRefused(await broughtSource(diskLoader(), brought).data())
}

function readOrRefused<T>(read: Result<T>): T {
  if (!read.ok) throw new Refusal(read.failure.message)
  return read.value
}
