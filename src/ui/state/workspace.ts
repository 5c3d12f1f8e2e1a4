/** The two workspaces. Which one stands there is in the address: Compare's begins with `#compare`, all else is Explore's. */

export const WORKSPACES = ['explore', 'compare'] as const
export type Workspace = (typeof WORKSPACES)[number]

export function workspaceOf(hash: string): Workspace {
  return /^#compare(&|$)/.test(hash) ? 'compare' : 'explore'
}
