import { problem, type Problem } from '../../core/problem.ts'

/** Why a file could not be opened, in words for people. @throws what is no error of the file system */
export function fileProblem (error: unknown, displayName: string): Problem {
  const place = { file: displayName }
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  switch (code) {
    case 'ENOENT': case 'ENOTDIR': return problem('read-missing-file', place)
    case 'EISDIR': return problem('read-folder', place)
    case undefined: throw error
    default: return problem('read-unreadable-file', place, { reason: code })
  }
}
