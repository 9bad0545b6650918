import { isAlias, isMap, isSeq, isScalar, visit, type Document, type Pair } from 'yaml'
import { openIndicatorFile } from '../../pipeline/catalogue/open-workbook.ts'
import { fillIn } from '../../pipeline/catalogue/fill-in.ts'
import { gapMark } from '../../pipeline/project-file/gaps.ts'
import { parseProjectFile, type Locate } from '../../pipeline/project-file/parse.ts'
import { enter, parse, type EntryPath } from '../set-path.ts'

/** A project file as forms look at it: its text with all gaps and faults, and what it says with the catalogue filled in. */
export interface ProjectView {
  readonly text: string
  readonly document: Document
  readonly value: unknown
  readonly locate: Locate
}

/** @param file path of the project file, beside which its workbook lies. @throws RangeError where the text is no YAML */
export async function viewProject (text: string, file: string): Promise<ProjectView> {
  const document = parse(text)
  const { workbook } = await openIndicatorFile(text, file)
  const { locate: locateLine } = parseProjectFile(text, 'atlas.yaml', workbook)
  const { value, locate } = fillIn(document.toJS(), locateLine, workbook)
  return { text, document, value, locate }
}

/** What stands at a place; entries of lists are named as in a path of an entry. */
export function valueAt (root: unknown, path: EntryPath): unknown {
  return path.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value[indexIn(value, step)]
    return value !== null && typeof value === 'object' && Object.hasOwn(value, step) ? (value as Record<string | number, unknown>)[step] : undefined
  }, root)
}

/** The same path with positions instead of names, as problems are located. */
export function toPositions (root: unknown, path: EntryPath): EntryPath {
  return path.map((step, depth) => {
    const parent = valueAt(root, path.slice(0, depth))
    return Array.isArray(parent) ? indexIn(parent, step) : step
  })
}

function indexIn (list: readonly unknown[], step: string | number): number {
  if (typeof step === 'number') return step
  const found = list.findIndex(entry => nameOf(entry) === step)
  return found === -1 && /^\d{1,4}$/.test(step) ? Number(step) : found
}

/** How an entry of a list is named in paths. */
export function nameOf (entry: unknown): string | undefined {
  const { id, use } = (entry ?? {}) as { readonly id?: unknown, readonly use?: unknown }
  return typeof id === 'string' ? id : typeof use === 'string' ? use : undefined
}

/** Places that nobody filled in yet, in their order. */
export function listGaps ({ document }: ProjectView): EntryPath[] {
  const gaps: EntryPath[] = []
  visit(document, {
    Scalar (key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes(gapMark)) return
      gaps.push(pathOf([...ancestors, node]))
    },
  })
  return gaps
}

type Ancestors = ReadonlyArray<unknown>

function pathOf (nodes: Ancestors): EntryPath {
  return nodes.flatMap((node, index): EntryPath => {
    const next = nodes[index + 1]
    if (isSeq(node)) {
      const name = isMap(next) ? nameOf({ id: next.get('id'), use: next.get('use') }) : undefined
      return [name ?? String(node.items.indexOf(next))]
    }
    const { key } = (node ?? {}) as Partial<Pair>
    return isMap(nodes[index - 1]) && isScalar(key) ? [String(key.value)] : []
  })
}

/** How many aliases take over what stands at a place, or what it is a part of. */
export function countSharing ({ document }: ProjectView, path: EntryPath): number {
  const anchors = new Set<string>()
  let node: unknown = document.contents
  for (const step of path) {
    node = enter(node, step)
    const { anchor } = (node ?? {}) as { readonly anchor?: string }
    if (isAlias(node)) return 0
    if (anchor !== undefined) anchors.add(anchor)
  }
  if (anchors.size === 0) return 0
  let count = 0
  visit(document, { Alias (_, { source }) { if (anchors.has(source)) count++ } })
  return count
}
