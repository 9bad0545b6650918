import { deliveredIds } from '../pipeline/project-file/references/deliveries.ts'
import type { DeliveryEntry } from '../pipeline/project-file/schema.ts'
import { valueAt, type ProjectView } from './forms/project-view.ts'
import { setPath } from './set-path.ts'

/** A way to show more that is a change of rules: another minimum count, or counts in multiples of five. */
export type Remedy =
  | { readonly remedy: 'smaller-minimum', readonly indicators: readonly string[], readonly to: number }
  | { readonly remedy: 'rounded', readonly indicators: readonly string[] }

/**
 * The text of the project file with the rule in every delivery that carries one of the indicators. A ready-made rule gives way to a
 * count of its own; what else it demanded stays.
 *
 * @throws RangeError where no delivery carries them
 */
export function applyRemedy (view: ProjectView, remedy: Remedy): string {
  const deliveries = ((valueAt(view.value, ['deliveries']) ?? []) as readonly DeliveryEntry[])
    .filter(delivery => deliveredIds(delivery).some(id => remedy.indicators.includes(id)))
  if (deliveries.length === 0) throw new RangeError('no delivery carries these indicators')
  return deliveries.reduce((text, delivery) => change(text, delivery, remedy), view.text)
}

function change (text: string, { id, minimumCount, preset }: DeliveryEntry, remedy: Remedy): string {
  const at = ['deliveries', id]
  if (remedy.remedy === 'rounded') return setPath(text, [...at, 'rules', 'method'], 'round5')
  if (typeof minimumCount === 'number') return minimumCount > remedy.to ? setPath(text, [...at, 'minimumCount'], remedy.to) : text
  // The next smaller ready-made rule has the same floors.
  const smaller = remedy.to <= 3 ? 'ba3' : 'kommunal5'
  return preset === undefined || preset === 'ba3' ? text : setPath(text, [...at, 'preset'], smaller)
}
