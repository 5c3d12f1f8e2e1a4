/** One picture: drawn anew when its numbers or its width change, saved as SVG or PNG, its points open what is behind them. */
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import type { Cell } from '../../../core/comparison/cell.ts'
import { messageOf } from '../../../core/failure.ts'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { copyLink } from '../../parts/copy-link.ts'
import { download } from '../../parts/download.ts'
import { pngFile, svgFile } from '../../parts/picture-file.ts'
import type { PageState } from '../../state/page-state.ts'
import { comparerOf } from '../comparer.ts'
import css from './figure.css?inline'
import type { Figure, Point } from './figure.ts'
import type { Folded } from './folded.ts'
import { FILE_PALETTES, PAGE_PALETTE } from './palettes.ts'
import { wholePicture } from './saved-file.ts'

adoptStyle(css)

/** While results stream in, a picture is drawn at most this often. */
const REST_MS = 400

type ChartModule = typeof import('./chart.ts')
let chart: ChartModule | undefined
let coming: Promise<ChartModule> | undefined

export class RroFigure extends LitElement {
  static override properties = {
    page: { attribute: false },
    figure: { attribute: false },
    of: { attribute: false },
    behind: { attribute: false },
  }
  declare page: PageState
  declare figure: Figure
  /** The comparison that it is a picture of. */
  declare of: Pick<Folded, 'comparison' | 'names' | 'labels'>
  /** Shows the cells behind a point. */
  declare behind: (words: string, cells: readonly Cell[]) => void
  /** A small picture for each method, instead of one. */
  #apart = false
  #closer = false
  #drawn = ''
  #drawnAtMs = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #sized = new ResizeObserver(() => this.#draw())

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#sized.observe(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#sized.disconnect()
    clearTimeout(this.#timer)
  }

  override render(): unknown {
    const { title, points, kind } = this.figure
    const arms = new Set(points.map(({ arm }) => arm))
    return html`<figure class="picture-of">
      <figcaption>
        <span>${title}</span>
        <span class="saves">
          ${kind === 'lines' && arms.size > 2 ? this.#ways(title) : nothing}
          <button @click=${() => void copyLink(this.page, comparerOf(this.page).linkTo(this.figure.name))}>Link<span class="hidden"> to ${title}</span></button>
          <button ?disabled=${points.length === 0} @click=${() => this.#save('svg')}>SVG<span class="hidden"> of ${title}</span></button>
          <button ?disabled=${points.length === 0} @click=${() => this.#save('png')}>PNG<span class="hidden"> of ${title}</span></button>
        </span>
      </figcaption>
      ${points.length === 0 ? html`<p class="soft nothing">No cell has these numbers yet.</p>` : ''}
      <div class="drawing ${this.#apart ? 'apart' : ''}"></div>
    </figure>`
  }

  override updated(): void {
    this.#draw()
    const comparer = comparerOf(this.page)
    if (comparer.figure !== this.figure.name) return
    comparer.figure = ''
    const around = this.closest('details')
    if (around !== null) around.open = true
    this.scrollIntoView({ block: 'start' })
  }

  /** To read many lines that lie on top of each other. */
  #ways(title: string): TemplateResult {
    const closer = (): void => {
      this.#closer = !this.#closer
      this.requestUpdate()
    }
    const apart = (): void => {
      this.#apart = !this.#apart
      this.requestUpdate()
    }
    return html`<button aria-pressed=${this.#closer} title="Only the upper part of the scale, where most lines end" @click=${closer}>Closer<span class="hidden"> look at ${title}</span></button>
      <button aria-pressed=${this.#apart} title="A small picture for each method" @click=${apart}>Apart<span class="hidden"> by method: ${title}</span></button>`
  }

  #draw(): void {
    const place = this.querySelector('.drawing')
    const width = Math.floor(place?.clientWidth ?? 0)
    if (place === null || width < 50) return
    const { figure, of } = this
    const { comparison, names, labels } = of
    const points = figure.points.map(({ cells: _, ...point }) => point)
    const wanted = JSON.stringify([width, this.#apart, this.#closer, names, comparison.arms, figure.title, points])
    if (wanted === this.#drawn) return
    clearTimeout(this.#timer)
    const rest = this.#drawnAtMs + REST_MS - performance.now()
    if (rest > 0) {
      this.#timer = setTimeout(() => this.#draw(), rest)
      return
    }
    if (chart === undefined) {
      void charts().then(
        () => this.#draw(),
        () => this.page.notices.fail('The pictures could not be fetched. The tables under them have all numbers.'),
      )
      return
    }
    this.#drawn = wanted
    this.#drawnAtMs = performance.now()
    if (figure.points.length === 0) {
      place.replaceChildren()
      return
    }
    const picked = ({ words, cells }: Point): void => this.behind(words, cells)
    const drawing = { palette: PAGE_PALETTE, width, arms: comparison.arms, names, labels, picked, closer: this.#closer }
    if (this.#apart) place.replaceChildren(...chart.drawChartApart(figure, drawing))
    else place.replaceChildren(chart.drawChart(figure, drawing))
  }

  async #save(kind: 'svg' | 'png'): Promise<void> {
    try {
      const { drawChart } = await charts()
      const { figure, of } = this
      const { names, labels } = of
      const { arms } = of.comparison
      const palette = FILE_PALETTES[getComputedStyle(this).colorScheme === 'dark' || isDark() ? 'dark' : 'light']
      const drawn = drawChart(figure, { palette, width: 640, arms, names, labels, closer: this.#closer })
      for (const hidden of drawn.querySelectorAll('.whisker')) hidden.remove() // as on the page: bands tell the same
      const there = new Set(figure.points.flatMap(({ arm, before }) => (before ? [] : arm)))
      const legend = arms.flatMap((arm, place) => (there.has(place) ? { arm, name: names[place] ?? '' } : []))
      const picture = wholePicture(drawn, { title: figure.title, legend, palette })
      download(kind === 'svg' ? svgFile(picture) : await pngFile(picture), `rro-lab-${figure.name}.${kind}`)
    } catch (thrown) {
      this.page.notices.fail(`The picture could not be saved: ${messageOf(thrown)}`)
    }
  }
}

function charts(): Promise<ChartModule> {
  coming ??= import('./chart.ts')
  return coming.then(
    (module) => (chart = module),
    (thrown: unknown) => {
      coming = undefined // another picture may ask again
      throw thrown
    },
  )
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset
  return theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
}

customElements.define('rro-figure', RroFigure)
