import type { Localised } from './area.ts'
import { localise, type Language } from './edition.ts'
import { auditProblems } from './problems/audit.ts'
import { backupProblems } from './problems/backup.ts'
import { exportProblems } from './problems/export.ts'
import { catalogueProblems } from './problems/catalogue.ts'
import { checkProblems } from './problems/check.ts'
import { crosswalkProblems } from './problems/crosswalk.ts'
import { explainProblems } from './problems/explain.ts'
import { facilitiesProblems } from './problems/facilities.ts'
import { forgetProblems } from './problems/forget.ts'
import { geopackageProblems } from './problems/geopackage.ts'
import { gridProblems } from './problems/grid.ts'
import { joinProblems } from './problems/join.ts'
import { joinAreaProblems } from './problems/join-areas.ts'
import { joinCellProblems } from './problems/join-cells.ts'
import { ladderProblems } from './problems/ladder.ts'
import { layoutProblems } from './problems/layout.ts'
import { ledgerProblems } from './problems/ledger.ts'
import { packageProblems } from './problems/package.ts'
import { plausibleProblems } from './problems/plausible.ts'
import { projectFileProblems } from './problems/project-file.ts'
import { projectProblems } from './problems/project.ts'
import { protectProblems } from './problems/protect.ts'
import { publishProblems } from './problems/publish.ts'
import { readProblems } from './problems/read.ts'
import { recordsProblems } from './problems/records.ts'
import { privacyProblems } from './problems/privacy.ts'
import { requestProblems } from './problems/request.ts'
import { streetsProblems } from './problems/streets.ts'
import { structureProblems } from './problems/structure.ts'
import { textsProblems } from './problems/texts.ts'
import { tileProblems } from './problems/tile.ts'
import { updateProblems } from './problems/update.ts'
import { vaultProblems } from './problems/vault.ts'
import { workerProblems } from './problems/worker.ts'
import { withoutControls } from './visible-text.ts'

/**
 * What is wrong with something a person delivered or wrote: where, what was found, what was
 * expected, what to do. Problems are collected, never thrown at the first.
 */
export interface Problem {
  readonly code: ProblemCode
  readonly severity: Severity
  readonly place: Place
  /** Values for the `{names}` in the texts. Quoted source text may be a raw count: as secret as the vault. */
  readonly facts: Facts
  /** What to write into the project file to settle it, where one change does. */
  readonly repair?: Repair
  /** Somebody looked at it and said why it may stay; it is a note then. */
  readonly accepted?: Acceptance
}

/** One change of the project file. In lists an entry is named by its id: `['deliveries', 'register', 'area', 'pad']`. */
export interface Repair {
  readonly path: ReadonlyArray<string | number>
  readonly value: string | number | boolean | readonly string[] | Readonly<Record<string, string>>
}

export interface Acceptance {
  readonly because: string
  readonly by: string
  /** Day, `2025-03-01`. */
  readonly on?: string
}

/** A fact that is a sentence itself comes in both languages. */
export type Facts = Readonly<Record<string, string | number | Localised>>

/** An error stops the build after its station; a warning must be looked at; a note only says what was done. */
export type Severity = 'error' | 'warning' | 'note'

export interface Place {
  /** As written in the project file, or relative to it. */
  readonly file?: string
  /** From 1. */
  readonly line?: number
  /** Name of a column, or a position within the line. */
  readonly column?: string | number
  /** Position of the sheet in its workbook, from 1. */
  readonly sheet?: number
  /** Cell of a sheet as people write it, `Tabelle1!C14`. */
  readonly cell?: string
  /** Record of a layer, from 1. */
  readonly record?: number
}

/** Texts of one problem in one language; `{name}` stands for a fact. */
export interface ProblemText {
  readonly found: string
  readonly expected: string
  /** What the reader can do next. */
  readonly next: string
}

export interface ProblemKind {
  readonly severity: Severity
  readonly de: ProblemText
  readonly en: ProblemText
}

export type ProblemCatalogue = Readonly<Record<string, ProblemKind>>

export const problemCatalogue = {
  ...projectFileProblems,
  ...readProblems,
  ...checkProblems,
  ...projectProblems,
  ...joinProblems,
  ...joinAreaProblems,
  ...joinCellProblems,
  ...protectProblems,
  ...structureProblems,
  ...ladderProblems,
  ...layoutProblems,
  ...plausibleProblems,
  ...catalogueProblems,
  ...updateProblems,
  ...crosswalkProblems,
  ...gridProblems,
  ...facilitiesProblems,
  ...recordsProblems,
  ...streetsProblems,
  ...privacyProblems,
  ...requestProblems,
  ...geopackageProblems,
  ...textsProblems,
  ...tileProblems,
  ...publishProblems,
  ...vaultProblems,
  ...ledgerProblems,
  ...forgetProblems,
  ...backupProblems,
  ...packageProblems,
  ...exportProblems,
  ...workerProblems,
  ...auditProblems,
  ...explainProblems,
} as const satisfies ProblemCatalogue

export type ProblemCode = keyof typeof problemCatalogue

export function problem (code: ProblemCode, place: Place, facts: Facts = {}, repair?: Repair): Problem {
  return { code, severity: problemCatalogue[code].severity, place, facts, ...(repair && { repair }) }
}

export function hasErrors (problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error')
}

/** `file:line (column): found; expected …` and, indented below, the next step. A note only says what was done. */
export function formatProblem ({ code, severity, place, facts }: Problem, language: Language): string {
  const text: ProblemText = problemCatalogue[code][language]
  const where = formatPlace(place, language)
  const expected = severity === 'note' ? ': ' : language === 'de' ? '; erwartet: ' : '; expected: '
  const say = (sentence: string) => fill(sentence, facts, language)
  const head = `${where === '' ? '' : `${where}: `}${say(text.found)}${expected}${say(text.expected)}`
  const next = say(text.next)
  return next === '' ? head : `${head}\n  → ${next}`
}

function formatPlace ({ file, line, column, cell, record }: Place, language: Language): string {
  const position = [file, line, typeof column === 'number' ? column : undefined].filter(part => part !== undefined).join(':')
  const within = [
    cell,
    record === undefined ? undefined : `${language === 'de' ? 'Datensatz' : 'record'} ${record}`,
    typeof column === 'string' ? column : undefined,
  ].filter(part => part !== undefined).join(', ')
  return within === '' ? position : `${position} (${within})`.trim()
}

function fill (sentence: string, facts: Facts, language: Language): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const fact = facts[name]
    return fact === undefined ? whole : typeof fact === 'object' ? localise(fact, language) : withoutControls(String(fact))
  })
}
