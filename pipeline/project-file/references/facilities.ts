import type { Checks } from './checks.ts'
import type { FacilityLayerEntry, ProjectFile } from '../schema.ts'
import { isPersonalHead } from '../../facilities/personal-heads.ts'

/** What the schema cannot say about lists of facilities: that counts exist, and that no column about persons is named. */
export function checkFacilities (check: Checks, file: ProjectFile): void {
  if (file.facilities === undefined) return
  check.unique('facilities', file.facilities)
  file.facilities.forEach((layer, index) => checkLayer(check, layer, index))
}

function checkLayer (check: Checks, layer: FacilityLayerEntry, index: number): void {
  const path = ['facilities', index]
  const { referenceDate, retention, level, counts = {}, attributes = {}, mayBePassedOn } = layer
  check.date([...path, 'referenceDate'], referenceDate)
  if (retention !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(retention)) check.date([...path, 'retention'], retention)
  if (!mayBePassedOn && !check.audiences.includes('internal')) check.report('project-file-not-passed-on', [...path, 'mayBePassedOn'], { delivery: layer.id })
  if (check.file.deliveries.some(({ id }) => id === layer.id)) check.report('project-file-duplicate-id', [...path, 'id'], { value: layer.id, list: 'deliveries' })
  if ((layer.x === undefined) !== (layer.y === undefined)) {
    check.report('project-file-missing-key', path, { key: layer.x === undefined ? 'x' : 'y', what: { de: 'die andere der beiden Koordinaten', en: 'the other of the two coordinates' } })
  }
  if (level !== undefined) check.known([...path, 'level'], level, check.levelIds)
  const counted = Object.entries(counts)
  if (counted.length > 0 && level === undefined) check.report('project-file-missing-key', path, { key: 'level', what: { de: 'Ebene, auf der gezählt wird', en: 'level on which they are counted' } })
  for (const [id, rule] of counted) {
    check.known([...path, 'counts', id], id, check.ids('count'))
    if (rule !== 'count' && attributes.capacity === undefined) check.report('project-file-missing-key', [...path, 'attributes'], { key: 'capacity', what: { de: 'Spalte mit den Plätzen, die summiert werden', en: 'column with the places to add up' } })
  }
  for (const [key, heads] of Object.entries({ name: layer.name, kind: typeof layer.kind === 'string' ? [] : layer.kind.column, key: layer.key, ...attributes })) {
    for (const head of typeof heads === 'string' ? [heads] : heads ?? []) {
      if (isPersonalHead(head)) check.report('facilities-personal-column', key in attributes ? [...path, 'attributes', key] : [...path, key], { column: head })
    }
  }
}

/** Counts that lists of facilities make. */
export function listFacilityCounts ({ facilities = [] }: Pick<ProjectFile, 'facilities'>): string[] {
  return facilities.flatMap(({ counts }) => Object.keys(counts ?? {}))
}
