import { ProjectFile } from '../../pipeline/project-file/schema.ts'
import type { EntryPath } from '../set-path.ts'

/** What the schema of the project file says about one place. */
export interface SchemaNode {
  readonly description?: string
  readonly english?: string
  readonly type?: string
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly required?: readonly string[]
  readonly items?: SchemaNode
  readonly anyOf?: readonly SchemaNode[]
}

/** Names or positions stand for any entry of a list; undefined where the schema knows no such place. */
export function findSchemaNode (path: EntryPath): SchemaNode | undefined {
  return path.reduce<SchemaNode | undefined>((node, step) => node && childOf(node, step), ProjectFile as unknown as SchemaNode)
}

/** Whether nothing is in order without this place: neither it nor what it is a part of may be left out. */
export function isRequiredBySchema (path: EntryPath): boolean {
  return path.every((step, depth) => {
    const parent = findSchemaNode(path.slice(0, depth))
    return parent?.items !== undefined || parent?.required?.includes(String(step)) === true
  })
}

function childOf (node: SchemaNode, step: string | number): SchemaNode | undefined {
  if (node.items) return node.items
  const own = node.properties && Object.hasOwn(node.properties, step) ? node.properties[String(step)] : undefined
  return own ?? node.anyOf?.map(branch => childOf(branch, step)).find(found => found !== undefined)
}
