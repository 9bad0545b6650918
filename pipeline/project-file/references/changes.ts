import type { Checks } from './checks.ts'

/** A break in the line begins with a period. */
export function checkChanges (check: Checks): void {
  check.file.indicators.forEach(({ changes }, index) => {
    changes?.forEach(({ from }, position) => check.period(['indicators', index, 'changes', position, 'from'], from))
  })
}
