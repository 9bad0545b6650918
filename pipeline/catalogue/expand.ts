import { problem, type Problem } from '../../core/problem.ts'
import { findEntry, listOperands, readCatalogue, type CatalogueEntry } from './catalogue.ts'
import { guess, type Locate } from '../project-file/parse.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * Fills in what `indicators: [{ use: youth-ratio }]` takes from the catalogue, before anybody checks the file; an entry's own keys go
 * before those of the catalogue, and themes that only the catalogue knows are added. `root` is the file as it was parsed, of any shape:
 * what is no entry stays as it is, for the schema to complain about.
 */
export function expandCatalogue (root: unknown, locate: Locate): { value: unknown, problems: Problem[] } {
  const indicators = fieldsOf(root)?.indicators
  if (!Array.isArray(indicators) || !indicators.some(entry => fieldsOf(entry)?.use !== undefined)) return { value: root, problems: [] }
  const names = listNames(indicators)
  const expanded = indicators.map((entry: unknown, index) => {
    const own = fieldsOf(entry)
    return own?.use === undefined ? { entry, problems: [] } : expandEntry(own, names, place => locate(['indicators', index, ...place]))
  })
  const entries = expanded.map(({ entry }) => entry)
  return {
    value: { ...fieldsOf(root), indicators: entries, themes: withThemes(fieldsOf(root)?.themes, indicators, entries) },
    problems: expanded.flatMap(({ problems }) => problems),
  }
}

function fieldsOf (value: unknown): Fields | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value as Fields : undefined
}

/** Ids of all indicators of the file, and under which id an entry of the catalogue is used. */
interface Names { readonly ids: ReadonlySet<string>, readonly usedAs: ReadonlyMap<string, string> }

function listNames (indicators: readonly unknown[]): Names {
  const ids = new Set<string>()
  const usedAs = new Map<string, string>()
  for (const entry of indicators) {
    const { id, use } = fieldsOf(entry) ?? {}
    const name = typeof id === 'string' ? id : typeof use === 'string' ? use : undefined
    if (name === undefined) continue
    ids.add(name)
    if (typeof use === 'string' && !usedAs.has(use)) usedAs.set(use, name)
  }
  return { ids, usedAs }
}

function expandEntry ({ use, ...own }: Fields, names: Names, placeAt: (path: readonly string[]) => Problem['place']): { entry: Fields, problems: Problem[] } {
  const known = findEntry(String(use))
  if (!known) {
    const all = readCatalogue().indicators.map(({ id }) => id)
    // Stands in for what the catalogue would have said, so that the schema does not complain about each of its keys.
    const filler = { id: 'unknown', theme: readCatalogue().themes[0]!.id, kind: 'count', label: '–', definition: '–', decimals: 0 }
    return { entry: { ...filler, ...own }, problems: [problem('catalogue-unknown-entry', placeAt(['use']), { use: String(use), guess: guess(String(use), all) })] }
  }
  const { id, theme, kind, label, definition, unit, decimals, signed, palette } = known
  const plain = { id, theme, kind, label, definition, unit, decimals, ...(signed !== undefined && { signed }), ...(palette !== undefined && { palette }) }
  // Whoever has only the rate says `kind: measure`.
  const isQuotient = own.kind === undefined || own.kind === 'share' || own.kind === 'ratio'
  const formula = isQuotient ? formulaFields(known, names) : {}
  const entry: Fields = { ...plain, ...formula, ...own }
  return { entry, problems: isQuotient ? operandProblems(known, entry, own, names, placeAt) : [] }
}

/** The formula, its operands under the ids that the project gives them. */
function formulaFields (known: CatalogueEntry, names: Names): Fields {
  const { factor } = known
  const lists = (['numerator', 'minus', 'denominator'] as const).flatMap(key => known[key] === undefined ? [] : [[key, known[key].map(id => nameOf(id, names))] as const])
  return { ...Object.fromEntries(lists), ...(factor !== undefined && { factor }) }
}

function nameOf (id: string, { ids, usedAs }: Names): string {
  return ids.has(id) ? id : usedAs.get(id) ?? id
}

/** A quotient needs its counts; those that nobody declares are named in lines to copy. */
function operandProblems (known: CatalogueEntry, entry: Fields, own: Fields, names: Names, placeAt: (path: readonly string[]) => Problem['place']): Problem[] {
  const fromCatalogue = listOperands({
    ...(own.numerator === undefined && known.numerator && { numerator: known.numerator }),
    ...(own.minus === undefined && known.minus && { minus: known.minus }),
    ...(own.denominator === undefined && known.denominator && { denominator: known.denominator }),
  })
  const missing = fromCatalogue.filter(id => !names.ids.has(nameOf(id, names)))
  if (missing.length === 0) return []
  const lines = missing.map(id => `  - { use: ${id} }`).join('\n')
  return [problem('catalogue-missing-operands', placeAt(['use']), { indicator: String(entry.id), missing: missing.join(', '), yaml: { de: lines, en: lines } })]
}

/** The themes of the file, and behind them those that entries of the catalogue name and only the catalogue knows. */
function withThemes (themes: unknown, before: readonly unknown[], entries: readonly unknown[]): unknown {
  if (themes !== undefined && !Array.isArray(themes)) return themes
  const declared = (themes ?? []) as unknown[]
  const known = new Set(declared.map(theme => fieldsOf(theme)?.id))
  const wanted = new Set(entries.filter((_, index) => fieldsOf(before[index])?.use !== undefined).map(entry => fieldsOf(entry)?.theme))
  const added = readCatalogue().themes.filter(({ id }) => wanted.has(id) && !known.has(id))
  return [...declared, ...added]
}
