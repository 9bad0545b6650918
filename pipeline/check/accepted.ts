import type { Audience } from '../../core/edition.ts'
import { refusalOf } from '../../core/acceptable.ts'
import { hasErrors, problem, type Problem } from '../../core/problem.ts'
import type { AcceptedEntry, ProjectFile } from '../project-file/schema.ts'
import type { Project } from '../project-file/project.ts'
import { mayReach } from '../protect/rules.ts'

/** Findings of a run, with those turned into notes that the project accepted with a reason. */
export function acceptProblems (problems: readonly Problem[], { accepted = [] }: Pick<ProjectFile, 'accepted'>): Problem[] {
  return problems.map(found => {
    const entry = found.accepted || refusalOf(found.code) ? undefined : accepted.find(candidate => fits(candidate, found))
    if (!entry) return found
    const { because, by, on } = entry
    return { ...found, severity: 'note', accepted: { because, by, ...(on !== undefined && { on }) } }
  })
}

/** An entry fits if the code is the same and everything else that it names. */
export function fits ({ code, file, indicator, level, area, period }: AcceptedEntry, { code: found, place, facts }: Problem): boolean {
  const isNamed = (asked: string | number | undefined, fact: unknown) => asked === undefined || String(asked) === fact
  return code === found && isNamed(file, place.file) && isNamed(indicator, facts.indicator) && isNamed(level, facts.level) &&
    isNamed(area, facts.area) && isNamed(period, facts.period)
}

/**
 * Entries that accept nothing any more. Only after all stations have run, and for an audience that
 * gets every delivery: else a finding may just not have been looked for.
 */
export function staleAcceptances (problems: readonly Problem[], { file, locate }: Pick<Project, 'file' | 'locate'>, audience: Audience): Problem[] {
  if (hasErrors(problems) || file.deliveries.some(delivery => !mayReach(delivery, audience))) return []
  return (file.accepted ?? []).flatMap((entry, index) => problems.some(found => found.accepted && fits(entry, found))
    ? []
    : [problem('plausible-stale-acceptance', locate(['accepted', index, 'code']), { code: entry.code })])
}
