/** The weights of a language model in a backup: pieces of base64 that each fit into a line, before the agent that has them. */
import { joinedBytes } from '../../core/joined-bytes.ts'
import { base64ToBytes, bytesToBase64 } from '../machine/base64.ts'
import type { BackupFrame } from './backup-frames.ts'

/** Bytes of a piece; a multiple of three, so that each piece is whole base64. */
const PIECE = 1_200_000
/** Of all pieces of one model. */
const MOST_PIECES = 128

type Piece = Extract<BackupFrame, { type: 'library-model' }>

export function piecesOf(model: string, bytes: Uint8Array): readonly Piece[] {
  const of = Math.max(1, Math.ceil(bytes.length / PIECE))
  return Array.from({ length: of }, (_, piece) => {
    const base64 = bytesToBase64(bytes.subarray(piece * PIECE, (piece + 1) * PIECE))
    return { type: 'library-model', model, piece, of, base64 }
  })
}

/** Puts pieces together again, one model at a time. */
export class Pieces {
  #model = ''
  #of = 0
  #parts: Uint8Array[] = []

  /** @returns whether it is the piece that comes next */
  add({ model, piece, of, base64 }: Piece): boolean {
    if (piece === 0) {
      this.#model = model
      this.#of = of
      this.#parts = []
    }
    const bytes = base64ToBytes(base64)
    const next = model === this.#model && of === this.#of && of <= MOST_PIECES && piece === this.#parts.length
    if (!next || bytes === undefined) return false
    this.#parts.push(bytes)
    return true
  }

  /** All of a model; undefined where anything is missing. */
  take(model: string): Uint8Array<ArrayBuffer> | undefined {
    if (model !== this.#model || this.#parts.length !== this.#of || this.#of === 0) return undefined
    const all = joinedBytes(this.#parts)
    this.#parts = []
    this.#of = 0
    return all
  }
}
