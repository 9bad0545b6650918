import { copyFile, mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { UpdatePlan } from './plan-update.ts'

/**
 * Puts new files and the new project file where they belong, the project file last. Where a step fails, what was done is
 * undone: a project is the old one or the new one.
 *
 * @returns paths of what was written
 */
export async function applyUpdate ({ project, text, copies }: UpdatePlan): Promise<string[]> {
  const undo: Array<() => Promise<void>> = []
  try {
    for (const { from, to, keep } of copies) {
      await mkdir(path.dirname(to), { recursive: true })
      const arriving = `${to}.neu`
      undo.push(() => rm(arriving, { force: true }))
      // A link of that name would be written through.
      await rm(arriving, { force: true })
      await copyFile(from, arriving)
      if (keep !== null) {
        await rename(to, keep)
        undo.push(() => rename(keep, to))
      }
      await rename(arriving, to)
      undo.push(() => rm(to, { force: true }))
    }
    // A link to the project file stays one; what it leads to is written.
    const target = await realpath(project.displayName)
    const arriving = `${target}.neu`
    undo.push(() => rm(arriving, { force: true }))
    await rm(arriving, { force: true })
    await writeFile(arriving, text)
    await rename(arriving, target)
  } catch (error) {
    for (const step of undo.toReversed()) await step()
    throw error
  }
  return [...copies.map(({ to }) => to), project.displayName]
}
