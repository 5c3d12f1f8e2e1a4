/** A FROM clause as a tree of joins over tables. */
import type { Join } from '../../parse/syntax.ts'
import type { Source, SourceColumn } from '../compiled.ts'

export type FromNode =
  | { readonly kind: 'leaf'; readonly source: Source; readonly sql: string }
  | {
      readonly kind: 'join'
      readonly join: Join
      readonly left: FromNode
      readonly right: FromNode
      readonly sources: readonly Source[]
      /** Equalities of USING and NATURAL. */
      readonly shared: readonly (readonly [SourceColumn, SourceColumn])[]
    }

export function sourcesOf(node: FromNode): readonly Source[] {
  return node.kind === 'leaf' ? [node.source] : node.sources
}
