import type { LayerInspection, TableInspection } from '../recognise/inspection.ts'
import { withoutUmlauts } from '../recognise/words.ts'
import { stemOf, yearsOf } from '../update/name.ts'
import { nameLevel } from './level-names.ts'
import type { Guessed, LeftOut, PlannedLevel, ScaffoldPlan } from './plan.ts'
import { freeId } from './slug.ts'

interface LevelsPlan {
  readonly levels: readonly PlannedLevel[]
  readonly context: ScaffoldPlan['context']
  readonly leftOut: readonly LeftOut[]
  readonly municipality: Guessed<string>
}

/** Layers that tables speak of become levels, with those whose keys theirs begin with; water, neighbours and outlines become background. */
export function planLevels (layers: readonly LayerInspection[], tables: readonly TableInspection[], folderName: string): LevelsPlan {
  const used = new Set(tables.flatMap(({ area }) => area === null ? [] : [area.layer, ...area.others]))
  const polygons = layers.filter(({ geometry, keys }) => geometry === 'polygon' && keys.length > 0)
  const above = polygons.filter(layer => !used.has(layer.file) && polygons.some(lower => used.has(lower.file) && nesting(lower, layer) !== undefined))
  const chosen = polygons.filter(layer => used.has(layer.file) || above.includes(layer))
  const levels = nameAll(chosen.map(layer => planLevel(layer, tables, chosen)))
  const context = layers.filter(layer => !chosen.includes(layer)).flatMap(layer => contextOf(layer))
  const rest = layers.filter(layer => !chosen.includes(layer) && !context.some(({ file }) => file === layer.file))
  return { levels: withParents(levels, chosen).toSorted(currentFirst), context, leftOut: rest.map(leaveOut), municipality: nameTown(layers, context, folderName) }
}

/** The first level is the one shown when nothing is asked for: today's boundaries, the small ones. */
function currentFirst (a: PlannedLevel, b: PlannedLevel): number {
  return Number(a.validTo !== null) - Number(b.validTo !== null) || b.count - a.count
}

interface Draft extends Omit<PlannedLevel, 'id' | 'system' | 'validTo' | 'parent'> { readonly stem: string, readonly year: number | undefined, readonly wish: string }

function planLevel (layer: LayerInspection, tables: readonly TableInspection[], chosen: readonly LayerInspection[]): Draft {
  const joined = tables.flatMap(({ area, period }) => area !== null && [area.layer, ...area.others].includes(layer.file) ? [{ area, period }] : [])
  // Several tables may read the keys in different ways; most of them decide.
  const key = mostFrequent(joined.map(({ area }) => `${area.key.column}\t${area.key.prefix}`))
  const chosenKey = layer.keys.find(({ column, prefix }) => `${column}\t${prefix}` === key) ?? layer.keys[0]!
  const years = joined.flatMap(({ period }) => period === null ? [] : [period.periods[0]!.slice(0, 4)]).toSorted()
  const [year] = yearsOf(layer.file)
  const name = layer.names[0] ?? { column: chosenKey.column, extract: null }
  const isVintage = year !== undefined && chosen.some(other => other !== layer && stemOf(other.file) === stemOf(layer.file))
  const first = years[0] ?? '2000'
  const { id, label, labelPlural, evidence } = nameLevel(layer.file)
  return {
    stem: stemOf(layer.file),
    year: isVintage ? year : undefined,
    wish: id,
    label: { value: label, evidence },
    labelPlural,
    validFrom: isVintage
      ? { value: `${year}-01-01`, evidence: `Jahr im Dateinamen (${year}); der Gebietsstand gilt ab diesem Tag` }
      : { value: `${first}-01-01`, evidence: years.length > 0 ? `die ältesten Zahlen zu dieser Ebene sind von ${first}; seit wann die Grenzen gelten, steht nicht in der Datei` : 'seit wann die Grenzen gelten, steht nicht in der Datei' },
    file: layer.file,
    count: layer.count,
    key: { column: chosenKey.column, prefix: chosenKey.prefix },
    keys: chosenKey.keys,
    name: { column: name.column, extract: name.extract },
  }
}

/** Vintages of one system follow each other: the newest has the plain id, an older one ends when the next begins. */
function nameAll (drafts: readonly Draft[]): PlannedLevel[] {
  const taken = new Set<string>(['stadt'])
  return drafts.map(draft => {
    const { stem, year, wish, ...level } = draft
    const [ended, next0] = [endOf(draft), Math.max(0, ...drafts.filter(other => other.wish === wish).map(other => endOf(other) ?? 0)) + 1]
    if (ended !== undefined) {
      const id = freeId(`${wish}-${ended}`, taken)
      taken.add(id)
      return { ...level, id, system: wish, validTo: `${ended}-12-31`, parent: null }
    }
    if (next0 > 1 && year === undefined) {
      taken.add(wish)
      return { ...level, id: wish, system: wish, validFrom: { value: `${next0}-01-01`, evidence: `die anderen Grenzen gelten bis ${next0 - 1}` }, validTo: null, parent: null }
    }
    const later = drafts.filter(other => other.stem === stem && year !== undefined && other.year !== undefined && other.year > year)
    const next = Math.min(...later.map(({ year }) => year!))
    const earliest = drafts.every(other => other.stem !== stem || other.year === undefined || other.year >= (year ?? 0))
    const id = freeId(later.length === 0 ? wish : `${wish}-${year}`, taken)
    taken.add(id)
    const validFrom = earliest && later.length > 0
      ? { value: '2000-01-01', evidence: 'der älteste Gebietsstand im Ordner; seit wann er gilt, steht nicht in der Datei' }
      : level.validFrom
    return { ...level, id, system: wish, validFrom, validTo: later.length === 0 ? null : `${next - 1}-12-31`, parent: null }
  })
}

/** The year up to which boundaries hold, where the file name says `bis-2020`. */
function endOf ({ file }: Pick<Draft, 'file'>): number | undefined {
  const year = /(?:bis|until)[-_ ]?(\d{4})/i.exec(file)?.[1]
  return year === undefined ? undefined : Number(year)
}

function withParents (levels: readonly PlannedLevel[], layers: readonly LayerInspection[]): PlannedLevel[] {
  return levels.map(level => {
    const layer = layers.find(({ file }) => file === level.file)!
    const parents = levels.filter(({ file }) => file !== level.file).flatMap(parent => {
      const digits = nesting({ ...layer, keys: [{ ...level.key, keys: level.keys }] }, { ...layers.find(({ file }) => file === parent.file)!, keys: [{ ...parent.key, keys: parent.keys }] })
      return digits === undefined ? [] : [{ id: parent.id, digits }]
    })
    return { ...level, parent: parents.toSorted((a, b) => b.digits - a.digits)[0] ?? null }
  })
}

/** How many characters of a lower key are the key of the area above; undefined where the levels do not nest so. */
function nesting (lower: Pick<LayerInspection, 'keys' | 'count'>, upper: Pick<LayerInspection, 'keys' | 'count'>): number | undefined {
  const [below, above] = [lower.keys[0], upper.keys[0]]
  const digits = above?.keys[0]?.length
  if (!below || !above || digits === undefined || upper.count < 2 || upper.count >= lower.count) return undefined
  const parents = new Set(above.keys)
  const starts = new Set(below.keys.map(key => key.slice(0, digits)))
  const isNested = above.keys.every(key => key.length === digits && starts.has(key)) && below.keys.every(key => key.length > digits && parents.has(key.slice(0, digits)))
  return isNested ? digits : undefined
}

function contextOf (layer: LayerInspection): ScaffoldPlan['context'] {
  const file = withoutUmlauts(layer.file.toLowerCase())
  const kind = /gewaesser|wasser|fluss|fluesse|see|water|river/.test(file)
    ? 'water' as const
    : /nachbar|neighbo/.test(file) ? 'neighbour' as const : /grenze|umriss|outline|boundary/.test(file) && layer.count <= 3 ? 'boundary' as const : undefined
  if (kind === undefined || layer.geometry === 'point' || layer.bounds === null) return []
  return [{ kind, file: layer.file, name: layer.names[0]?.column ?? null }]
}

function leaveOut (layer: LayerInspection): LeftOut {
  if (layer.geometry === 'point') {
    return {
      file: layer.file,
      why: { de: `eine Liste von ${layer.count} Punkten`, en: `a list of ${layer.count} points` },
      next: { de: 'Sind es Einrichtungen, in atlas.yaml unter facilities eintragen.', en: 'If these are facilities, enter them in atlas.yaml under facilities.' },
    }
  }
  return {
    file: layer.file,
    why: { de: `Grenzen von ${layer.count} Gebieten, zu denen keine Tabelle passt`, en: `boundaries of ${layer.count} areas that no table fits` },
    next: { de: 'Kommen noch Tabellen dazu, die Ebene unter levels ergänzen.', en: 'If tables follow, add the level under levels.' },
  }
}

function nameTown (layers: readonly LayerInspection[], context: ScaffoldPlan['context'], folderName: string): Guessed<string> {
  const outline = context.find(({ kind }) => kind === 'boundary')
  const name = layers.find(({ file }) => file === outline?.file)?.names[0]?.names[0]
  if (name !== undefined) return { value: name, evidence: `steht in ${outline!.file}` }
  const words = folderName.replaceAll(/[-_]+/g, ' ').trim()
  return { value: words.charAt(0).toUpperCase() + words.slice(1), evidence: 'Name des Ordners' }
}

function mostFrequent (texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}
