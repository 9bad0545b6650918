import { readCatalogue, type CatalogueEntry } from './catalogue.ts'

/** `docs/kennzahlenkatalog.md`: the catalogue as a German document, written from the data. */
export function writeCatalogueDocument (): string {
  const { themes, indicators } = readCatalogue()
  const quotients = indicators.filter(({ kind }) => kind !== 'count').length
  return `${[
    '# Kennzahlenkatalog',
    '',
    '<!-- Aus pipeline/catalogue/indicators.yaml geschrieben (npm run bless); Änderungen gehören dorthin. -->',
    '',
    `${quotients} Kennzahlen und die ${indicators.length - quotients} Fallzahlen dahinter, mit denen eine Sozialberichterstattung anfangen kann. Eine Zeile in \`atlas.yaml\` genügt:`,
    '',
    '```yaml',
    'indicators:',
    '  - { use: youth-ratio }',
    '  - { use: sgb2-share, theme: armut, decimals: 0 }   # eigene Angaben gehen vor',
    '  - { use: unemployment-share, kind: measure }       # die Quote wird fertig geliefert',
    '```',
    '',
    'Fehlen Fallzahlen, aus denen eine Kennzahl gerechnet wird, nennt `atlas check` die Zeilen, die zu ergänzen sind. „Regel“ ist die übliche Regel der Geheimhaltung; was die Lieferung verlangt, geht vor.',
    ...themes.flatMap(({ id, label }) => themeSection(id, label.de, indicators)),
  ].join('\n')}\n`
}

function themeSection (theme: string, label: string, indicators: readonly CatalogueEntry[]): string[] {
  const own = indicators.filter(entry => entry.theme === theme)
  const [counts, others] = [own.filter(({ kind }) => kind === 'count'), own.filter(({ kind }) => kind !== 'count')]
  return [
    '', `## ${label}`, '', `Thema \`${theme}\``,
    '', '| Kennung | Kennzahl | Berechnung | Quelle, Regel | Worin sich Ämter unterscheiden |', '|---|---|---|---|---|', ...others.map(quotientRow),
    '', '| Kennung | Fallzahl | Quelle, Regel | Worin sich Ämter unterscheiden |', '|---|---|---|---|', ...counts.map(countRow),
  ]
}

function quotientRow (entry: CatalogueEntry): string {
  return row([`\`${entry.id}\``, `**${entry.label.de}**${unitOf(entry)}: ${entry.definition.de}`, formulaOf(entry), originOf(entry), entry.differs?.de ?? ''])
}

function countRow (entry: CatalogueEntry): string {
  return row([`\`${entry.id}\``, `**${entry.label.de}**: ${entry.definition.de}`, originOf(entry), entry.differs?.de ?? ''])
}

function row (fields: readonly string[]): string {
  return `| ${fields.map(field => field.replaceAll('|', '\\|')).join(' | ')} |`
}

function unitOf ({ unit }: CatalogueEntry): string {
  return ` (${unit.de})`
}

function formulaOf ({ kind, numerator = [], minus = [], denominator = [], factor = 100 }: CatalogueEntry): string {
  if (kind === 'measure') return 'wie geliefert'
  const sum = (ids: readonly string[]) => ids.map(id => `\`${id}\``).join(' + ')
  const top = minus.length > 0 ? `(${sum(numerator)} − ${sum(minus)})` : numerator.length > 1 ? `(${sum(numerator)})` : sum(numerator)
  const bottom = denominator.length > 1 ? `(${sum(denominator)})` : sum(denominator)
  return `${factor === 1 ? '' : `${factor} × `}${top} ÷ ${bottom}`
}

function originOf ({ source, preset }: CatalogueEntry): string {
  return `${readCatalogue().sources[source]!.de}; ${preset === 'none' ? 'keine' : `\`${preset}\``}`
}
