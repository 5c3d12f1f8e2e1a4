/** Two readers of Parquet that are not ours: one in JavaScript, and Arrow's own in Rust. */
import { tableFromIPC } from '@uwdata/flechette'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { readParquet } from 'parquet-wasm/node'

export type Read = Record<string, unknown>

export const PARQUET_READERS: Readonly<Record<string, (bytes: Uint8Array) => Promise<Read[]>>> = {
  async hyparquet(bytes) {
    return plain(await parquetReadObjects({ file: bufferOf(bytes) }))
  },
  async arrow(bytes) {
    const table = tableFromIPC(readParquet(bytes).intoIPCStream(), { useBigInt: true, useProxy: false })
    return plain(table.toArray())
  },
}

/** As they are in the file, from its foot. */
export function rowGroupsOf(bytes: Uint8Array): number[] {
  return parquetMetadata(bufferOf(bytes)).row_groups.map(({ num_rows }) => Number(num_rows))
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}

/** Whole numbers are BigInt in the readers, and lists of numbers typed arrays. */
function plain(rows: unknown): Read[] {
  return JSON.parse(
    JSON.stringify(rows, (_, value: unknown) => {
      if (typeof value === 'bigint') return Number(value)
      return ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value
    }),
  )
}
