/**
 * The picture under the path: the rollouts of the selected candidate as branches from the bar to their outcomes and back
 * into the mean, over the stair of bars that the path has climbed. The words for it stand on the cards and in the tree.
 */
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import { adoptStyle } from '../../parts/adopt-style.ts'
import { PageElement } from '../../parts/page-element.ts'
import type { Change } from '../../state/changes.ts'
import { isSame, type Selection } from '../../state/selection.ts'
import { rewardText, termText } from '../../words/format.ts'
import { expectedRollouts } from './candidate-card.ts'
import { columnLeft, hasEnd, type PathSizes } from './path-layout.ts'
import type { PathSource } from './path-source.ts'
import css from './plot.css?inline'
import { type Branch, type Fan, layoutPlot, type Mean, type Plot, type Point, plotY } from './plot-layout.ts'
import type { Least } from './reward-axis.ts'
import { RolloutMotion } from './rollout-motion.ts'

adoptStyle(css)

export interface ShownPlot extends PathSource {
  readonly sizes: PathSizes
  readonly least: Least
}

export class RroPlot extends PageElement {
  static override properties = { ...PageElement.properties, shown: { attribute: false } }
  declare shown: ShownPlot
  protected override readonly framesLater = 2
  readonly #motion = new RolloutMotion()

  protected override shows(change: Change): boolean {
    return change === 'anything' || change === 'motion'
  }

  override render(): unknown {
    const { task, selection, config, sizes, least } = this.shown
    if (task === undefined || selection === undefined || config === undefined) return nothing
    const plot = layoutPlot(task, selection, sizes, least, (candidate) => expectedRollouts(config, candidate))
    const width = columnLeft(Math.max(1, task.steps.length + (hasEnd(task) ? 1 : 0)) + 1, sizes)
    const words = plot.means
      .filter(({ kind }) => kind === 'chosen')
      .map(({ step, reward }) => `step ${step}: ${rewardText(reward)}`)
    const height = sizes.plot - 1
    const y = (reward: number): number => plotY(reward, sizes.plot, least)
    return html`<svg class="plot" width=${width} height=${height} role="img" aria-label=${`Reward of the trajectory by step. ${words.join(', ') || 'No step is decided yet.'}`}>
      ${[least, (least + 1) / 2, 1].map((value) => svg`<path class="grid" d=${`M0 ${y(value)}H9999`} /><text class="scale" x="3" y=${y(value) - 2}>${termText(value)}</text>`)}
      ${this.#zone(plot, selection, y(1), y(least))}
      ${plot.fans.map((fan) => guard([fan, config], () => this.#fan(fan, 'faint')))}
      ${plot.levels.map(({ x1, x2, y: level, step }) => svg`<path class=${step === selection.step ? 'bar here' : 'bar'} d=${`M${x1} ${level}H${x2}`} />`)}
      ${plot.rises.map(({ x, from, to, rises }) => svg`<path class=${rises ? 'climb' : 'climb down'} d=${`M${x} ${from}V${to}`} />`)}
      ${guard([plot.selected, config, this.#still], () => (plot.selected === undefined ? nothing : this.#fan(plot.selected, 'full')))}
      ${inDrawingOrder(plot.means).map((mean) => this.#mean(mean, selection, sizes))}
      ${plot.levels.map(({ x1, y: level, step, bar }) => (step === selection.step ? svg`<text class="bar-label" x=${x1 + 8} y=${level + (level + 16 > height ? -5 : 14)}>bar ${rewardText(bar)}</text>` : nothing))}
    </svg>`
  }

  override updated(): void {
    const { page, shown } = this
    this.#motion.follow(this, shown, page.player.playing ? page.player.speed : undefined)
  }

  /** Tasks that come by themselves come whole: nothing travels in them, and what is only there to travel is left out. */
  get #still(): boolean {
    const { player, hurries } = this.page
    return hurries && !player.playing
  }

  /** Above the bar of the step that is looked at: where a mean rises. */
  #zone({ levels }: Plot, selection: Selection, top: number, bottom: number): SVGTemplateResult | typeof nothing {
    const level = levels.find(({ step }) => step === selection.step)
    if (level === undefined) return nothing
    const { x1, x2, y } = level
    return svg`<rect class="zone" x=${x1} y=${top} width=${x2 - x1} height=${Math.max(0, y - top)} />
      ${y - top > 40 ? svg`<text class="zone-words" x=${x1 + 8} y=${top + 12}>▲ rises</text>` : nothing}
      ${bottom - y > 40 ? svg`<text class="zone-words" x=${x1 + 8} y=${bottom - 6}>▽ falls short</text>` : nothing}`
  }

  #fan({ branches, buds, exact, root, mean, radius }: Fan, kind: 'full' | 'faint'): SVGTemplateResult {
    const { rollouts } = this.shown.config ?? { rollouts: 1 }
    const thin = Math.max(branches.length, rollouts) > 16
    const still = this.#still
    return svg`<g class="fan ${kind} ${thin ? 'many' : ''}">
      ${kind === 'full' ? svg`<path class="stem" d=${`M${root.x} 0V${root.y}`} />` : nothing}
      ${exact === undefined ? nothing : svg`<path class="branch exact" d=${exact} />`}
      ${buds.map((bud) => svg`<path class="bud" d=${bud} />`)}
      ${kind === 'faint' && thin ? together(branches, radius) : this.#apart(branches, root, radius, thin, still)}
      ${kind === 'full' && !still ? branches.map(({ x, y }) => svg`<circle class="flow" cx=${x} cy=${y} r=${radius * 0.8} .style=${mean === undefined ? '' : `--dx:${mean.x - x}px;--dy:${mean.y - y}px`} />`) : nothing}
      <circle class="root" cx=${root.x} cy=${root.y} r="3.500" />
    </g>`
  }

  /** Each by itself: they can travel, unless all stand still. */
  #apart(branches: readonly Branch[], root: Point, radius: number, thin: boolean, still: boolean): SVGTemplateResult {
    const rollout = ({ path, x, y, steps }: Branch): SVGTemplateResult =>
      svg`<path class="branch" d=${path} pathLength=${steps} stroke-dasharray=${steps > 1 && !thin ? '0.9 0.1' : 'none'} />
        <circle class="outcome" cx=${x} cy=${y} r=${radius} />`
    const travels = (branch: Branch): SVGTemplateResult =>
      svg`<g class="rollout" data-rollout=${branch.rollout} .style=${`transform-origin:${root.x}px ${root.y}px`}>${rollout(branch)}</g>`
    return svg`${branches.map(({ onward }) => (onward === undefined ? nothing : svg`<path class="homeward" d=${onward} />`))}
      ${branches.map(still ? rollout : travels)}`
  }

  #mean(mean: Mean, selection: Selection, { scale }: PathSizes): TemplateResult {
    const { x, y, kind, step, candidate, reward, rises } = mean
    const selected = isSame(mean, selection)
    const radius = (kind === 'chosen' || selected ? 5.5 : 4) * scale
    const label = kind === 'chosen' || selected
    // At the top of the axis, below it: what flows into it comes from the left.
    const above = y > 30
    return svg`<g class="mean ${kind} ${rises ? 'rises' : ''} ${selected ? 'selected' : ''}" .style=${`transform-origin:${x}px ${y}px`} @click=${() => this.shown.pick({ step, candidate })}>
      <circle cx=${x} cy=${y} r=${radius} />
      ${label ? svg`<text class="number" x=${above ? x : x - 9} y=${above ? y - 10 : y + 17} text-anchor=${above ? 'middle' : 'end'}>${rewardText(reward)}</text>` : ''}
    </g>` as unknown as TemplateResult // an SVG fragment nests the same way
  }
}

/** Many that stand still, as three shapes. */
function together(branches: readonly Branch[], radius: number): SVGTemplateResult {
  const dots = branches.map(
    ({ x, y }) =>
      `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`,
  )
  return svg`<path class="homeward" d=${branches.map(({ onward = '' }) => onward).join('')} />
    <path class="branch" d=${branches.map(({ path }) => path).join('')} />
    <path class="outcome" d=${dots.join('')} />`
}

/** The trajectory's own lie on top. */
function inDrawingOrder(means: readonly Mean[]): Mean[] {
  return means.toSorted((a, b) => Number(a.kind === 'chosen') - Number(b.kind === 'chosen'))
}

customElements.define('rro-plot', RroPlot)
