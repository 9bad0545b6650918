import { csvText, guardFormula } from '../../core/csv.ts'
import { formatProblem, type Problem } from '../../core/problem.ts'
import { writeLog } from '../../sql/audit-log.ts'
import type { FacilityTable } from '../../worker/facility-list.ts'
import { facilityListsPage, facilityPage } from '../pages/facilities.ts'
import type { Notice } from '../pages/frame.ts'
import { refusalPage } from '../pages/refusal.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { mergeTables, readTypedTable, showRow, type ShownRow } from '../typed-table.ts'
import { accountOf } from '../workshop.ts'

/** Lists of facilities as tables with a map. */
export const facilityRoutes: readonly Route[] = [
  { method: 'GET', path: '/:atlas/einrichtungen', needs: 'deliver', handle: list },
  { method: 'GET', path: '/:atlas/einrichtungen/:number', needs: 'deliver', handle: call => show(call) },
  { method: 'POST', path: '/:atlas/einrichtungen/:number', needs: 'deliver', handle: save },
  { method: 'GET', path: '/:atlas/einrichtungen/:number/tabelle.csv', needs: 'deliver', handle: download },
]

async function list ({ workshop, visitor, reply, at: { atlas = '' } }: RouteCall): Promise<unknown> {
  return sendPage(reply, facilityListsPage({ workshop, visitor, atlas, files: await workshop.workerOf(atlas).listFacilityFiles() }))
}

interface Shown { readonly notices?: readonly Notice[], readonly merge?: (table: FacilityTable) => readonly ShownRow[] }

async function show (call: RouteCall, { notices = [], merge }: Shown = {}): Promise<unknown> {
  const { workshop, visitor, reply, at: { atlas = '', number = '' } } = call
  const table = await findTable(call)
  if (!table) return sendPage(reply, refusalPage({ workshop, visitor, refusal: 'not-found' }), 404)
  // What is wrong with the file as it lies there is said where nothing newer is.
  const said = notices.length > 0 ? notices : toNotices(table.problems, visitor.language)
  const rows = merge?.(table) ?? table.rows.map(showRow)
  return sendPage(reply, facilityPage({ workshop, visitor, atlas, number, table, rows, edition: await workshop.editions.newest(atlas), notices: said }), notices.some(({ kind }) => kind === 'danger') ? 400 : 200)
}

/** Whatever happens, what was typed comes back. */
async function save (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, request, field, at: { atlas = '' } } = call
  const { facilities: texts } = getWorkshopTexts(visitor.language)
  const table = await findTable(call)
  const typed = readTypedTable(request.body, table?.columns.length ?? 0)
  const saved = table && await workshop.workerOf(atlas).saveFacilityTable(table.list, table.file, { expected: field('hash'), rows: typed.rows.map(({ token, cells }) => ({ token, cells })) })
  switch (saved?.kind) {
    case undefined: return await show(call)
    case 'changed': return await show(call, { merge: now => mergeTables(typed, now), notices: [{ kind: 'danger', text: texts.changed }] })
    case 'refused': return await show(call, { merge: () => typed.rows, notices: [{ kind: 'danger', text: texts.refused }, ...toNotices(saved.problems, visitor.language)] })
    case 'written': {
      const { added, changed, removed, problems } = saved
      const { account, name } = accountOf(visitor)
      // How many, never which: a place may have been taken away because nobody may know of it.
      await writeLog(workshop.database, { account, name, atlas, action: 'facilities-changed', details: { list: table!.list, added, changed, removed } })
      return await show(call, { notices: [{ kind: 'success', text: texts.saved(added, changed, removed) }, ...toNotices(problems, visitor.language)] })
    }
  }
}

/** As it is shown, so without columns about persons and without places that must not be known; no cell is calculated. */
async function download (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, reply } = call
  const table = await findTable(call)
  if (!table) return sendPage(reply, refusalPage({ workshop, visitor, refusal: 'not-found' }), 404)
  const rows = table.rows.flatMap(({ cells }) => cells === null ? [] : [cells])
  return await reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="einrichtungen-${table.list}.csv"`).send(csvText([table.columns, ...rows].map(row => row.map(guardFormula))))
}

async function findTable ({ workshop, at: { atlas = '', number = '' } }: RouteCall): Promise<FacilityTable | undefined> {
  if (!/^\d{1,3}$/.test(number)) return undefined
  const worker = workshop.workerOf(atlas)
  const found = (await worker.listFacilityFiles())[Number(number)]
  return found && (await worker.readFacilityTable(found.list, found.file) ?? undefined)
}

function toNotices (problems: readonly Problem[], language: 'de' | 'en'): Notice[] {
  return problems.filter(({ severity }) => severity !== 'note').map(found => ({ kind: found.severity === 'error' ? 'danger' : 'warning', text: formatProblem(found, language) }))
}
