import type { Level } from '../../core/area.ts'
import { toLocalised } from '../project-file/project.ts'
import type { LevelEntry } from '../project-file/schema.ts'

/** What the project file says about a level, in the form of an edition. */
export function statedLevel ({ id, label, labelPlural, system, validFrom, validTo }: LevelEntry): Pick<Level, 'id' | 'label' | 'labelPlural' | 'system' | 'validFrom' | 'validTo'> {
  return { id, label: toLocalised(label), labelPlural: toLocalised(labelPlural), system: system ?? id, validFrom, validTo: validTo ?? null }
}
