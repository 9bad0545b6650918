import type { Static } from 'typebox'
import { closed, id } from './form.ts'

/** an area beyond the map */
export const ReferenceAreaForm = closed({
  id: id('Kennung', 'id'),
})

export type ReferenceAreaEntry = Static<typeof ReferenceAreaForm>
