import type { Static } from 'typebox'
import { closed, id } from './form.ts'

/** a list of facilities */
export const FacilityLayerForm = closed({
  id: id('Kennung', 'id'),
})

export type FacilityLayerEntry = Static<typeof FacilityLayerForm>
