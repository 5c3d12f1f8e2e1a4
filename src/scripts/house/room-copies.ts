/** The table of rooms in the two forms that are kept elsewhere: rules of the linter, a table in the README. */
import { ROOMS, type Room } from './rooms.ts'

interface Override {
  readonly includes: readonly string[]
  readonly linter: { readonly rules: { readonly style: { readonly noRestrictedImports: unknown } } }
}

/** For Biome's `extends`: what each room, and each place inside one, may not import. */
export function linterRules(): { readonly overrides: readonly Override[] } {
  return { overrides: ROOMS.flatMap((room) => [override(room), ...(room.inside ?? []).flatMap(innerOverrides(room))]) }
}

/** The README with the tree of rooms, and who may import whom, made anew between the two marks. */
export function readmeWithRooms(readme: string): string {
  const [before, after] = [readme.indexOf(START), readme.indexOf(END)]
  if (before < 0 || after < before) throw new Error(`README.md lacks the marks ${START} and ${END}`)
  return `${readme.slice(0, before + START.length)}\n\n${tree()}\n\n${table()}\n\n${readme.slice(after)}`
}

const START = '<!-- rooms: written by npm run house -->'
const END = '<!-- end of rooms -->'
const COLUMN = 20

/** A line for each room, and one for what stands inside it, the ground first. */
function tree(): string {
  const lines = ROOMS.flatMap(({ name, holds, inside }) => [
    `src/${name}/`.padEnd(COLUMN) + holds,
    ...(inside === undefined ? [] : [' '.repeat(COLUMN) + inside.map((place) => place.join(', ')).join(' <- ')]),
  ])
  return ['```', ...lines, '```'].join('\n')
}

function table(): string {
  const rows = ROOMS.map(({ name, may }) => {
    const others = may.length === 0 ? 'nothing' : may.map((other) => `\`${other}\``).join(', ')
    return `| \`${name}\` | ${others} |`
  })
  return ['| room | may import |', '| --- | --- |', ...rows].join('\n')
}

function override(room: Room): Override {
  return restricted(`src/${room.name}/**`, forbiddenRooms(room))
}

/** An override takes the place of an earlier one, so that the rules of the whole room are in it, too. */
function innerOverrides(room: Room) {
  return (place: readonly string[], index: number): Override[] => {
    const places = room.inside ?? []
    return place.map((part) => {
      const beside = place.filter((other) => other !== part)
      const forbidden = [...beside, ...places.slice(index + 1).flat()].filter((other) => !other.includes('*'))
      // Another room may have a place of the same name.
      const elsewhere = ROOMS.filter(({ name }) => name !== room.name).map(({ name }) => `!**/${name}/**`)
      const patterns = [
        ...forbidden.map((other) => (other.endsWith('.ts') ? `**/${other}` : `**/${other}/**`)),
        ...elsewhere,
      ]
      const message = `src/${room.name}/${part} stands below ${forbidden.join(', ')}; see the table of rooms in README.md.`
      const inner = forbidden.length === 0 ? [] : [{ group: patterns, message }]
      const includes = part.endsWith('.ts') ? `src/${room.name}/${part}` : `src/${room.name}/${part}/**`
      return restricted(includes, [...forbiddenRooms(room), ...inner])
    })
  }
}

interface Pattern {
  readonly group: readonly string[]
  readonly message: string
}

function forbiddenRooms({ name, may }: Room): Pattern[] {
  const group = ROOMS.flatMap((other) => {
    if (other.name === name || may.includes(other.name)) return []
    const faces = may.filter((allowed) => allowed.startsWith(`${other.name}/`))
    return [`**/${other.name}/**`, ...faces.map((face) => (face.endsWith('.ts') ? `!**/${face}` : `!**/${face}/**`))]
  })
  return group.length === 0
    ? []
    : [{ group, message: `src/${name} may not know this room; see the table of rooms in README.md.` }]
}

function restricted(includes: string, patterns: readonly Pattern[]): Override {
  const noRestrictedImports = { level: 'error', options: { patterns } }
  return { includes: [includes], linter: { rules: { style: { noRestrictedImports } } } }
}
