import { createHash } from 'node:crypto'

/** The parts of a CycloneDX bill of materials that are read or changed here. */
export interface Sbom {
  readonly serialNumber?: string
  readonly metadata: { readonly timestamp?: string, readonly component: Component }
  readonly components: readonly Component[]
  readonly dependencies: ReadonlyArray<{ readonly ref: string, readonly dependsOn?: readonly string[] }>
}

interface Component {
  readonly 'bom-ref': string
  readonly name: string
  readonly externalReferences?: ReadonlyArray<{ readonly type: string, readonly url: string }>
}

export interface Naming {
  /** Name of the program; npm writes that of the folder it ran in. */
  readonly name: string
  /** When, as an ISO moment: that of the commit, so that the same commit gives the same bytes. */
  readonly moment: string
  /** `pg@8.23.1`: exactly these are listed. */
  readonly shipped: ReadonlySet<string>
}

/**
 * Of the bill that npm writes for everything installed, what is shipped. npm's own `--omit dev` is not used: it also leaves out
 * packages that both the program and a test need (tried with npm 11.19: 24 of 133 were missing).
 *
 * @throws Error naming the packages that are shipped and not in the bill
 */
export function tidySbom (bill: Sbom, { name, moment, shipped }: Naming): Sbom {
  const components = bill.components.filter(component => shipped.has(component['bom-ref'])).map(withoutDownload).toSorted(byRef)
  const listed = new Set(components.map(component => component['bom-ref']))
  const missing = [...shipped].filter(ref => !listed.has(ref))
  if (missing.length > 0) throw new Error(`missing in the bill of materials: ${missing.join(', ')}; run: node setup.js test`)
  const root = bill.metadata.component['bom-ref']
  const dependencies = bill.dependencies.filter(({ ref }) => ref === root || listed.has(ref))
    .map(entry => ({ ...entry, dependsOn: (entry.dependsOn ?? []).filter(ref => listed.has(ref)).toSorted() }))
    .toSorted((a, b) => a.ref < b.ref ? -1 : 1)
  const metadata = { ...bill.metadata, timestamp: moment, component: { ...bill.metadata.component, name } }
  const tidied = { ...bill, serialNumber: '', metadata, components, dependencies }
  return { ...tidied, serialNumber: `urn:uuid:${uuidOf(JSON.stringify(tidied))}` }
}

/** From which registry a package came says something about the machine, not about the package. */
function withoutDownload (component: Component): Component {
  return { ...component, externalReferences: (component.externalReferences ?? []).filter(({ type }) => type !== 'distribution') }
}

function byRef (a: Component, b: Component): number {
  return a['bom-ref'] < b['bom-ref'] ? -1 : 1
}

/** A UUID of version 8 (RFC 9562): the bits are ours, here those of a hash. */
function uuidOf (text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
