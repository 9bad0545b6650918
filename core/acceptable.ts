import type { Localised } from './area.ts'
import { problemCatalogue, type ProblemCode } from './problem.ts'

/** Findings that stop a build and may be accepted all the same: what looks impossible, and is not always. */
export const acceptableErrors: readonly ProblemCode[] = ['plausible-column-shift', 'plausible-above-hundred', 'plausible-negative']

/** Of these rooms the warnings too are not for a planner to wave through: they are about what must stay secret, and about what others rely on. */
const closedRooms = /^(?:structure|protect|audit|vault|backup|publish|records|facilities|update|texts)-/

/** Accepting is itself no thing to be accepted. */
const closedCodes: readonly ProblemCode[] = ['plausible-stale-acceptance', 'plausible-report-not-written']

/** Whether a finding may be accepted with a reason; or why not. */
export function refusalOf (code: ProblemCode): Localised | undefined {
  const { severity } = problemCatalogue[code]
  if (closedRooms.test(code)) return { de: 'er betrifft die Geheimhaltung oder die Veröffentlichung', en: 'it concerns secrecy or publishing' }
  if (severity === 'note') return { de: 'er ist nur ein Hinweis', en: 'it is a mere note' }
  if (closedCodes.includes(code)) return { de: 'er betrifft das Annehmen und Prüfen selbst', en: 'it concerns accepting and checking itself' }
  if (severity === 'error' && !acceptableErrors.includes(code)) return { de: 'ohne ihn zu beheben, lassen sich die Zahlen nicht lesen oder zuordnen', en: 'without settling it the figures cannot be read or joined' }
  return undefined
}
