import type { Language } from './edition.ts'
import type { Acceptance, Place, Problem, ProblemCode, Repair, Severity } from './problem.ts'
import { groupBy } from './group-by.ts'
import { byCodeUnit } from './period.ts'
import { sentencesOf, withStop, type Sentences } from './sentences.ts'
import { formatDate } from './text.ts'

/**
 * The findings of a check in the order in which somebody works through them: what stops the build,
 * what to look at, what was done, what was accepted. It quotes raw figures: as secret as the vault.
 */
export interface CheckReport {
  readonly language: Language
  /** One line: how much there is of what. */
  readonly summary: string
  readonly groups: readonly FindingGroup[]
  /** One line: what to do now. */
  readonly next: string
}

export type GroupKind = 'stops' | 'look' | 'done' | 'accepted'

export interface FindingGroup {
  readonly kind: GroupKind
  readonly title: string
  readonly files: ReadonlyArray<{
    /** Null for findings about no file; „In mehreren Dateien“ for one finding that many files share. */
    readonly file: string | null
    readonly paragraphs: readonly Paragraph[]
  }>
}

/** All findings of one kind in one file. */
export interface Paragraph {
  readonly code: ProblemCode
  /** All of them; a report shows the first `shownPlaces`. */
  readonly findings: readonly Finding[]
  /** The same for all of the findings, or empty: then each says its own. */
  readonly expected: string
  readonly next: string
}

export interface Finding extends Sentences {
  readonly code: ProblemCode
  readonly severity: Severity
  readonly place: Place
  readonly repair?: Repair
  readonly accepted?: Acceptance
}

/** So many places show what is wrong with all of them. */
export const shownPlaces = 5

/** What was checked: a project, one delivered file alone, or a project on its way to an edition. */
export type Checked = 'project' | 'file' | 'build'

export function makeCheckReport (problems: readonly Problem[], language: Language, checked: Checked = 'project'): CheckReport {
  const words = reportWords[language]
  const counts = { stops: 0, look: 0, done: 0, accepted: 0 }
  for (const found of problems) counts[groupOf(found)]++
  const groups = (['stops', 'look', 'done', 'accepted'] as const).flatMap((kind): FindingGroup[] => {
    const members = problems.filter(found => groupOf(found) === kind)
    return members.length === 0 ? [] : [{ kind, title: words.titles[kind], files: byFile(members, language, kind) }]
  })
  return { language, summary: words.summary(counts), groups, next: nextStep(checked, counts, language) }
}

function nextStep (checked: Checked, counts: Counts, language: Language): string {
  const words = reportWords[language]
  if (counts.stops > 0 || checked === 'project') return words.next(counts)
  return checked === 'file' ? words.nextOfFile : words.nextOfBuild
}

function groupOf ({ severity, accepted }: Problem): GroupKind {
  if (accepted) return 'accepted'
  return ({ error: 'stops', warning: 'look', note: 'done' } as const)[severity]
}

function byFile (problems: readonly Problem[], language: Language, kind: GroupKind): FindingGroup['files'] {
  const shared = kind === 'look' || kind === 'done' ? sharedParagraphs(problems, language) : []
  const sharedCodes = new Set(shared.map(({ code }) => code))
  const files = groupBy(problems.filter(({ code }) => !sharedCodes.has(code)), ({ place }) => place.file ?? null)
  const own = [...files].toSorted(([a], [b]) => byCodeUnit(a ?? '', b ?? '')).map(([file, members]) => {
    const kinds = groupBy(members, ({ code, accepted }) => `${code}|${JSON.stringify(accepted ?? null)}`)
    return { file, paragraphs: [...kinds.values()].map(alike => toParagraph(alike, language)) }
  })
  return shared.length === 0 ? own : [...own.filter(({ file }) => file === null), { file: reportWords[language].severalFiles, paragraphs: shared }, ...own.filter(({ file }) => file !== null)]
}

/** So many files with the same single finding are spoken of together: a delivery often has one file per year. */
const manyFiles = 3

/** Findings that many files have once each and that ask for the same: one paragraph, which names the files. */
function sharedParagraphs (problems: readonly Problem[], language: Language): Paragraph[] {
  const sorted = problems.toSorted((a, b) => byCodeUnit(a.place.file ?? '', b.place.file ?? ''))
  return [...groupBy(sorted, ({ code }) => code).values()].flatMap(alike => {
    const files = new Set(alike.map(({ place }) => place.file))
    if (files.size < manyFiles || files.size < alike.length || files.has(undefined)) return []
    const { findings, ...paragraph } = toParagraph(alike, language)
    const isSame = findings.every(({ expected, next }) => expected === paragraph.expected && next === paragraph.next)
    return isSame ? [{ ...paragraph, findings: findings.map(finding => ({ ...finding, where: [finding.place.file, finding.where].filter(part => part !== '').join(', ') })) }] : []
  })
}

function toParagraph (problems: readonly Problem[], language: Language): Paragraph {
  const findings = problems.map((found): Finding => {
    const { code, severity, place, repair, accepted } = found
    return { ...sentencesOf(found, language), code, severity, place, ...(repair && { repair }), ...(accepted && { accepted }) }
  })
  const [first] = findings as [Finding]
  const common = (part: 'expected' | 'next') => findings.every(finding => finding[part] === first[part]) ? first[part] : ''
  return { code: first.code, findings, expected: common('expected'), next: common('next') }
}

type Counts = Readonly<Record<GroupKind, number>>

/** Words around the findings. */
export const reportWords = {
  de: {
    titles: { stops: 'Das hält die Ausgabe auf', look: 'Bitte ansehen', done: 'Zur Kenntnis', accepted: 'Angenommen' },
    summary: ({ stops, look, accepted }: Counts) => {
      const rest = accepted === 0 ? '' : `; ${accepted} ${accepted === 1 ? 'ist' : 'sind'} mit Begründung angenommen`
      const blocking = stops === 1 ? '1 Befund hält die Ausgabe auf' : `${stops} Befunde halten die Ausgabe auf`
      if (stops > 0) return `${blocking}${look === 0 ? '' : `, ${look} bitte ansehen`}${rest}.`
      const looking = look === 0 ? 'und nichts muss angesehen werden' : look === 1 ? '1 Befund bitte ansehen' : `${look} Befunde bitte ansehen`
      return `Nichts hält die Ausgabe auf${look === 0 ? ' ' : ', '}${looking}${rest}.`
    },
    next: ({ stops, look }: Counts) => stops > 0
      ? 'Nächster Schritt: zuerst beheben, was die Ausgabe aufhält, dann noch einmal prüfen (atlas check).'
      : look > 0
        ? 'Nächster Schritt: jeden Befund ansehen und beheben oder in atlas.yaml unter accepted begründen; danach atlas build, beim ersten Mal mit --first-edition.'
        : 'Nächster Schritt: die Ausgabe bauen (atlas build, beim ersten Mal mit --first-edition).',
    nextOfBuild: 'Die Ausgabe wird gespeichert.',
    nextOfFile: 'Nächster Schritt: nachsehen, ob alles richtig erkannt ist, und die Datei in ein Projekt aufnehmen (atlas scaffold schreibt den Anfang).',
    noFile: 'Zum ganzen Projekt',
    severalFiles: 'In mehreren Dateien',
    more: (count: number) => count === 1 ? 'und an 1 weiteren Stelle.' : `und an ${count} weiteren Stellen.`,
    times: (count: number) => `An ${count} Stellen`,
    acceptedBy: ({ because, by, on }: Acceptance) => `Angenommen von ${by}${on === undefined ? '' : ` am ${formatDate(on, 'de')}`}: ${withStop(because)}`,
    secret: 'intern, enthält Rohwerte',
    heading: 'Prüfbericht',
    code: 'Kennung',
    repair: 'Vorschlag für atlas.yaml',
  },
  en: {
    titles: { stops: 'This stops the edition', look: 'Please look at', done: 'For your information', accepted: 'Accepted' },
    summary: ({ stops, look, accepted }: Counts) => {
      const rest = accepted === 0 ? '' : `; ${accepted} ${accepted === 1 ? 'is' : 'are'} accepted with a reason`
      const blocking = stops === 1 ? '1 finding stops the edition' : `${stops} findings stop the edition`
      if (stops > 0) return `${blocking}${look === 0 ? '' : `, ${look} to look at`}${rest}.`
      const looking = look === 0 ? 'and nothing needs a look' : look === 1 ? '1 finding to look at' : `${look} findings to look at`
      return `Nothing stops the edition${look === 0 ? ' ' : ', '}${looking}${rest}.`
    },
    next: ({ stops, look }: Counts) => stops > 0
      ? 'Next step: first settle what stops the edition, then check again (atlas check).'
      : look > 0
        ? 'Next step: look at every finding, and settle it or give the reason under accepted in atlas.yaml; then atlas build, the first time with --first-edition.'
        : 'Next step: build the edition (atlas build, the first time with --first-edition).',
    nextOfBuild: 'The edition is being stored.',
    nextOfFile: 'Next step: see whether all was recognised rightly, and take the file into a project (atlas scaffold writes a beginning).',
    noFile: 'About the whole project',
    severalFiles: 'In several files',
    more: (count: number) => count === 1 ? 'and in 1 more place.' : `and in ${count} more places.`,
    times: (count: number) => `In ${count} places`,
    acceptedBy: ({ because, by, on }: Acceptance) => `Accepted by ${by}${on === undefined ? '' : ` on ${formatDate(on, 'en')}`}: ${withStop(because)}`,
    secret: 'internal, contains raw figures',
    heading: 'Check report',
    code: 'code',
    repair: 'suggestion for atlas.yaml',
  },
} as const
