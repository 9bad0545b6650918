import type { Static } from 'typebox'
import { closed, id } from './form.ts'

/** from one level to another */
export const Crosswalk = closed({
  id: id('Kennung', 'id'),
})

export type CrosswalkEntry = Static<typeof Crosswalk>
