/**
 * Tells the official files apart by what is in them, since people rename them: items_shuffle*.json,
 * items_ins_v2*.json, items_human_ins.json, and the two files that our own catalogue has besides, setup.json and
 * nouns.json.
 */
import { failure, type Result, success } from '../../../core/failure.ts'
import { readJson } from './json.ts'

export interface OfficialFile {
  /** As the user knows it; sentences name it. */
  readonly name: string
  /** Parsed JSON, not checked yet. */
  readonly content: unknown
}

export interface CatalogueFiles {
  /** items_shuffle*.json: a list of products. */
  readonly items: OfficialFile
  /** items_ins_v2*.json: ASIN to attributes and a synthetic instruction. */
  readonly attributes: OfficialFile
  /** items_human_ins.json: ASIN to human instructions. */
  readonly human?: OfficialFile
  /** setup.json: prices and goals. */
  readonly setup?: OfficialFile
  /** nouns.json: title to nouns. */
  readonly nouns?: OfficialFile
}

const USUAL_NAMES = {
  items: 'items_shuffle.json (a list of products)',
  attributes: 'items_ins_v2.json (attributes of each ASIN)',
  human: 'items_human_ins.json (human instructions of each ASIN)',
  setup: 'setup.json (prices and goals)',
  nouns: 'nouns.json (nouns of each title)',
} as const

type Kind = keyof CatalogueFiles

/**
 * Sorts files into their parts of a catalogue. Failures: `catalogue-json` (with line and column), and those of `sortFiles`.
 */
export function readOfficialFiles(
  files: readonly { readonly name: string; readonly text: string }[],
): Result<CatalogueFiles> {
  const read: OfficialFile[] = []
  for (const { name, text } of files) {
    const content = readJson(name, text)
    if (!content.ok) return content
    read.push({ name, content: content.value })
  }
  return sortFiles(read)
}

/** Of each kind one file, as it was given. */
export type Sorted<T> = { readonly [K in keyof CatalogueFiles]: T }

/**
 * @param files what is in them, or so many records of it as tell what it is
 * Failures: `catalogue-unknown-file`, `catalogue-two-files`, `catalogue-missing-file`.
 */
export function sortFiles<T extends OfficialFile>(files: readonly T[]): Result<Sorted<T>> {
  const found = new Map<Kind, T>()
  for (const file of files) {
    const kind = kindOf(file.content)
    if (kind === undefined) return failure('catalogue-unknown-file', unknownSentence(file.name, file.content))
    const other = found.get(kind)
    if (other !== undefined)
      return failure(
        'catalogue-two-files',
        `${other.name} and ${file.name} both look like ${USUAL_NAMES[kind]}. Choose one of them.`,
      )
    found.set(kind, file)
  }
  const items = found.get('items')
  const attributes = found.get('attributes')
  if (items === undefined) return missing('items')
  if (attributes === undefined) return missing('attributes')
  return success({ ...Object.fromEntries(found), items, attributes } as Sorted<T>) // one of each kind, none of others
}

function missing(kind: Kind) {
  return failure('catalogue-missing-file', `None of the files is ${USUAL_NAMES[kind]}. Add it and open them together.`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** How many records to look at before giving up: an entry may be empty and say nothing. */
export const MOST_LOOKED_AT = 1000

function kindOf(content: unknown): Kind | undefined {
  if (Array.isArray(content)) return isObject(content[0]) && 'asin' in content[0] ? 'items' : undefined
  if (!isObject(content)) return undefined
  if (Array.isArray(content.goals) && isObject(content.prices)) return 'setup'
  let looked = 0
  for (const key in content) {
    if (!Object.hasOwn(content, key)) continue
    const kind = kindOfRecord(content[key])
    if (kind !== undefined) return kind
    if (++looked === MOST_LOOKED_AT) break
  }
  return undefined
}

function kindOfRecord(record: unknown): Kind | undefined {
  if (Array.isArray(record)) {
    if (typeof record[0] === 'string') return 'nouns'
    return isObject(record[0]) && 'instruction' in record[0] ? 'human' : undefined
  }
  return isObject(record) && ('attributes' in record || 'instruction' in record) ? 'attributes' : undefined
}

function unknownSentence(name: string, content: unknown): string {
  const known = `It should be one of ${Object.values(USUAL_NAMES).join(', ')}.`
  if (!Array.isArray(content)) return `${name} is none of WebShop's files: its records are not known here. ${known}`
  if (content.length === 0) return `${name} is an empty list. ${known}`
  if (typeof content[0] === 'string')
    return `${name} is a list of texts, such as the instructions of human_goals.json, which do not say what they are about. Use items_human_ins.json instead.`
  return `${name} is a list, but its first entry has no field asin. ${known}`
}
