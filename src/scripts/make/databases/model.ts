/**
 * The words in which a made-up database is written: tables with a MySQL type a column, rows drawn from named streams,
 * and questions with their gold query. The shape follows Spider (https://yale-lily.github.io/spider): most gold queries
 * carry two phrasings, or one phrasing a value.
 */
import type { RandomStream } from '../../../core/random.ts'

export type Cell = string | number | null
export type Row = readonly Cell[]

export interface Table {
  readonly name: string
  /** Column name to MySQL type, in order. */
  readonly columns: Readonly<Record<string, string>>
  /** The primary key; a table without one may hold the same row twice. */
  readonly key: readonly string[]
  /** Column to the table whose (single) key it refers to. */
  readonly refs: Readonly<Record<string, string>>
  readonly rows: readonly Row[]
}

export interface Question {
  /** A SELECT that MySQL 8 and SQLite read alike; `{name}` stands for a slot's value. */
  readonly gold: string
  readonly phrasings: readonly string[]
  readonly slots: Readonly<Record<string, readonly (string | number)[]>>
}

export interface Domain {
  /** The database's name, as after USE. */
  readonly name: string
  tables(random: RandomStream): readonly Table[]
  readonly questions: readonly Question[]
}

/** A gold query with its phrasings; the n-th task takes the n-th phrasing and the n-th value of every slot, in turn. */
export function ask(
  gold: string,
  phrasings: readonly string[],
  slots: Readonly<Record<string, readonly (string | number)[]>> = {},
): Question {
  return { gold, phrasings, slots }
}

export function table(
  name: string,
  columns: Readonly<Record<string, string>>,
  key: readonly string[],
  refs: Readonly<Record<string, string>>,
  rows: readonly Row[],
): Table {
  return { name, columns, key, refs, rows }
}

export function pick<T>(random: RandomStream, items: readonly T[]): T {
  return items[random.below(items.length)] as T // below() stays inside a non-empty list
}

/** A whole number from low to high, both included. */
export function between(random: RandomStream, low: number, high: number): number {
  return low + random.below(high - low + 1)
}

/** `count` different whole numbers from low to high, in random order. */
export function spread(random: RandomStream, count: number, low: number, high: number): number[] {
  return random.shuffled(Array.from({ length: high - low + 1 }, (_, i) => low + i)).slice(0, count)
}

/** `count` rows, numbered from 1. */
export function rows(count: number, row: (n: number) => Row): Row[] {
  return Array.from({ length: count }, (_, i) => row(i + 1))
}

/** `count` different pairs of a number up to `left` and one up to `right`, sorted: the rows of a many-to-many table. */
export function pairs(random: RandomStream, count: number, left: number, right: number): [number, number][] {
  return spread(random, count, 0, left * right - 1)
    .sort((a, b) => a - b)
    .map((code) => [Math.floor(code / right) + 1, (code % right) + 1])
}

/** NULL in a share of the cases. */
export function sometimes<T extends Cell>(random: RandomStream, nulls: number, value: T): T | null {
  return random.next() < nulls ? null : value
}

/** The date `days` after a date. */
export function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** A datetime on `date`, so many minutes after midnight. */
export function at(date: string, minutes: number): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${date} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00`
}
