import { formats } from './corpus.ts'
import { attempt } from './attempt.ts'

/** What the child is asked: damaged files of a format, from one seed on. */
export interface Order {
  readonly format: string
  readonly firstSeed: number
  readonly count: number
}

/** What the child says before each file, after one with a finding, and at the end of an order. */
export type Report =
  | { readonly kind: 'start', readonly seed: number }
  | { readonly kind: 'finding', readonly seed: number, readonly message: string }
  | { readonly kind: 'done', readonly read: number, readonly refused: number, readonly peakMegabytes: number }

/** Beyond this a reader takes more than an office computer can spare (issue: never more than 1 GB). */
const maxMegabytes = 1024

const folder = process.argv[2]!

// What work itself does wrong must end the child with an error, not be swallowed.
process.on('message', (order: Order) => { work(order).catch(error => { throw error }) })

async function work ({ format: name, firstSeed, count }: Order): Promise<void> {
  const format = formats.find(other => other.name === name)!
  const counts = { read: 0, refused: 0 }
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    tell({ kind: 'start', seed })
    const before = megabytes()
    const outcome = await attempt(format, seed, folder)
    if (outcome.kind === 'finding') tell({ kind: 'finding', seed, message: outcome.message })
    else counts[outcome.kind]++
    if (megabytes() > maxMegabytes && before <= maxMegabytes) tell({ kind: 'finding', seed, message: `${megabytes()} MB of memory` })
  }
  tell({ kind: 'done', ...counts, peakMegabytes: megabytes() })
}

function megabytes (): number {
  return Math.round(process.resourceUsage().maxRSS / 1024)
}

function tell (report: Report): void {
  process.send!(report)
}
