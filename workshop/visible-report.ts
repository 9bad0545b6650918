import { createHash } from 'node:crypto'

/** What stays visible, as the last check wrote it down: numbers of cells and names. */
export interface VisibleReport {
  readonly rows: ReadonlyArray<{ readonly indicator: string, readonly level: string, readonly printed: number, readonly suppressed: number, readonly withheld: number }>
  readonly families: ReadonlyArray<{
    readonly indicators: readonly string[]
    readonly labels: readonly string[]
    readonly printed: number
    readonly cells: number
    readonly ways: readonly VisibleWay[]
  }>
}

export interface VisibleWay {
  /** Names a way in a form; that of another report is another one. */
  readonly key: string
  readonly remedy: string
  readonly facts: Readonly<Record<string, string | number>>
  readonly sentence: string
}

/** Undefined where nothing was checked, or by a program whose report had another form. */
export function readVisibleReport (report: unknown): VisibleReport | undefined {
  const { format, rows, families } = (report ?? {}) as { readonly format?: unknown } & Partial<VisibleReport>
  if (format !== 1 || !Array.isArray(rows) || !Array.isArray(families)) return undefined
  return {
    rows: rows as VisibleReport['rows'],
    families: (families as VisibleReport['families']).map(family => ({ ...family, ways: family.ways.map(way => ({ ...way, key: keyOf(family.indicators, way) })) })),
  }
}

function keyOf (indicators: readonly string[], { remedy, facts, sentence }: Omit<VisibleWay, 'key'>): string {
  return createHash('sha256').update(JSON.stringify([indicators, remedy, facts, sentence])).digest('hex').slice(0, 16)
}
