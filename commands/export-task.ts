import { answerParent } from '../task.ts'
import { writeShare, type ExportTask, type WrittenShare } from './export-share.ts'

/** One process of an export. */
answerParent<ExportTask, WrittenShare>(writeShare)
