/** Hashes and encodings of bytes. Text is its UTF-8. */
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'

const encoder = new TextEncoder()

export const bytesOf = (text: string): Uint8Array => encoder.encode(text)

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Bytes as text; undefined for what is no UTF-8, which SQLite's text cannot hold. */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

export const md5Hex = (text: string): string => hex(md5(bytesOf(text)))
export const sha1Hex = (text: string): string => hex(sha1(bytesOf(text)))

const SHA2: Readonly<Record<number, typeof sha256 | typeof sha512>> = {
  0: sha256,
  224: sha224,
  256: sha256,
  384: sha384,
  512: sha512,
}

/** Null for a length that SHA-2 does not have. */
export function sha2Hex(text: string, bits: number): string | null {
  const hash = SHA2[bits]
  return hash === undefined ? null : hex(hash(bytesOf(text)))
}

/** CRC-32 as in zip files (polynomial 0xedb88320). */
export function crc32(text: string): number {
  let crc = ~0
  for (const byte of bytesOf(text)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

/** TO_BASE64: lines of 76 characters. */
export function toBase64(text: string): string {
  const binary = Array.from(bytesOf(text), (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replace(/.{76}(?=.)/g, '$&\n')
}

/** FROM_BASE64; null for what is none, and for bytes that are no text. */
export function fromBase64(text: string): string | null {
  const packed = text.replace(/\s+/g, '')
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) return null
  return textOfBytes(Uint8Array.from(atob(packed), (c) => c.charCodeAt(0))) ?? null
}
