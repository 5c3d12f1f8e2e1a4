/**
 * The rising path as a file: cards and rollouts of a whole task in one picture, light, with what it shows written above it
 * and where it comes from below. Texts of the run are texts here, too.
 */
import type { StepState, TaskState } from '../../../core/log/fold-task.ts'
import { type RunConfig, UNSCORED_METHODS } from '../../../core/settings/run-config.ts'
import { make, SVG } from '../../parts/picture-file.ts'
import { START } from '../../state/selection.ts'
import { actionWords, twoLines } from '../../words/action-words.ts'
import { ENVIRONMENT_WORDS } from '../../words/environment-words.ts'
import { estimateText, rewardText, termText } from '../../words/format.ts'
import { METHOD_WORDS } from '../../words/method-words.ts'
import { riseLabel, SIGNS } from '../verdict/rise-words.ts'
import { ruleSentence, verdictOf } from '../verdict/verdict.ts'
import { expectedRollouts, shortRelation } from './candidate-card.ts'
import { cardTop, columnLeft, layoutPath, type PathSizes } from './path-layout.ts'
import { type Fan, layoutPlot, type Mean, plotY } from './plot-layout.ts'
import type { Least } from './reward-axis.ts'

const INK = '#191c1f'
const SOFT = '#565d64'
const LINE = '#d8dcdf'
const STRONG = '#8b939b'
const RISE = '#0a7350'
const DATA = '#526273'
const MONO = 'ui-monospace, Menlo, Consolas, monospace'

const EDGE = 16
const PLOT = 260
const LEAST_WIDTH = 640

export interface PictureWords {
  readonly config: RunConfig
  readonly task: TaskState
  readonly least: Least
  /** Where the run can be looked at. */
  readonly address: string
}

export function pathPicture({ config, task, least, address }: PictureWords): SVGSVGElement {
  const isSql = config.environment === 'intercode-sql'
  const sizes: PathSizes = {
    ...{ card: { width: 198, height: isSql ? 96 : 78 }, scale: 1, columns: 3 },
    plot: UNSCORED_METHODS.includes(config.method) ? 0 : PLOT,
  }
  const layout = layoutPath(task, sizes, least)
  const width = Math.max(LEAST_WIDTH, layout.width) + 2 * EDGE
  const title = wrapped(task.instruction, Math.floor((width - 2 * EDGE) / 9.6))
  const about = `${ENVIRONMENT_WORDS[config.environment]}, task ${task.task + 1}, ${METHOD_WORDS[config.method](config)}, seed ${config.seed}`
  const top = EDGE + title.length * 20 + 40
  const foot = wrapped(address, Math.floor((width - 2 * EDGE) / 6))
  const height = top + layout.height + sizes.plot + 22 + foot.length * 14
  const picture = make('svg', {
    ...{ xmlns: SVG, viewBox: `0 0 ${width} ${height}`, width, height, fill: INK },
    ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 13 },
  }) as SVGSVGElement // made as one
  picture.append(make('rect', { width, height, fill: '#ffffff' }))
  title.forEach((line, index) => {
    picture.append(text(line, EDGE, EDGE + 14 + index * 20, { 'font-size': 16, 'font-weight': 600 }))
  })
  const below = EDGE + title.length * 20
  picture.append(
    text(about, EDGE, below + 12, { fill: SOFT }),
    text(ruleSentence(config), EDGE, below + 30, { fill: SOFT, 'font-size': 12 }),
  )
  const path = make('g', { transform: `translate(${EDGE},${top})` })
  for (const step of task.steps) path.append(...column(step, config, sizes))
  for (const { from, to, rise } of layout.lines) {
    if (rise === undefined) continue
    path.append(stroke(`M${from.join(' ')}L${to.join(' ')}`, RISE, 2.5), dot({ x: to[0], y: to[1] }, 3, RISE))
    path.append(text(riseLabel(rise), from[0] + 16, Math.min(from[1], to[1]) - 8, label))
  }
  picture.append(path)
  if (sizes.plot > 0) picture.append(plot(task, config, sizes, least, EDGE, top + layout.height, width - 2 * EDGE))
  foot.forEach((line, index) => {
    const y = top + layout.height + sizes.plot + 18 + index * 14
    picture.append(text(line, EDGE, y, { fill: SOFT, 'font-size': 11 }))
  })
  return picture
}

const label = { 'font-size': 11, 'font-weight': 600, 'text-anchor': 'middle' }

function column(step: StepState, config: RunConfig, sizes: PathSizes): SVGElement[] {
  const left = columnLeft(step.step, sizes)
  const bar = UNSCORED_METHODS.includes(config.method)
    ? []
    : [text(`bar ${rewardText(step.bar)}`, left + sizes.card.width, 20, { fill: SOFT, 'text-anchor': 'end' })]
  const cards = step.candidates.map((_, index) => card(step, index + 1, config, sizes))
  return [text(`Step ${step.step}`, left, 20, { 'font-weight': 600 }), ...bar, ...cards]
}

function card(step: StepState, number: number, config: RunConfig, sizes: PathSizes): SVGElement {
  const { width, height } = sizes.card
  const group = make('g', { transform: `translate(${columnLeft(step.step, sizes)},${cardTop(number, sizes)})` })
  const candidate = step.candidates[number - 1]
  if (candidate === undefined) return group
  const chosen = step.decided?.chosen === number
  const { tone, relation } = verdictOf(config, step, number)
  const action = actionWords(candidate.proposed.action)
  const lines = config.environment === 'intercode-sql' ? twoLines(action).split('\n') : [short(action, 23)]
  const { scored, proposed } = candidate
  const value = scored === undefined ? proposed.outcome : scored.reward
  group.append(
    make('rect', {
      width,
      height,
      rx: 5,
      fill: chosen ? '#ffffff' : '#f3f4f5',
      stroke: chosen ? RISE : LINE,
      'stroke-width': chosen ? 1.6 : 1,
    }),
  )
  lines.forEach((line, index) => {
    group.append(text(line, 9, 19 + index * 17, { 'font-family': MONO, 'font-size': 12 }))
  })
  const y = height - 35
  if (value !== null)
    group.append(text(estimateText(value, scored?.standardError ?? null), 9, y, { 'font-weight': 600 }))
  if (chosen) group.append(text('chosen', width - 9, y, { fill: RISE, 'font-weight': 600, 'text-anchor': 'end' }))
  group.append(
    text(`${SIGNS[tone]} ${short(shortRelation(candidate, relation), 28)}`, 9, height - 12, {
      fill: tone === 'rise' || tone === 'hold' ? RISE : SOFT,
      'font-size': 12,
    }),
  )
  return group
}

function plot(
  task: TaskState,
  config: RunConfig,
  sizes: PathSizes,
  least: Least,
  x: number,
  y: number,
  width: number,
): SVGElement {
  const { levels, rises, means, fans } = layoutPlot(task, START, sizes, least, (candidate) =>
    expectedRollouts(config, candidate),
  )
  const group = make('g', { transform: `translate(${x},${y})` })
  for (const value of [least, (least + 1) / 2, 1]) {
    const level = plotY(value, sizes.plot, least)
    group.append(make('path', { d: `M0 ${level}H${width}`, stroke: LINE, 'stroke-dasharray': '1 4', fill: 'none' }))
    group.append(text(termText(value), 0, level - 3, { fill: SOFT, 'font-size': 10 }))
  }
  for (const fan of fans) group.append(...branches(fan))
  for (const { x1, x2, y: level } of levels) group.append(stroke(`M${x1} ${level}H${x2}`, INK, 2))
  for (const { x: at, from, to, rises: up } of rises)
    group.append(stroke(`M${at} ${from}V${to}`, up ? RISE : STRONG, 3.5))
  for (const mean of means.toSorted((a, b) => Number(a.kind === 'chosen') - Number(b.kind === 'chosen')))
    group.append(...landed(mean))
  return group
}

function branches({ branches, exact, radius }: Fan): SVGElement[] {
  const many = branches.length > 16 ? 0.6 : 1
  return [
    ...(exact === undefined ? [] : [stroke(exact, DATA, 2.5)]),
    ...branches.map(({ onward }) => stroke(onward ?? '', DATA, 0.8 * many)),
    ...branches.map(({ path, steps }) => {
      const line = stroke(path, DATA, 1.6 * many)
      if (steps > 1 && many === 1) {
        line.setAttribute('pathLength', String(steps))
        line.setAttribute('stroke-dasharray', '0.9 0.1')
      }
      return line
    }),
    ...branches.map((branch) => dot(branch, radius, DATA)),
  ]
}

function landed({ x, y, kind, reward, rises }: Mean): SVGElement[] {
  if (kind !== 'chosen')
    return [make('circle', { cx: x, cy: y, r: 4, fill: '#ffffff', stroke: STRONG, 'stroke-width': 2 })]
  const above = y > 30
  const place = above ? { x, y: y - 10, anchor: 'middle' } : { x: x - 9, y: y + 17, anchor: 'end' }
  return [
    dot({ x, y }, 5.5, rises ? RISE : SOFT),
    text(rewardText(reward), place.x, place.y, { 'font-size': 12, 'font-weight': 600, 'text-anchor': place.anchor }),
  ]
}

function stroke(d: string, colour: string, width: number): SVGElement {
  return make('path', { d, stroke: colour, 'stroke-width': width, fill: 'none' })
}

function dot({ x, y }: { readonly x: number; readonly y: number }, r: number, fill: string): SVGElement {
  return make('circle', { cx: x, cy: y, r, fill, stroke: '#ffffff' })
}

function text(words: string, x: number, y: number, more: Readonly<Record<string, string | number>> = {}): SVGElement {
  const element = make('text', { x, y, ...more })
  element.textContent = words
  return element
}

function short(words: string, most: number): string {
  return words.length <= most ? words : `${words.slice(0, most - 1)}…`
}

/** Lines of at most so many letters; a word longer than a line is broken. */
function wrapped(words: string, most: number): string[] {
  const lines: string[] = []
  for (const word of words
    .trim()
    .split(/\s+/)
    .flatMap((word) => word.match(new RegExp(`.{1,${most}}`, 'gu')) ?? [])) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
