/** Makes the icons of the page: one drawing, a rising path, as SVG and, for devices that it is installed on, as PNG. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { crc32, deflateSync } from 'node:zlib'

type Point = readonly [x: number, y: number]
type Colour = readonly [red: number, green: number, blue: number, alpha: number]

/** The drawing, in a square of 32. */
const SIDE = 32
const CORNER = 7
const GROUND = '#0b62b4'
const PATH: readonly Point[] = [
  [6, 24],
  [13, 18],
  [18, 20],
  [26, 8],
]
const HALF_LINE = 1.5
const END = { centre: PATH.at(-1) ?? [26, 8], radius: 3 } as const

/** Samples along each side of a pixel. */
const SAMPLES = 4
/** Of what a system cuts to a form of its own only the middle is sure to be seen. */
const SURE = 0.72

export function iconSvg(): string {
  const line = PATH.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('')
  const [x, y] = END.centre
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}"><title>RRO Lab</title>`,
    `<rect width="${SIDE}" height="${SIDE}" rx="${CORNER}" fill="${GROUND}"/>`,
    `<path d="${line}" fill="none" stroke="#fff" stroke-width="${2 * HALF_LINE}" stroke-linecap="round" stroke-linejoin="round"/>`,
    `<circle cx="${x}" cy="${y}" r="${END.radius}" fill="#fff"/></svg>\n`,
  ].join('')
}

/** @param whole whether the ground fills the square, for systems that cut it themselves */
export function iconPng(size: number, whole = false): Buffer {
  const rows = Buffer.alloc(size * (1 + 4 * size)) // each row begins with its filter: none
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) rows.set(pixel(x, y, size, whole), y * (1 + 4 * size) + 1 + 4 * x)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.set([8, 6], 8) // eight bits each of red, green, blue, alpha
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND')])
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'ascii'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}

/** The mean of its samples. */
function pixel(x: number, y: number, size: number, whole: boolean): Colour {
  let [ground, drawn] = [0, 0]
  for (let i = 0; i < SAMPLES ** 2; i++) {
    const at = (pixel: number, sample: number): number => ((pixel + (sample + 0.5) / SAMPLES) / size) * SIDE
    const point: Point = [at(x, i % SAMPLES), at(y, Math.floor(i / SAMPLES))]
    if (isDrawn(whole ? shrunk(point) : point)) drawn++
    else if (whole || isGround(point)) ground++
  }
  const seen = ground + drawn
  const mixed = (channel: number): number => {
    const colour = Number.parseInt(GROUND.slice(1 + 2 * channel, 3 + 2 * channel), 16)
    return seen === 0 ? 0 : Math.round((ground * colour + drawn * 255) / seen)
  }
  return [mixed(0), mixed(1), mixed(2), Math.round((255 * seen) / SAMPLES ** 2)]
}

function shrunk([x, y]: Point): Point {
  const middle = SIDE / 2
  return [middle + (x - middle) / SURE, middle + (y - middle) / SURE]
}

function isGround([x, y]: Point): boolean {
  const into = (at: number): number => Math.max(CORNER - at, at - (SIDE - CORNER), 0)
  return Math.hypot(into(x), into(y)) <= CORNER
}

function isDrawn(point: Point): boolean {
  if (Math.hypot(point[0] - END.centre[0], point[1] - END.centre[1]) <= END.radius) return true
  return PATH.some((to, i) => i > 0 && distance(point, PATH[i - 1] ?? to, to) <= HALF_LINE)
}

/** From a point to a line between two others. */
function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - ax - along * dx, y - ay - along * dy)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL('../../../public/', import.meta.url)
  writeFileSync(new URL('icon.svg', folder), iconSvg())
  for (const size of [192, 512]) writeFileSync(new URL(`icon-${size}.png`, folder), iconPng(size))
  writeFileSync(new URL('icon-whole-512.png', folder), iconPng(512, true))
}
