/**
 * Two area systems that cut each other: how many live in each intersection (atom) is not held, but
 * the atoms add up to the areas on both sides. Whole numbers that do so are found as a flow from
 * the areas of the one side to those of the other.
 */
export interface Transport {
  /** Whole numbers; both sides have the same sum. */
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  readonly arcs: readonly Arc[]
}

export interface Arc {
  readonly row: number
  readonly column: number
  /** Part of the row that lies in the column by surface, 0–1; a first guess only. */
  readonly share: number
}

/** One whole number per arc, close to what the surface suggests; `undefined` where none fit both sides. */
export function findFlow (transport: Transport): number[] | undefined {
  const { rows, columns, arcs } = transport
  if (sum(rows) !== sum(columns)) return undefined
  const [openRows, openColumns] = [rows.slice(), columns.slice()]
  const flow = arcs.map(({ row, column, share }) => {
    const amount = Math.max(0, Math.min(Math.floor(rows[row]! * share), openRows[row]!, openColumns[column]!))
    openRows[row]! -= amount
    openColumns[column]! -= amount
    return amount
  })
  const network = connect(transport)
  for (let row = 0; row < rows.length; row++) {
    while (openRows[row]! > 0) {
      const path = findPath(network, flow, { row }, node => node.column !== undefined && openColumns[node.column]! > 0)
      if (!path) return undefined
      const end = arcs[path.at(-1)!.arc]!.column
      const amount = Math.min(openRows[row]!, openColumns[end]!, capacityOf(path, flow))
      push(path, flow, amount)
      openRows[row]! -= amount
      openColumns[end]! -= amount
    }
  }
  return flow
}

/**
 * Lowest and highest number an atom can have as long as both sides keep theirs; exact up to
 * `limit`, above which it stops looking.
 */
export function rangeOfAtom (transport: Transport, flow: readonly number[], arc: number, limit: number): [lowest: number, highest: number] {
  const network = connect(transport)
  const { row, column } = transport.arcs[arc]!
  const upward = flow.slice()
  while (upward[arc]! < limit) {
    // More through this arc comes back from its column to its row on another way.
    const path = findPath(network, upward, { column }, node => node.row === row, arc)
    if (!path) break
    const amount = Math.min(limit - upward[arc]!, capacityOf(path, upward))
    push(path, upward, amount)
    upward[arc]! += amount
  }
  const downward = flow.slice()
  while (downward[arc]! > 0) {
    const path = findPath(network, downward, { row }, node => node.column === column, arc)
    if (!path) break
    const amount = Math.min(downward[arc]!, capacityOf(path, downward))
    push(path, downward, amount)
    downward[arc]! -= amount
  }
  return [downward[arc]!, upward[arc]!]
}

interface Node { readonly row?: number, readonly column?: number }
interface Step { readonly arc: number, readonly sign: 1 | -1 }
interface Network { readonly arcs: readonly Arc[], readonly ofRow: readonly number[][], readonly ofColumn: readonly number[][] }

function connect ({ rows, columns, arcs }: Transport): Network {
  const [ofRow, ofColumn] = [rows.map((): number[] => []), columns.map((): number[] => [])]
  arcs.forEach(({ row, column }, arc) => {
    ofRow[row]!.push(arc)
    ofColumn[column]!.push(arc)
  })
  return { arcs, ofRow, ofColumn }
}

/** Shortest way to an end: forward along any arc, backward where something flows. */
function findPath ({ arcs, ofRow, ofColumn }: Network, flow: readonly number[], start: Node, isEnd: (node: Node) => boolean, without = -1): Step[] | undefined {
  const name = ({ row, column }: Node) => row ?? ofRow.length + column!
  const cameBy = new Map<number, { readonly step: Step, readonly from: Node } | null>([[name(start), null]])
  const waiting: Node[] = [start]
  for (let next = 0; next < waiting.length; next++) {
    const node = waiting[next]!
    if (next > 0 && isEnd(node)) return trace(cameBy, name, node)
    for (const arc of node.row === undefined ? ofColumn[node.column!]! : ofRow[node.row]!) {
      if (arc === without || (node.row === undefined && flow[arc] === 0)) continue
      const to: Node = node.row === undefined ? { row: arcs[arc]!.row } : { column: arcs[arc]!.column }
      if (cameBy.has(name(to))) continue
      cameBy.set(name(to), { step: { arc, sign: node.row === undefined ? -1 : 1 }, from: node })
      waiting.push(to)
    }
  }
  return undefined
}

function trace (cameBy: ReadonlyMap<number, { readonly step: Step, readonly from: Node } | null>, name: (node: Node) => number, end: Node): Step[] {
  const path: Step[] = []
  for (let arrival = cameBy.get(name(end)); arrival; arrival = cameBy.get(name(arrival.from))) path.unshift(arrival.step)
  return path
}

function capacityOf (path: readonly Step[], flow: readonly number[]): number {
  return Math.min(...path.map(({ arc, sign }) => sign === 1 ? Infinity : flow[arc]!))
}

function push (path: readonly Step[], flow: number[], amount: number): void {
  for (const { arc, sign } of path) flow[arc]! += sign * amount
}

function sum (numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0)
}
