import type { ArtefactTask } from './artefacts.ts'
import type { Reading } from '../audit/artefacts/audit.ts'
import { artefacts } from './artefacts.ts'
import { readArtefacts } from '../audit/artefacts/audit.ts'
import { answerParent } from '../task.ts'

/** One process of the audit of finished bytes. */
answerParent<ArtefactTask, Reading>(async ({ edition, tiles, options }) =>
  readArtefacts(edition, artefacts(edition, tiles, options), options.secrets === undefined ? {} : { secrets: options.secrets }))
