/** What can be seen in Compare. */
export const VIEWS = ['results', 'duel', 'theory'] as const
export type View = (typeof VIEWS)[number]

export const VIEW_WORDS: Record<View, string> = { results: 'Results', duel: 'Side by side', theory: 'Theory' }
