/** Light, dark, or as the system says; kept across visits. */
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'rro-theme'

export function startTheme(): void {
  const kept = THEMES.find((theme) => theme === localStorage.getItem(KEY))
  setTheme(kept ?? 'system')
}

export function theme(): Theme {
  return THEMES.find((name) => name === document.documentElement.dataset.theme) ?? 'system'
}

export function setTheme(name: Theme): void {
  document.documentElement.dataset.theme = name
  if (name === 'system') localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, name)
}

export function nextTheme(): Theme {
  const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length] ?? 'system'
  setTheme(next)
  return next
}
