/** Parts of a Markdown text. What comes from outside is escaped: it must make no table, link or markup of its own. */
import { histogram } from './histogram.ts'

export function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|#&]/g, (sign) => (sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `\\${sign}`))
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export function codeBlock(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``
}

const WIDTH = 40

/** Bars of text, one for each bin. */
export function histogramText(values: readonly number[]): string {
  const bins = histogram(values, 10)
  const most = Math.max(1, ...bins.map(({ count }) => count))
  const names = bins.map(({ from, to }) => `${from} to ${to}`)
  const width = Math.max(0, ...names.map(({ length }) => length))
  const bars = bins.map(({ count }, i) => {
    const bar = '#'.repeat(count === 0 ? 0 : Math.max(1, Math.round((count / most) * WIDTH)))
    return `${(names[i] ?? '').padStart(width)}  ${bar.padEnd(WIDTH)}  ${count}`
  })
  return codeBlock('text', bars.length === 0 ? 'none' : bars.join('\n'))
}
