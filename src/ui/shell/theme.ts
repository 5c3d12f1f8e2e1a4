/** Light, dark, or as the system says; kept across visits. */
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'rro-theme'

export function startTheme(): void {
  try {
    show(THEMES.find((theme) => theme === localStorage.getItem(KEY)))
  } catch {
    show() // storage is refused here
  }
}

function show(theme: Theme = 'system'): void {
  document.documentElement.dataset.theme = theme
}

export function theme(): Theme {
  return THEMES.find((name) => name === document.documentElement.dataset.theme) ?? 'system'
}

export function setTheme(name: Theme): void {
  show(name)
  try {
    localStorage.setItem(KEY, name)
  } catch {
    // Until the page is left.
  }
}

export function nextTheme(): Theme {
  const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length] ?? 'system'
  setTheme(next)
  return next
}
