/** The marks of arms: drawn around the origin, alike in lists, in pictures and in files. */

type Corners = readonly (readonly [number, number])[]

/** Corners in a box from about -1 to 1, y downwards. */
const SHAPES = {
  circle: polygon(24, 0.95),
  bar: [
    [-0.45, -1.3],
    [0.45, -1.3],
    [0.45, 1.3],
    [-0.45, 1.3],
  ],
  triangle: polygon(3, 1.25, -Math.PI / 2),
  square: polygon(4, 1.15, Math.PI / 4),
  pentagon: polygon(5, 1.15, -Math.PI / 2),
  hexagon: polygon(6, 1.1),
  octagon: polygon(8, 1.05, Math.PI / 8),
  diamond: polygon(4, 1.3),
  cross: plus(0),
  times: plus(Math.PI / 4),
  wedge: polygon(3, 1.25, Math.PI / 2),
  star: star(),
  hourglass: [
    [-1.1, -1.1],
    [1.1, -1.1],
    [0.25, 0],
    [1.1, 1.1],
    [-1.1, 1.1],
    [-0.25, 0],
  ],
  house: [
    [0, -1.3],
    [1.1, -0.2],
    [0.8, -0.2],
    [0.8, 1.1],
    [-0.8, 1.1],
    [-0.8, -0.2],
    [-1.1, -0.2],
  ],
  arrow: [
    [1.3, 0],
    [0.1, -1.1],
    [0.1, -0.45],
    [-1.2, -0.45],
    [-1.2, 0.45],
    [0.1, 0.45],
    [0.1, 1.1],
  ],
  bow: [
    [-1.2, -1],
    [0, -0.3],
    [1.2, -1],
    [1.2, 1],
    [0, 0.3],
    [-1.2, 1],
  ],
  chevron: [
    [-1.2, -0.6],
    [0, -1.2],
    [1.2, -0.6],
    [1.2, 0.6],
    [0, 0],
    [-1.2, 0.6],
  ],
  stairs: [
    [-1.1, 1.1],
    [-1.1, 0.3],
    [-0.3, 0.3],
    [-0.3, -0.5],
    [0.5, -0.5],
    [0.5, -1.2],
    [1.1, -1.2],
    [1.1, 1.1],
  ],
} as const satisfies Record<string, Corners>

export type SymbolName = keyof typeof SHAPES

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

function polygon(corners: number, radius: number, turn = 0): Corners {
  return Array.from({ length: corners }, (_, corner) => at(radius, turn + (2 * Math.PI * corner) / corners))
}

function star(): Corners {
  return Array.from({ length: 10 }, (_, corner) =>
    at(corner % 2 === 0 ? 1.4 : 0.6, -Math.PI / 2 + (Math.PI * corner) / 5),
  )
}

function plus(turn: number): Corners {
  const corners: Corners = [
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
