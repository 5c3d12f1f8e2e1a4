/** The workspaces. Which one stands there is in the address: it begins with `#learn`, `#compare` or `#data`, all else is Explore's. */

export const WORKSPACES = ['learn', 'explore', 'compare', 'data'] as const
export const WORKSPACE_WORDS = { learn: 'Learn', explore: 'Explore', compare: 'Compare', data: 'Data' } as const
export type Workspace = (typeof WORKSPACES)[number]

export function workspaceOf(hash: string): Workspace {
  const named = /^#(learn|compare|data)(&|$)/.exec(hash)?.[1]
  return WORKSPACES.find((name) => name === named) ?? 'explore'
}
