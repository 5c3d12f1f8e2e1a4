/**
 * WebShop in so few words that a model with a context of a thousand tokens can act in it: plain words, single spaces, no
 * titles in full. It shows what a shopper reads, held against the instruction, and never the goal or the attributes.
 */
import type { ShownState } from '../../linear/webshop/shown-state.ts'
import type { WebShopActions } from '../../linear/webshop/webshop-actions.ts'
import type { CompactView } from '../compact-view.ts'
import { advanceView, beginMemory, type ViewMemory } from './memory.ts'
import { openingText, seenText } from './pages.ts'
import { readAction, writeAction } from './wording.ts'

export type WebShopCompactView = CompactView<ShownState, ViewMemory>

/** @param space the log-linear policy's, which reads the same catalogue */
export function createWebShopView(space: Pick<WebShopActions, 'begin'>): WebShopCompactView {
  return {
    version: 'webshop-compact 2',
    begin: (state) => beginMemory(space.begin(state), state),
    advance: advanceView,
    opening: (_, memory) => openingText(memory),
    seen: seenText,
    write: writeAction,
    read: readAction,
  }
}
