import { answerParent } from '../../task.ts'
import type { Block } from '../../core/release.ts'
import { tallyBlock, type Tally } from './tally.ts'

/* Suppresses and attacks the blocks that its parent sends, and answers with what it counted. */
answerParent<{ readonly block: Block, readonly naive: boolean }, Tally>(({ block, naive }) => tallyBlock(block, { naive }))
