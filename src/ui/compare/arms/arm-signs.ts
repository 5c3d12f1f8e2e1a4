/**
 * How an arm looks in every picture, list and table: a colour, a symbol and a dash, by its place in the comparison. No two
 * arms share both symbol and colour, and neighbours differ in all three, so that colour is never the only sign.
 */

/** For a light and for a dark ground; each at least 3:1 against it. */
const COLOURS: readonly (readonly [light: string, dark: string])[] = [
  ['#555b63', '#b7bfc8'],
  ['#b3400e', '#ff9b66'],
  ['#12734a', '#4fd09a'],
  ['#8a2a8f', '#e48ce8'],
  ['#7a5c00', '#e3bd3a'],
  ['#b0164f', '#ff86ad'],
  ['#0b7285', '#54cfe0'],
  ['#5a3fd0', '#aa9bff'],
  ['#0b62b4', '#6fb3ff'],
  ['#4b6b00', '#a8d15c'],
]

/** Corners in a box from -1 to 1. */
const SHAPES = {
  circle: polygon(24, 0.95),
  square: polygon(4, 1.15, Math.PI / 4),
  triangle: polygon(3, 1.25, -Math.PI / 2),
  diamond: polygon(4, 1.25),
  cross: plus(0),
  wedge: polygon(3, 1.25, Math.PI / 2),
  star: star(),
  times: plus(Math.PI / 4),
  hexagon: polygon(6, 1.1),
} as const satisfies Record<string, readonly (readonly [number, number])[]>

export type SymbolName = keyof typeof SHAPES
const SYMBOLS = Object.keys(SHAPES) as readonly SymbolName[]
const DASHES = ['', '7 3', '2 3', '9 3 2 3', '4 2'] as const

export interface ArmSign {
  readonly light: string
  readonly dark: string
  readonly symbol: SymbolName
  /** As `stroke-dasharray`; '' is a line without gaps. */
  readonly dash: string
}

/** @param arm its place in the comparison, from 0 */
export function armSign(arm: number): ArmSign {
  const [light, dark] = COLOURS[arm % COLOURS.length] ?? ['#000', '#fff']
  const symbol = SYMBOLS[arm % SYMBOLS.length] ?? 'circle'
  return { light, dark, symbol, dash: DASHES[arm % DASHES.length] ?? '' }
}

/** The symbol as a path around the origin. @param radius in pixels */
export function symbolPath(symbol: SymbolName, radius: number): string {
  const corners = SHAPES[symbol].map(([x, y]) => `${(x * radius).toFixed(2)},${(y * radius).toFixed(2)}`)
  return `M${corners.join('L')}Z`
}

/** For Plot, which asks a symbol to draw itself with a given area. */
export function plotSymbol(symbol: SymbolName): { draw(context: Pen, area: number): void } {
  return {
    draw(context, area) {
      const radius = Math.sqrt(area / Math.PI)
      SHAPES[symbol].forEach(([x, y], corner) => {
        if (corner === 0) context.moveTo(x * radius, y * radius)
        else context.lineTo(x * radius, y * radius)
      })
      context.closePath()
    },
  }
}

interface Pen {
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  closePath(): void
}

function polygon(corners: number, radius: number, turn = 0): readonly (readonly [number, number])[] {
  return Array.from({ length: corners }, (_, corner) => at(radius, turn + (2 * Math.PI * corner) / corners))
}

function star(): readonly (readonly [number, number])[] {
  return Array.from({ length: 10 }, (_, corner) =>
    at(corner % 2 === 0 ? 1.4 : 0.6, -Math.PI / 2 + (Math.PI * corner) / 5),
  )
}

function plus(turn: number): readonly (readonly [number, number])[] {
  const corners: readonly (readonly [number, number])[] = [
    ...([
      [1.2, 0.4],
      [0.4, 0.4],
      [0.4, 1.2],
      [-0.4, 1.2],
      [-0.4, 0.4],
      [-1.2, 0.4],
    ] as const),
    ...([
      [-1.2, -0.4],
      [-0.4, -0.4],
      [-0.4, -1.2],
      [0.4, -1.2],
      [0.4, -0.4],
      [1.2, -0.4],
    ] as const),
  ]
  return corners.map(([x, y]) => [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)])
}

function at(radius: number, angle: number): readonly [number, number] {
  return [radius * Math.cos(angle), radius * Math.sin(angle)]
}
