import { localName, readXml, XmlError, type Attributes } from './xml.ts'

/** Text of one entry of the archive; undefined where there is none. */
export type ReadPart = (name: string) => string | undefined

/** Where in the archive what stands. */
export interface XlsxParts {
  readonly sheets: ReadonlyArray<{ readonly name: string, readonly hidden: boolean, readonly path: string }>
  readonly strings: string
  readonly styles: string
  readonly is1904: boolean
}

/** How cells of one style are shown. */
export interface XlsxLook {
  readonly format: string
  readonly indent: number
}

const workbookPath = 'xl/workbook.xml'

/** Reads the directory of a workbook. Charts and macro sheets are left out. @throws XmlError */
export function readXlsxParts (readPart: ReadPart): XlsxParts {
  const relations = readRelations(readPart('xl/_rels/workbook.xml.rels') ?? '')
  const sheets: Array<XlsxParts['sheets'][number]> = []
  let is1904 = false
  readTags(readPart(workbookPath) ?? '', (name, attributes) => {
    if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.get('date1904') ?? '')
    if (name !== 'sheet') return
    const relation = relations.find(({ id }) => id === (attributes.get('r:id') ?? attributes.get('id')))
    if (relation === undefined) throw new XmlError('malformed', `sheet ${attributes.get('name') ?? ''}`)
    if (relation.type !== 'worksheet') return
    sheets.push({ name: attributes.get('name') ?? '', hidden: (attributes.get('state') ?? 'visible') !== 'visible', path: relation.path })
  })
  const pathOf = (type: string) => relations.find(relation => relation.type === type)?.path ?? ''
  return { sheets, strings: pathOf('sharedStrings'), styles: pathOf('styles'), is1904 }
}

interface Relation { readonly id: string, /** Last part of its address. */ readonly type: string, readonly path: string }

function readRelations (text: string): Relation[] {
  const relations: Relation[] = []
  readTags(text, (name, attributes) => {
    if (name !== 'Relationship' || attributes.get('TargetMode') === 'External') return
    const target = attributes.get('Target') ?? ''
    relations.push({
      id: attributes.get('Id') ?? '',
      type: (attributes.get('Type') ?? '').split('/').at(-1)!,
      // A name that leads out of the archive finds no entry there: nothing is ever opened but entries.
      path: target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`,
    })
  })
  return relations
}

/** The strings that cells name by number. */
export function readSharedStrings (text: string): string[] {
  const strings: string[] = []
  let aside = 0
  let collects = false
  let current = ''
  if (text === '') return strings
  readXml(text, {
    open (tag) {
      switch (localName(tag)) {
        case 'si': current = ''; break
        case 'rPh': aside++; break
        case 't': collects = aside === 0; break
      }
    },
    close (tag) {
      switch (localName(tag)) {
        case 'si': strings.push(decodeEscapes(current)); break
        case 'rPh': aside--; break
        case 't': collects = false; break
      }
    },
    text (content) {
      if (collects) current += content
    },
  })
  return strings
}

/** The looks of cells by their number. */
export function readXlsxStyles (text: string, formats: Map<number, string>): XlsxLook[] {
  const looks: Array<{ format: string, indent: number }> = []
  let within = ''
  if (text === '') return looks
  readXml(text, {
    open (tag, attributes) {
      const name = localName(tag)
      if (name === 'cellXfs' || name === 'numFmts') within = name
      if (name === 'numFmt' && within === 'numFmts') formats.set(Number(attributes.get('numFmtId')), attributes.get('formatCode') ?? '')
      if (within !== 'cellXfs') return
      if (name === 'xf') looks.push({ format: formats.get(Number(attributes.get('numFmtId'))) ?? '', indent: 0 })
      if (name === 'alignment' && looks.length > 0) looks.at(-1)!.indent = Number(attributes.get('indent') ?? 0) || 0
    },
    close (tag) {
      if (localName(tag) === within) within = ''
    },
    text () {},
  })
  return looks
}

function readTags (text: string, open: (name: string, attributes: Attributes) => void): void {
  if (text !== '') readXml(text, { open: (tag, attributes) => { open(localName(tag), attributes) }, close () {}, text () {} })
}

/** Signs that XML forbids stand as `_x000D_`. */
export function decodeEscapes (text: string): string {
  return text.includes('_x') ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text
}
