import type { Ring } from '../../core/area.ts'
import { locate, signedArea } from '../ring.ts'

/** What a feature's geometry can break of the Mapbox Vector Tile Specification 2.1; section numbers beside the rules. */
export const geometryRules = [
  'command-id', 'command-count', 'command-order', 'command-cut-off', // 4.3.1, 4.3.4
  'line-repeated-point', // 4.3.3.2
  'ring-few-points', 'ring-closed-twice', 'ring-zero-area', 'ring-first-interior', 'ring-hole-outside', // 4.3.3.3, 4.3.4.4
] as const

export type GeometryRule = typeof geometryRules[number]

type Report = (rule: GeometryRule, detail: string) => void

const moveTo = 1
const lineTo = 2
const closePath = 7

/** Follows the command integers of one feature (MVT 2.1, section 4.3) and reports every rule they break. */
export function checkGeometry (integers: readonly number[], type: 1 | 2 | 3, report: Report): void {
  const commands = readCommands(integers, report)
  if (!commands) return
  switch (type) {
    case 1: return checkPoints(commands, report)
    case 2: return checkLines(commands, report)
    case 3: return checkPolygons(commands, report)
  }
}

interface Command {
  readonly id: number
  /** Positions after each step, flat `[x, y, …]`; none for ClosePath. */
  readonly points: readonly number[]
}

/** Undefined, with a report, where the integers cannot be followed. */
function readCommands (integers: readonly number[], report: Report): Command[] | undefined {
  const commands: Command[] = []
  let [x, y] = [0, 0]
  for (let at = 0; at < integers.length;) {
    const [id, count] = [integers[at]! & 7, integers[at]! >>> 3]
    const fault = commandFault(id, count, integers.length - at - 1)
    if (fault) {
      report(fault, `command ${id} with count ${count}`)
      return undefined
    }
    const points: number[] = []
    const end = at + 1 + (id === closePath ? 0 : 2 * count)
    for (at++; at < end; at += 2) {
      const [dx, dy] = [unzigzag(integers[at]!), unzigzag(integers[at + 1]!)]
      if (id === lineTo && dx === 0 && dy === 0) report('line-repeated-point', `at ${x}, ${y}`)
      x += dx
      y += dy
      points.push(x, y)
    }
    commands.push({ id, points })
  }
  return commands
}

function commandFault (id: number, count: number, integersLeft: number): GeometryRule | undefined {
  if (id !== moveTo && id !== lineTo && id !== closePath) return 'command-id'
  if (count === 0 || (id === closePath && count !== 1)) return 'command-count'
  return id !== closePath && 2 * count > integersLeft ? 'command-cut-off' : undefined
}

function unzigzag (integer: number): number {
  return integer % 2 === 0 ? integer / 2 : -(integer + 1) / 2
}

function checkPoints (commands: readonly Command[], report: Report): void {
  if (commands.length !== 1 || commands[0]!.id !== moveTo) report('command-order', `points as ${describe(commands)}`)
}

function checkLines (commands: readonly Command[], report: Report): void {
  for (let i = 0; i < commands.length; i += 2) {
    const line = commands.slice(i, i + 2)
    if (line[0]!.id !== moveTo || line[0]!.points.length !== 2 || line[1]?.id !== lineTo) return report('command-order', `line as ${describe(line)}`)
  }
}

function checkPolygons (commands: readonly Command[], report: Report): void {
  let outer: Ring | undefined
  for (let i = 0; i < commands.length; i += 3) {
    const [start, line, end] = commands.slice(i, i + 3)
    if (start?.id !== moveTo || start.points.length !== 2 || line?.id !== lineTo || end?.id !== closePath) {
      return report('command-order', `ring as ${describe(commands.slice(i, i + 3))}`)
    }
    outer = checkRing([...start.points, ...line.points, ...start.points], outer, report)
  }
}

/** The outer ring that the next hole belongs to. */
function checkRing (ring: Ring, outer: Ring | undefined, report: Report): Ring | undefined {
  const place = `ring at ${ring[0]}, ${ring[1]}`
  const distinct = new Set<string>()
  for (let i = 0; i < ring.length; i += 2) distinct.add(`${ring[i]} ${ring[i + 1]}`)
  if (ring.at(-4) === ring[0] && ring.at(-3) === ring[1]) report('ring-closed-twice', place)
  if (distinct.size < 3) {
    report('ring-few-points', `${place} with ${distinct.size} points`)
    return outer
  }
  const area = signedArea(ring)
  if (area === 0) report('ring-zero-area', place)
  if (area > 0) return ring
  if (!outer) report('ring-first-interior', place)
  else if (sticksOut(ring, outer)) report('ring-hole-outside', place)
  return outer
}

function sticksOut (hole: Ring, outer: Ring): boolean {
  for (let i = 0; i < hole.length; i += 2) {
    if (locate([hole[i]!, hole[i + 1]!], outer) === -1) return true
  }
  return false
}

function describe (commands: readonly Command[]): string {
  const names: Readonly<Record<number, string>> = { [moveTo]: 'MoveTo', [lineTo]: 'LineTo', [closePath]: 'ClosePath' }
  return commands.map(({ id, points }) => `${names[id]}(${id === closePath ? 1 : points.length / 2})`).join(' ') || 'nothing'
}
