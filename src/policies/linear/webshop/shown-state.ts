/** What the policy may look at: a shopper sees the pages, and of the goal only what the instruction says. */
import type { WebShopState } from '../../../environments/webshop/types.ts'

/** The session as the agent may look at it: of the goal only the instruction. */
export type ShownState = Omit<WebShopState, 'goal' | 'reward'> & { readonly goal: { readonly instruction: string } }
