import { writeXlsx, type WriteSheet } from 'hucre/xlsx'
import { columnLetters } from '../read/head.ts'
import { workbookColumns } from './workbook-columns.ts'
import { guardCell, joinList } from './workbook-cell.ts'
import type { ColumnMapping, IndicatorSettings } from './workbook.ts'

export const sheetNames = { indicators: 'Kennzahlen', columns: 'Spalten', help: 'Hilfe' } as const
export const mappingHeads = { delivery: 'Lieferung', indicator: 'Kennung', heads: 'Spaltenkopf' } as const

/**
 * The settings of indicators as a workbook (`kennzahlen.xlsx`): a row per indicator, a sheet with the columns of the deliveries, a
 * sheet that explains all of it. The same settings give the same bytes. No cell is a formula.
 */
export async function writeIndicatorWorkbook (entries: readonly IndicatorSettings[], columns: ReadonlyArray<Omit<ColumnMapping, 'place'>> = []): Promise<Uint8Array> {
  const day = new Date(Date.UTC(2026, 0, 1))
  return await writeXlsx({
    sheets: [indicatorSheet(entries), mappingSheet(columns), helpSheet()],
    properties: { title: 'Kennzahlen', creator: 'Sozialraum-Atlas', created: day, modified: day },
  })
}

function indicatorSheet (entries: readonly IndicatorSettings[]): WriteSheet {
  const last = entries.length + 200
  return {
    name: sheetNames.indicators,
    columns: workbookColumns.map(({ width }) => ({ width })),
    rows: [workbookColumns.map(({ head }) => head), ...entries.map(entry => workbookColumns.map(({ write }) => toCell(write(entry))))],
    freezePane: { rows: 1, columns: 1 },
    dataValidations: workbookColumns.flatMap(({ choices }, column) => choices === undefined
      ? []
      : [{ type: 'list' as const, values: [...choices], range: `${columnLetters(column)}2:${columnLetters(column)}${last}`, allowBlank: true }]),
  }
}

function mappingSheet (columns: ReadonlyArray<Omit<ColumnMapping, 'place'>>): WriteSheet {
  return {
    name: sheetNames.columns,
    columns: [{ width: 24 }, { width: 28 }, { width: 50 }],
    rows: [Object.values(mappingHeads), ...columns.map(({ delivery, indicator, heads }) => [delivery, indicator, joinList(heads)].map(toCell))],
    freezePane: { rows: 1 },
  }
}

function helpSheet (): WriteSheet {
  const rows = [
    ...workbookColumns.map(({ head, help, example, choices }) => [head, help, choices === undefined ? example : choices.join(' / ')]),
    [`Blatt „${sheetNames.columns}“`, 'Unter welchem Spaltenkopf eine Lieferung die Kennzahl führt: Kennung der Lieferung, Kennung der Kennzahl, Spaltenkopf; mehrere Köpfe mit ; getrennt, wenn er sich über die Jahre ändert.', 'register / inhabitants / Einwohner'],
    ['Zeichen', 'Ein ; trennt die Teile einer Liste. Gehört es zum Text, steht davor ein umgekehrter Schrägstrich: \\;', ''],
    ['Zeichen', 'Ein Text, der mit =, +, - oder @ beginnt, ist durch ein Hochkomma davor geschützt, damit er keine Formel wird.', ''],
    ['Eigene Notizen', 'Spalten, deren Kopf mit # beginnt, liest der Atlas nicht.', '# zu klären'],
  ]
  return { name: sheetNames.help, columns: [{ width: 24 }, { width: 90 }, { width: 40 }], rows: [['Spalte', 'Bedeutung', 'Beispiel'], ...rows.map(row => row.map(toCell))] }
}

/** Numbers as numbers, texts as texts that no program takes for a formula. */
function toCell (value: string | number | undefined): string | number | null {
  return value === undefined || value === '' ? null : typeof value === 'number' ? value : guardCell(value)
}
