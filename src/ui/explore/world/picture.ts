/**
 * A product's picture, drawn from its data alone: the shape says the category, colours and pattern come from a digest of
 * its query and number, so that the same product always looks the same. Nothing is fetched.
 */
import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit'

const SHAPES: Record<string, string> = {
  beauty: 'M17 6h6v6l3 4v17a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2V16l3-4z',
  electronics: 'M9 8h22a2 2 0 0 1 2 2v15a2 2 0 0 1-2 2h-8l1 5h-8l1-5H9a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2z',
  fashion: 'M14 7c2 3 10 3 12 0l8 5-4 7-3-1v15H13V18l-3 1-4-7z',
  garden: 'M19 34V24c-7 0-11-5-11-13 7 0 11 3 12 8 1-6 5-10 12-11 0 9-4 15-11 16v10z',
  grocery: 'M13 6h14v4l2 4v18a2 2 0 0 1-2 2H13a2 2 0 0 1-2-2V14l2-4z',
}
const OTHER = 'M8 14l12-6 12 6v13l-12 6-12-6z'

/** 32-bit FNV-1a. */
export function digest(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

export function picture(product: {
  readonly asin: string
  readonly category: string
  readonly query: string
}): TemplateResult {
  const kind = digest(product.query)
  const own = digest(product.asin)
  const hue = kind % 360
  const tone = 42 + (own % 5) * 6
  const fill = `hsl(${(hue + (own % 7) * 6) % 360} 45% ${tone}%)`
  return html`<svg class="picture" viewBox="0 0 40 40" aria-hidden="true">
    <rect width="40" height="40" rx="4" fill=${`hsl(${hue} 30% 90%)`} />
    <path d=${SHAPES[product.category] ?? OTHER} fill=${fill} />
    ${pattern(own >>> 4, `hsl(${hue} 60% 92%)`)}
  </svg>`
}

function pattern(own: number, light: string): SVGTemplateResult {
  const at = 18 + (own % 5)
  switch (own % 3) {
    case 0:
      return svg`<path d=${`M15 ${at}h10M15 ${at + 4}h10`} stroke=${light} stroke-width="1.6" opacity=".8" />`
    case 1:
      return svg`<circle cx="20" cy=${at + 1} r="3.6" fill=${light} opacity=".8" />`
    default:
      return svg`<path d=${`M16 ${at + 5}l8-7`} stroke=${light} stroke-width="2.4" opacity=".8" />`
  }
}
