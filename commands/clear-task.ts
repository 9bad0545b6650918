import { answerParent } from '../task.ts'
import { clearBlock, type ClearedBlock, type ClearTask } from './clear-blocks.ts'

// A child of `clearBlocks`: gets a block, answers with its clearance.
answerParent<ClearTask, ClearedBlock>(({ block, intervals }) => clearBlock(block, { intervals }))
