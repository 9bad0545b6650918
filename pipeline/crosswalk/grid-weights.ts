import type { Geometry, Level } from '../../core/area.ts'
import { hasErrors, type Problem } from '../../core/problem.ts'
import { weightsFromGrid } from '../grid/weights.ts'
import type { Project } from '../project-file/project.ts'
import type { CrosswalkEntry } from '../project-file/schema.ts'
import { arealWeights, type FoundWeight } from './weights.ts'

type ShapedLevel = Pick<Level, 'id' | 'areas'> & { readonly shape: Geometry }

/** Weights by the people who live in both areas; by common surface where the grid knows nobody. */
export async function gridWeights (project: Project, { file, column }: NonNullable<CrosswalkEntry['grid']>, from: ShapedLevel, to: ShapedLevel): Promise<{ found?: FoundWeight[], problems: Problem[] }> {
  const { weights, problems } = await weightsFromGrid({ gridFile: project.resolve(file), displayName: file, column, from: from.shape.shapes, to: to.shape.shapes })
  if (hasErrors(problems)) return { problems }
  const people = new Map<number, number>()
  for (const { from: old, weight } of weights) people.set(old, (people.get(old) ?? 0) + weight)
  const inhabited = new Set([...people.keys()].map(old => from.areas[old]!.id))
  return {
    found: [
      ...weights.map(({ from: old, to: area, weight }) => ({ from: from.areas[old]!.id, to: to.areas[area]!.id, weight: weight / people.get(old)! })),
      ...arealWeights(from, to).filter(({ from: old }) => !inhabited.has(old)),
    ],
    problems,
  }
}
