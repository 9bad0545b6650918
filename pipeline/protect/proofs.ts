import type { Certificate, Pattern } from '../../core/certificate.ts'
import { cellState } from '../../core/release.ts'
import type { Terrain } from './neighbourhood.ts'
import type { Movement } from './witness.ts'

/**
 * The pattern while it grows: what is not printed, and which certificate shows what. A demand is
 * 2 · cell (must be able to fall to its lowest required value) or 2 · cell + 1 (to rise to its highest).
 */
export class Proofs {
  /** 1 where a cell is not printed. */
  readonly suppressed: Uint8Array
  /** Certificate per demand, −1 without. */
  readonly proofs: Int32Array
  readonly certificates: Certificate[] = []
  /** 1 where a cell must not be printed again, although no certificate needs it. */
  readonly isKept: Uint8Array
  readonly #terrain: Terrain
  /** Certificates that move a cell; those that show nothing any more are among them. */
  readonly #touching: Array<number[] | undefined>
  /** Demands that a certificate was given for; it may have lost them since. */
  readonly #demands: number[][] = []

  /** Scratch, 0 everywhere. */
  readonly #sums: Float64Array

  constructor (terrain: Terrain) {
    const { states, rules } = terrain.block
    this.#terrain = terrain
    this.suppressed = Uint8Array.from(states, (state, cell) => state === cellState.open ? Number(rules[cell] !== 0) : Number(state !== cellState.known))
    this.isKept = new Uint8Array(states.length)
    this.#sums = new Float64Array(states.length)
    this.proofs = new Int32Array(2 * states.length).fill(-1)
    this.#touching = Array.from({ length: states.length })
  }

  isOpen (demand: number): boolean {
    return this.#terrain.targets[demand]! > 0 && this.proofs[demand]! < 0
  }

  /** How far the cell of a demand must move, downwards below 0. */
  shiftOf (demand: number): number {
    const target = this.#terrain.targets[demand]!
    return (demand & 1) === 0 ? -target : target
  }

  /**
   * Suppresses what a movement moves and stores it, and its multiples, as proof of every open demand
   * that they meet.
   */
  accept (movement: Movement): void {
    const { cells, shifts, count } = movement
    for (let i = 0; i < count; i++) this.suppressed[cells[i]!] = 1
    const unit = commonDivisor(movement)
    const range = this.#multiples(movement, unit)
    const made = new Map<number, number>()
    for (let i = 0; i < count; i++) {
      for (let demand = 2 * cells[i]!; demand <= 2 * cells[i]! + 1; demand++) {
        if (!this.isOpen(demand)) continue
        const factor = factorFor(this.shiftOf(demand), shifts[i]! / unit, unit)
        if (factor < range.least || factor > range.most) continue
        const certificate = made.get(factor) ?? this.store(toCertificate(movement, factor / unit))
        made.set(factor, certificate)
        this.assign(demand, certificate)
      }
    }
  }

  /** Suppresses for good what a movement moves, although it goes less far than it should. */
  keep (movement: Movement): void {
    this.accept(movement)
    for (let i = 0; i < movement.count; i++) this.isKept[movement.cells[i]!] = 1
  }

  /** @returns the position of the certificate */
  store (certificate: Certificate): number {
    const position = this.certificates.push(certificate) - 1
    this.#demands.push([])
    for (const cell of certificate.cells) {
      const touching = this.#touching[cell]
      if (touching) touching.push(position)
      else this.#touching[cell] = [position]
    }
    return position
  }

  assign (demand: number, certificate: number): void {
    this.proofs[demand] = certificate
    this.#demands[certificate]!.push(demand)
  }

  /** The demands whose proof moves a cell, those first for which it was suppressed. */
  listDemands (cell: number): number[] {
    return (this.#touching[cell] ?? []).flatMap(certificate => this.#demands[certificate]!.filter(demand => this.proofs[demand] === certificate))
  }

  /** A stored certificate that meets a demand and leaves a cell where it is, all else not printed; or −1. */
  findWithout (demand: number, banned: number): number {
    for (const position of this.#touching[demand >> 1] ?? []) {
      if (this.meets(this.certificates[position]!, demand) && this.isUsable(this.certificates[position]!, banned)) return position
    }
    return -1
  }

  /** Whether a stored certificate moves a cell and leaves another one where it is, all else not printed. */
  canMoveWithout (cell: number, banned: number): boolean {
    return (this.#touching[cell] ?? []).some(position => this.isUsable(this.certificates[position]!, banned))
  }

  /** What the reader loses by suppressing what a movement needs. */
  priceOf ({ cells, count }: Movement): number {
    let price = 0
    for (let i = 0; i < count; i++) if (this.suppressed[cells[i]!] === 0) price += this.#terrain.block.weights[cells[i]!]!
    return price
  }

  /** The weight of the most valuable cell that a movement needs and that is still printed. */
  dearestOf ({ cells, count }: Movement): number {
    let dearest = 0
    for (let i = 0; i < count; i++) if (this.suppressed[cells[i]!] === 0) dearest = Math.max(dearest, this.#terrain.block.weights[cells[i]!]!)
    return dearest
  }

  meets ({ cells, shifts }: Certificate, demand: number): boolean {
    const shift = shifts[cells.indexOf(demand >> 1)] ?? 0
    return (demand & 1) === 0 ? shift <= this.shiftOf(demand) : shift >= this.shiftOf(demand)
  }

  /**
   * A certificate and as much of a detour as takes a cell back to its true value.
   *
   * @returns `undefined` where that breaks a bound or does not meet the demand any more
   */
  addDetour ({ cells, shifts }: Certificate, detour: Movement, cell: number, demand: number): Certificate | undefined {
    const { fall, rise } = this.#terrain
    const sums = this.#sums
    const back = detour.shifts[detour.cells.indexOf(cell)]!
    const factor = -shifts[cells.indexOf(cell)]! / back
    for (let i = 0; i < cells.length; i++) sums[cells[i]!] = shifts[i]!
    for (let i = 0; i < detour.count; i++) sums[detour.cells[i]!]! += factor * detour.shifts[i]!
    const moved: number[] = []
    const movedBy: number[] = []
    let isValid = true
    for (let i = 0; i < cells.length + detour.count; i++) {
      const at = i < cells.length ? cells[i]! : detour.cells[i - cells.length]!
      const shift = sums[at]!
      sums[at] = 0
      if (shift === 0) continue
      if (shift > rise[at]! || -shift > fall[at]! || !Number.isInteger(shift)) isValid = false
      moved.push(at)
      movedBy.push(shift)
    }
    if (!isValid) return undefined
    const certificate = { cells: Int32Array.from(moved), shifts: Int32Array.from(movedBy) }
    return this.meets(certificate, demand) ? certificate : undefined
  }

  isUsable ({ cells }: Certificate, banned: number): boolean {
    for (const cell of cells) if (cell === banned || this.suppressed[cell] === 0) return false
    return true
  }

  /** The multiple of a movement that meets a demand, or `undefined`. */
  multipleFor (movement: Movement, demand: number): Certificate | undefined {
    const place = movement.cells.subarray(0, movement.count).indexOf(demand >> 1)
    if (place < 0) return undefined
    const unit = commonDivisor(movement)
    const { least, most } = this.#multiples(movement, unit)
    const factor = factorFor(this.shiftOf(demand), movement.shifts[place]! / unit, unit)
    return factor < least || factor > most ? undefined : toCertificate(movement, factor / unit)
  }

  /** How often the smallest whole part of a movement can be made, backwards below 0. */
  #multiples ({ cells, shifts, count }: Movement, unit: number): { least: number, most: number } {
    const { fall, rise } = this.#terrain
    let least = -Infinity
    let most = Infinity
    for (let i = 0; i < count; i++) {
      const step = shifts[i]! / unit
      const [up, down] = step > 0 ? [rise[cells[i]!]! / step, fall[cells[i]!]! / step] : [fall[cells[i]!]! / -step, rise[cells[i]!]! / -step]
      if (up < most) most = up
      if (-down > least) least = -down
    }
    return { least: Math.ceil(least), most: Math.floor(most) }
  }

  /** Only what proves something is handed out, in order of the cells. */
  toPattern (): Pattern {
    const { states, rules } = this.#terrain.block
    const used = new Map<number, number>()
    const certificates: Certificate[] = []
    const proofs = this.proofs.map(position => {
      if (position < 0) return -1
      const known = used.get(position)
      if (known !== undefined) return known
      used.set(position, certificates.length)
      return certificates.push(this.certificates[position]!) - 1
    })
    const unprotected: number[] = []
    for (let cell = 0; cell < states.length; cell++) if (rules[cell] !== 0 && (this.isOpen(2 * cell) || this.isOpen(2 * cell + 1))) unprotected.push(cell)
    return { printed: this.suppressed.map(isSuppressed => 1 - isSuppressed), certificates, proofs, unprotected: Int32Array.from(unprotected) }
  }
}

/** How often a step must be made until it reaches a shift, but rather as often as it was found. */
function factorFor (shift: number, step: number, found: number): number {
  const factor = Math.ceil(shift / step)
  const needed = shift / step < 0 ? -Math.ceil(-shift / step) : factor
  return needed > 0 && needed <= found ? found : needed
}

function commonDivisor ({ shifts, count }: Movement): number {
  let divisor = 0
  for (let i = 0; i < count && divisor !== 1; i++) {
    let rest = Math.abs(shifts[i]!)
    while (rest > 0) [divisor, rest] = [rest, divisor % rest]
  }
  return divisor
}

function toCertificate ({ cells, shifts, count }: Movement, factor: number): Certificate {
  return { cells: cells.slice(0, count), shifts: Int32Array.from(shifts.subarray(0, count), shift => Math.round(shift * factor)) }
}
