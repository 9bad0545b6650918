import type { Paper } from '../../render/paper/paper.ts'
import { answerParent } from '../../task.ts'
import { openTypesetter, type SetPaper } from './typesetter.ts'

/*
 * Sets papers, one after another. It is given a paper and answers with bytes; it has no database, no settings and no project, and
 * whoever asked kills it when it takes too long.
 */

const typesetter = openTypesetter()

answerParent<Paper, SetPaper | 'unsupported'>(async paper => {
  // What the one before left behind is freed only while nothing runs.
  await new Promise<void>(resolve => setImmediate(resolve))
  return (await typesetter)?.(paper) ?? 'unsupported'
})
