import { answerParent } from '../task.ts'
import { assignFiles, recogniseFiles, startProject, type ReadingTask, type Recognition, type TakenIn } from './take-in.ts'

/* The process that reads files of the inbox: what one of them does to it, the worker survives. */

answerParent<ReadingTask, Recognition | TakenIn>(async ({ kind, folder, files }) => {
  switch (kind) {
    case 'recognise': return await recogniseFiles(folder, files)
    case 'assign': return await assignFiles(folder, files)
    case 'start': return await startProject(folder, files)
  }
})
